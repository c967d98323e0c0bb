export { refusalOf } from './refusal.ts';
