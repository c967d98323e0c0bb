export { allow, allowSome, disallow, listAllowed } from './allow.ts';
export { bringAllowed } from './bring.ts';
export { fileOfAllowed, findAllowed } from './find.ts';
