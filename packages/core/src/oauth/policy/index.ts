export { networkMeant, networkNamed } from './named.ts';
export { refusalOf } from './refusal.ts';
