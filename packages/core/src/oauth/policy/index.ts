export { networkMeant, networkNamed, networkToConnect } from './named.ts';
export { refusalOf } from './refusal.ts';
