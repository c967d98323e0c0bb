export { assignable, orphans } from './assignment.ts';
export {
  GRANT_VERBS,
  type Grant,
  type GrantVerb,
  PERMISSIONS,
  type Permission,
  permitted,
  ROLES,
  type Role,
  type Standing,
  type Verdict,
  visible,
} from './permission.ts';
