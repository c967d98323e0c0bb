import { expect, test } from 'vitest';
import { displaces } from './displaces.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 12, minute));
const NO = (because: string) => ({ allowed: false, because });

test.each([
  ['a later app password from an app password', 'password', 2, 'password', 1, { allowed: true }],
  ['a later consent from an app password', 'oauth', 2, 'password', 1, { allowed: true }],
  ['a later consent from a consent', 'oauth', 2, 'oauth', 1, { allowed: true }],
  ['an app password from a consent', 'password', 2, 'oauth', 1, NO('consent_needed')],
  ['an earlier app password', 'password', 1, 'password', 2, NO('connection_elsewhere')],
  ['an earlier consent', 'oauth', 1, 'password', 2, NO('connection_elsewhere')],
  ['a proof of the same moment', 'oauth', 1, 'oauth', 1, NO('connection_elsewhere')],
  ['any proof, where nobody ever confirmed it', 'password', 1, 'password', null, { allowed: true }],
] as const)('%s', (_, way, provenAt, heldWay, confirmedAt, verdict) => {
  const held = { way: heldWay, confirmedAt: confirmedAt === null ? null : at(confirmedAt) };
  expect(displaces({ way, provenAt: at(provenAt) }, held)).toEqual(verdict);
});
