import type { Role } from './permission.ts';

/**
 * Whether a member may turn `from` into `to`; null stands for "no member". An admin looks after everybody but owners: they
 * neither make nor unmake one.
 */
export function assignable(by: Role, from: Role | null, to: Role | null): boolean {
  if (by === 'owner') return true;
  return by === 'admin' && from !== 'owner' && to !== 'owner';
}

/** Whether a tenant would be left without an owner. */
export function orphans(from: Role, to: Role | null, owners: number): boolean {
  return from === 'owner' && to !== 'owner' && owners <= 1;
}
