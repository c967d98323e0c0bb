import { expect, test } from 'vitest';
import { readTrailInput } from './schemas.ts';

const none = { actorKind: null, group: null, from: null, to: null, before: null };
const place = { at: '2026-11-21T12:00:00Z', xid: '9223372036854775807', id: '0197b0c8-0000-7000-8000-000000000001' };

test('what the database can hold is a place', () => {
  expect(readTrailInput.safeParse({ ...none, before: place }).success).toBe(true);
  expect(readTrailInput.safeParse({ ...none, from: '0002-01-01', to: '9999-12-31' }).success).toBe(true);
});

test.each([
  { before: { ...place, xid: '9223372036854775808' } },
  { before: { ...place, xid: 'x' } },
  { before: { ...place, at: '+275760-09-13T00:00:00Z' } },
  { from: '+010000-01-01T00:00:00Z' },
  { to: '-000001-01-01T00:00:00Z' },
])('%j is refused before it gets there', (part) => {
  expect(readTrailInput.safeParse({ ...none, ...part }).success).toBe(false);
});
