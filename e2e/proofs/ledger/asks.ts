import { type LedgerFilter, STANDINGS } from '@secateur/core/ledger/schemas';
import type { Loaded } from './load.ts';

const EVERYBODY: LedgerFilter = {
  term: null,
  network: null,
  connectionId: null,
  shieldId: null,
  action: null,
  standing: null,
  reason: null,
};

/** What is asked for: searches that find nearly all, some, few and nobody, and each filter. */
export function asksOf({ shieldIds, accountIds }: Loaded): [string, LedgerFilter][] {
  const terms = ['bsky', 'fox', 'wo', 'a1b', '777', '1234', 'rare bird', '@host7.', 'zzzz', 'q'];
  const some: [string, Partial<LedgerFilter>][] = [
    ['everybody', {}],
    ...terms.map((term): [string, Partial<LedgerFilter>] => [`search: ${term}`, { term }]),
    ...STANDINGS.map((standing): [string, Partial<LedgerFilter>] => [`standing: ${standing}`, { standing }]),
    ['reason: protected', { reason: 'protected' }],
    ['reason: you_follow', { reason: 'you_follow' }],
    ['reason: lifted_by_you', { reason: 'lifted_by_you' }],
    ['reason: time_up', { reason: 'time_up' }],
    ['network', { network: 'mastodon' }],
    ['account', { connectionId: accountIds[0] ?? null }],
    ['action: block', { action: 'block' }],
    ['action: mute', { action: 'mute' }],
    ['the largest shield', { shieldId: shieldIds[0] ?? null }],
    ['failed in a shield', { shieldId: shieldIds[1] ?? null, standing: 'failed' }],
    ['search in a shield, by standing', { term: 'maria', shieldId: shieldIds[0] ?? null, standing: 'already' }],
  ];
  return some.map(([name, filter]) => [name, { ...EVERYBODY, ...filter }]);
}
