import { expect, test } from 'vitest';
import { DEEDS, type Deed, type Facts, judge } from './policy.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

const session = { how: 'mail', createdAt: ago(600), provenAt: ago(600), verifiedAt: null } as const;
const plain: Facts = { hasPasskey: false, settled: false, nothingYet: false, session, waited: false };

/** What is asked for, or `ok`. */
function asked(deed: Deed, facts: Partial<Facts>): string {
  const verdict = judge(deed, { ...plain, ...facts }, NOW);
  return verdict.fresh ? 'ok' : verdict.way;
}

test.each(DEEDS)(
  'with a passkey %s needs one that was shown in the last ten minutes, whatever else is proven',
  (deed) => {
    const withKey = { hasPasskey: true, settled: true, waited: true, nothingYet: true };
    expect(asked(deed, { ...withKey, session: { ...session, provenAt: NOW } })).toBe('passkey');
    expect(asked(deed, { ...withKey, session: { ...session, verifiedAt: ago(11) } })).toBe('passkey');
    expect(asked(deed, { ...withKey, session: { ...session, verifiedAt: ago(10) } })).toBe('ok');
  },
);

test.each<[Deed, string]>([
  ['connect', 'link'],
  ['disconnect', 'day'],
  ['export', 'day'],
  ['delete', 'day'],
  ['contact', 'day'],
  ['address', 'day'],
  ['passkeys', 'link'],
])('without one, %s needs a %s', (deed, way) => {
  expect(asked(deed, {})).toBe(way);
});

test.each<[Deed, string]>([
  ['connect', 'ok'],
  ['contact', 'link'],
  ['export', 'day'],
  ['address', 'day'],
])('with nothing to lose yet, %s: %s', (deed, way) => {
  expect(asked(deed, { nothingYet: true })).toBe(way);
});

test('a mailbox that was proven minutes ago is enough for what needs a link, and not for what needs a day', () => {
  const proven = { session: { ...session, provenAt: ago(9) } };
  expect([asked('connect', proven), asked('passkeys', proven)]).toEqual(['ok', 'ok']);
  expect([asked('export', proven), asked('contact', proven)]).toEqual(['day', 'day']);
});

test('who has waited may do it, and uses the wait up', () => {
  expect(judge('export', { ...plain, waited: true }, NOW)).toEqual({ fresh: true, uses: 'wait' });
});

test('a first passkey of today spares nobody the day’s wait', () => {
  const today = { hasPasskey: true, session: { ...session, verifiedAt: NOW, provenAt: NOW } };
  expect([asked('export', today), asked('address', today), asked('contact', today)]).toEqual(['day', 'day', 'day']);
  expect(asked('export', { ...today, waited: true })).toBe('ok');
  expect([asked('connect', today), asked('passkeys', today)]).toEqual(['ok', 'ok']);
  expect(asked('contact', { ...today, nothingYet: true })).toBe('ok');
});

test('a recovery code stands for the lost passkey, for ten minutes, and only to add another', () => {
  const recovered = {
    hasPasskey: true,
    settled: true,
    session: { ...session, how: 'recovery' as const, createdAt: ago(9) },
  };
  expect(asked('passkeys', recovered)).toBe('ok');
  expect(asked('export', recovered)).toBe('passkey');
  expect(asked('passkeys', { ...recovered, session: { ...recovered.session, createdAt: ago(11) } })).toBe('passkey');
});
