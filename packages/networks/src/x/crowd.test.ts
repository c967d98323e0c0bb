import { type Sandbox, startSandbox, X_APP } from '@secateur/sandbox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusal } from '../contract/acting.ts';
import type { CrowdKind, PublicProfile } from '../port.ts';
import { createX } from './index.ts';

let sandbox: Sandbox;
let port: ReturnType<typeof createX>;
const asked: string[] = [];
const names = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `loud#${from + i}`);

beforeAll(async () => {
  sandbox = await startSandbox({ world: 'empty', seed: 'crowds', limits: false });
  const gate = { pass: async () => {} };
  const narrowGate = {
    pass: async (host: string) => {
      asked.push(host.replace(/^[^/]*/, ''));
    },
  };
  port = createX({
    app: X_APP,
    signInApp: null,
    enterprise: false,
    gate,
    narrowGate,
    allowLoopback: true,
    apiUrl: sandbox.url,
  });
  await sandbox.control.perform(
    {
      do: 'add-x-accounts',
      accounts: [
        { username: 'loud', followers: 400 },
        { username: 'state', verified: true },
      ],
    },
    {
      do: 'add-x-post',
      author: 'loud',
      likers: names(0, 10),
      reposters: ['loud', ...names(0, 130)],
      quoters: [...names(20, 25), 'loud#20', 'loud'],
      repliers: [...names(100, 250), 'loud'],
    },
    { do: 'add-x-list', owner: 'state', name: 'Loud ones', members: names(0, 101) },
    { do: 'x-status', account: 'loud#3', status: 'suspended' },
  );
});
afterAll(async () => {
  await port.close();
  await sandbox.close();
});

const post = async () => (await sandbox.control.x.posts())[0] ?? { id: '', url: '' };
const list = async () => (await sandbox.control.x.lists())[0] ?? { id: '', url: '' };

async function whole(kind: CrowdKind, ref: string): Promise<{ items: PublicProfile[]; total: number | null }> {
  const items: PublicProfile[] = [];
  let total: number | null = null;
  let cursor: string | null = null;
  do {
    const page = await port.crowd(kind, ref, cursor);
    items.push(...page.items);
    total ??= page.total;
    cursor = page.cursor;
  } while (cursor !== null);
  return { items, total };
}

async function idsOf(those: string[]): Promise<string[]> {
  const people = await Promise.all(those.map((name) => sandbox.control.x.person(name)));
  return people.map((one) => one.nativeId).toSorted();
}
const unique = (items: PublicProfile[]) => [...new Set(items.map((one) => one.nativeId))].toSorted();

describe('around a post on X', () => {
  test('are those who reposted it, quoted it and replied to it, without its author', async () => {
    const { ref } = await port.locate('reposters', (await post()).url);
    const reposters = await whole('reposters', ref);
    expect(unique(reposters.items)).toEqual(await idsOf(names(0, 130).filter((name) => name !== 'loud#3')));
    expect(reposters.total).toBe(131);
    expect(unique((await whole('quoters', ref)).items)).toEqual(await idsOf(names(20, 25)));
    expect(unique((await whole('repliers', ref)).items)).toEqual(await idsOf(names(100, 250)));
  });

  test('in the middle of a conversation are those who answered it directly', async () => {
    await sandbox.control.perform({ do: 'x-reply', account: ['loud#1'], post: (await post()).id });
    const reply = (await sandbox.control.x.posts()).at(-1)?.id ?? '';
    await sandbox.control.perform({ do: 'x-reply', account: ['loud#2', 'loud#1'], post: reply });
    expect(unique((await whole('repliers', reply)).items)).toEqual(await idsOf(['loud#2']));
  });

  test('nobody can be told of who liked it, and that is said', async () => {
    expect(port.crowds.likers).toBeUndefined();
    expect(await refusal(port.crowd('likers', (await post()).id, null))).toMatchObject({ problem: 'rejected' });
    expect(await refusal(port.locate('likers', (await post()).url))).toMatchObject({ problem: 'rejected' });
  });

  test('there is its author, and how many X counts', async () => {
    const { id } = await post();
    const loud = await sandbox.control.x.person('loud');
    for (const link of [id, `https://x.com/i/web/status/${id}`, `https://twitter.com/loud/status/${id}?s=20`]) {
      expect(await port.locate('quoters', link)).toMatchObject({
        ref: id,
        author: { nativeId: loud.nativeId, handle: 'loud' },
        total: 7,
      });
    }
  });

  test.each([
    'https://x.com/loud',
    'https://x.com/i/lists/12',
    'https://example.org/loud/status/1',
    '1900000000000009999',
  ])('there is nothing where there is none: %s', async (link) => {
    expect(await refusal(port.locate('repliers', link))).toMatchObject({ problem: 'not_found' });
  });

  test('costs what its prices say at most', async () => {
    const { id } = await post();
    const { prices } = port;
    for (const kind of ['reposters', 'quoters', 'repliers'] as const) {
      await sandbox.control.advance(86_400_000);
      await sandbox.control.perform({ do: 'add-x-accounts', accounts: [] });
      const before = (await sandbox.control.x.app()).spent;
      const page = await port.crowd(kind, id, null);
      const cost = (await sandbox.control.x.app()).spent - before;
      expect(cost).toBeGreaterThan(0);
      expect(cost).toBeLessThanOrEqual((page.items.length + 1) * prices.crowd[kind] + prices.located);
    }
  });
});

test('members of a list are listed, with its name and its owner', async () => {
  const { id, url } = await list();
  expect(await port.locate('list', url)).toMatchObject({
    ref: id,
    title: 'Loud ones',
    total: 101,
    author: { handle: 'state', verified: true },
  });
  expect(unique((await whole('list', id)).items)).toHaveLength(100);
});

test('posts and lists are asked for at the narrower gate, each endpoint by itself', async () => {
  asked.length = 0;
  await port.crowd('list', (await list()).id, null);
  await port.crowd('reposters', (await post()).id, null);
  expect(asked).toEqual(['/2/lists/:id', '/2/lists/:id/members', '/2/tweets/:id', '/2/tweets/:id/retweeted_by']);
});
