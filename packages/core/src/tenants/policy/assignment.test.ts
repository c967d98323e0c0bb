import { expect, test } from 'vitest';
import { assignable, orphans } from './assignment.ts';
import { ROLES } from './permission.ts';

test('an owner may make anybody anything', () => {
  for (const from of [...ROLES, null])
    for (const to of [...ROLES, null]) expect(assignable('owner', from, to)).toBe(true);
});

test('an admin neither makes nor unmakes an owner', () => {
  expect(assignable('admin', 'helper', 'admin')).toBe(true);
  expect(assignable('admin', 'admin', null)).toBe(true);
  expect(assignable('admin', null, 'viewer')).toBe(true);
  expect(assignable('admin', 'admin', 'owner')).toBe(false);
  expect(assignable('admin', 'owner', 'viewer')).toBe(false);
  expect(assignable('admin', 'owner', null)).toBe(false);
});

test('helpers and viewers change nobody', () => {
  for (const by of ['helper', 'viewer'] as const) expect(assignable(by, null, 'viewer')).toBe(false);
});

test('the last owner stays one', () => {
  expect(orphans('owner', 'admin', 1)).toBe(true);
  expect(orphans('owner', null, 1)).toBe(true);
  expect(orphans('owner', null, 2)).toBe(false);
  expect(orphans('owner', 'owner', 1)).toBe(false);
  expect(orphans('admin', null, 1)).toBe(false);
});
