export { allow, disallow, listAllowed } from './allow.ts';
