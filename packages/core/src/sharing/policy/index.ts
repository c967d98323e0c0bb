export { asksFirst } from './asks-first.ts';
