export { oweFirst, oweMembers, oweOwners } from './owe.ts';
export { MOST_TRIES, type Owed, payOwed } from './pay.ts';
