export { asksFirst, mostUnasked } from './asks-first.ts';
export { MOST_LETTERS, plainWords } from './plain-words.ts';
