export { displaces } from './displaces.ts';
