import { expect, test } from 'vitest';
import { type Grant, PERMISSIONS, type Permission, permitted, ROLES, type Standing, visible } from './permission.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const LATER = new Date('2026-11-21T12:00:01Z');
const stands = (role: Standing['role'], over: Partial<Standing> = {}): Standing => ({
  role,
  suspended: false,
  grants: [],
  ...over,
});
const grant = (connectionId: string, verbs: Grant['verbs'], expiresAt = LATER): Grant => ({
  connectionId,
  verbs,
  expiresAt,
});
const may = (standing: Standing, permission: Permission, ids: string[] = ['a']) =>
  permitted(standing, permission, ids, NOW).allowed;

test('what each role may, everything else it may not', () => {
  const table = Object.fromEntries(ROLES.map((role) => [role, PERMISSIONS.filter((one) => may(stands(role), one))]));
  expect(table).toEqual({
    owner: [...PERMISSIONS],
    admin: PERMISSIONS.filter((one) => one !== 'delete' && one !== 'spending'),
    helper: [],
    viewer: ['look'],
  });
});

test('a suspended tenant may look, undo and leave, and begin nothing', () => {
  const allowed = PERMISSIONS.filter((one) => may(stands('owner', { suspended: true }), one));
  expect(allowed).toEqual([
    'look',
    'undo',
    'connections.leave',
    'people',
    'lists.end',
    'members.look',
    'trail',
    'export',
    'delete',
  ]);
});

test('a helper may what a grant says, on every account it is about, while it lasts', () => {
  const helper = stands('helper', { grants: [grant('a', ['view', 'run']), grant('b', ['view'])] });
  expect(may(helper, 'look')).toBe(true);
  expect(may(helper, 'run')).toBe(true);
  expect(may(helper, 'undo')).toBe(false);
  expect(may(helper, 'look', ['a', 'b'])).toBe(true);
  expect(may(helper, 'run', ['a', 'b'])).toBe(false);
  expect(may(helper, 'look', ['a', 'c'])).toBe(false);
});

test('a grant is over at the moment it names', () => {
  const helper = stands('helper', { grants: [grant('a', ['view', 'undo'], NOW)] });
  expect(may(helper, 'undo')).toBe(false);
  expect(may(helper, 'look', [])).toBe(false);
  expect(visible(helper, NOW)).toEqual([]);
});

test('who may not see an account may do nothing with it', () => {
  expect(may(stands('helper', { grants: [grant('a', ['run'])] }), 'run')).toBe(false);
});

test('no grant reaches beyond its four verbs', () => {
  const helper = stands('helper', { grants: [grant('a', ['view', 'prepare', 'run', 'undo'])] });
  const allowed = PERMISSIONS.filter((one) => may(helper, one));
  expect(allowed).toEqual(['look', 'prepare', 'run', 'undo']);
});

test('a helper sees the accounts of live grants, everybody else all', () => {
  const grants = [grant('a', ['view']), grant('b', ['run']), grant('c', ['view'], NOW)];
  expect(visible(stands('helper', { grants }), NOW)).toEqual(['a']);
  expect(visible(stands('viewer'), NOW)).toBeNull();
});
