import { expect, test } from 'vitest';
import { keeping } from '../contract/index.ts';
import type { GuardedFetch, GuardedRequest } from '../http/index.ts';
import { NetworkError } from '../port.ts';
import { createBluesky } from './index.ts';

const CID = 'bafyreihoau63frb2pgjksqi23pilyqemfpi55tvdvxlsvypqca6hx565ry';
const SESSION = {
  did: 'did:plc:44ybard66vv44zksje25o7dz',
  pds: 'https://pds.example',
  accessJwt: 'a',
  refreshJwt: 'r',
};

/** An account on a server that answers whatever is given; everything that happens is in `log`. */
function accountOn(answer: (url: URL) => Response, pass: (host: string) => Promise<void> = async () => {}) {
  const log: [string, ...unknown[]][] = [];
  const fetch: GuardedFetch = Object.assign(
    async (url: URL, request: GuardedRequest) => {
      log.push(['fetch', url.pathname, request.timeout]);
      return answer(url);
    },
    { close: async () => {} },
  );
  const gate = {
    pass: async (host: string, requests: number) => {
      log.push(['gate', host, requests]);
      await pass(host);
    },
  };
  const port = createBluesky({
    appviewUrl: 'https://appview.example',
    plcUrl: 'https://plc.example',
    entrywayUrl: 'https://entryway.example',
    gate,
    allowLoopback: false,
    fetch,
  });
  return { log, account: port.actFor(JSON.stringify(SESSION), keeping(JSON.stringify(SESSION)).renewal), port };
}

const json = (body: object, status = 200) => Response.json(body, { status });
const write = [{ nativeId: 'did:plc:b', key: '3n2rwqkzfbtto' }];

test('every request passes the gate of its host first; writes have the longer deadline', async () => {
  const { log, account } = accountOn((url) =>
    json(
      url.pathname.endsWith('applyWrites')
        ? { commit: { cid: CID, rev: '3n2rwqkzfbtto' } }
        : { cid: CID, rev: '3n2rwqkzfbtto' },
    ),
  );
  await account.head();
  await account.apply('block', write, CID, new Date());
  expect(log).toEqual([
    ['gate', 'pds.example', 1],
    ['fetch', '/xrpc/com.atproto.sync.getLatestCommit', 15_000],
    ['gate', 'pds.example', 1],
    ['fetch', '/xrpc/com.atproto.repo.applyWrites', 20_000],
  ]);
});

test('what the gate refuses is never sent', async () => {
  const until = new Date();
  const { log, account } = accountOn(
    () => json({}),
    async () => {
      throw new NetworkError('limited', { until });
    },
  );
  await expect(account.apply('block', write, null, new Date())).rejects.toMatchObject({
    problem: 'limited',
    uncertain: false,
    until,
  });
  expect(log.map(([what]) => what)).toEqual(['gate']);
});

test.each([408, 421, 425])('a write answered %i comes again', async (status) => {
  const { account } = accountOn(() => json({}, status));
  await expect(account.apply('block', write, null, new Date())).rejects.toMatchObject({
    problem: 'down',
    uncertain: true,
  });
});

test.each([301, 302, 307])('a redirect (%i) is a server that is not there', async (status) => {
  const { account, log } = accountOn(() => new Response(null, { status, headers: { location: 'https://10.0.0.1' } }));
  await expect(account.head()).rejects.toMatchObject({ problem: 'down' });
  expect(log).toHaveLength(2);
});

test('an answer to a write that cannot be read leaves it uncertain', async () => {
  const { account } = accountOn(() => json({ commit: 'not a commit' }));
  await expect(account.apply('block', write, null, new Date())).rejects.toMatchObject({
    problem: 'down',
    uncertain: true,
  });
});

test('a repository that is not there says why: its account is put away', async () => {
  const { account } = accountOn((url) =>
    url.pathname.endsWith('listRecords')
      ? json({ error: 'InvalidRequest', message: `Could not find repo: ${SESSION.did}` }, 400)
      : json({ error: 'RepoDeactivated', message: 'Repo has been deactivated' }, 400),
  );
  await expect(account.held('block', { cursor: null })).rejects.toMatchObject({ problem: 'deactivated' });
});

test("Bluesky's own servers leave tokens to the entryway", async () => {
  const { port, log } = accountOn(() => json({ error: 'ExpiredToken', message: 'expired' }, 400));
  const hosted = { ...SESSION, pds: 'https://morel.us-east.host.bsky.network' };
  const account = port.actFor(JSON.stringify(hosted), keeping(JSON.stringify(hosted)).renewal);
  await expect(account.apply('block', write, null, new Date())).rejects.toMatchObject({ problem: 'unauthorized' });
  expect(log.filter(([what]) => what === 'gate').map(([, host]) => host)).toEqual([
    'morel.us-east.host.bsky.network',
    'entryway.example',
  ]);
});
