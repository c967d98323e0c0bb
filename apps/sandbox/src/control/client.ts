import { CommandError } from './command-error.ts';

import type { SandboxControl } from './control.ts';
import type { RecordView } from './views.ts';

type RecordRow = [key: string, subject: string, createdAt: string, by: RecordView['by']];

/** Control of a sandbox in another process, reached at `url`. Throws CommandError where the sandbox says no. */
export function sandboxControl(url: string): SandboxControl {
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(new URL(path, url), { method, ...sent });
    const answer = (await response.json()) as T & { error?: string };
    if (!response.ok) throw new CommandError(answer.error ?? `the sandbox answered ${response.status}`);
    return answer;
  };
  const done = async (asked: Promise<unknown>): Promise<void> => {
    await asked;
  };
  const at = (path: string, query: Record<string, string | number | undefined>) => {
    const given = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    );
    return `${path}?${new URLSearchParams(given)}`;
  };
  return {
    perform: (...commands) => done(ask('POST', '/sandbox/commands', commands)),
    addAccounts: (accounts) => ask('POST', '/sandbox/accounts', accounts),
    state: () => ask('GET', '/sandbox/state'),
    person: async (name) => {
      const person = await ask<Awaited<ReturnType<SandboxControl['person']>> | object>(
        'GET',
        at('/sandbox/person', { name }),
      );
      return person !== null && 'did' in person ? person : null;
    },
    followers: (account, from, count) => ask('GET', at('/sandbox/followers', { account, from, count })),
    records: async (collection, account) => {
      type Row = { did: string; handle: string; records: RecordRow[] };
      const repos = await ask<Row[]>('GET', at('/sandbox/records', { collection, account }));
      return repos.map(({ did, handle, records }) => ({
        did,
        handle,
        records: records.map(([key, subject, createdAt, by]) => ({ key, subject, createdAt, by })),
      }));
    },
    posts: () => ask('GET', '/sandbox/posts'),
    lists: () => ask('GET', '/sandbox/lists'),
    mutes: (account) => ask('GET', at('/sandbox/mutes', { account })),
    grants: (account) => ask('GET', at('/sandbox/grants', { account })),
    counters: () => ask('GET', '/sandbox/counters'),
    writes: async (of) => {
      const rows = await ask<[string, string, number, number][]>('GET', at('/sandbox/writes', { account: of }));
      return rows.map(([account, subject, arrived, applied]) => ({ account, subject, arrived, applied }));
    },
    clock: () => ask('GET', '/clock'),
    advance: (ms) => ask('POST', '/clock', { advanceMs: ms }),
    addFault: (fault) => ask('POST', '/faults', fault),
    faults: () => ask('GET', '/faults'),
    clearFaults: () => done(ask('DELETE', '/faults')),
    removeFault: (id) => done(ask('DELETE', `/faults/${id}`)),
    fediverse: {
      servers: () => ask('GET', '/sandbox/fediverse/servers'),
      person: (name) => ask('GET', at('/sandbox/fediverse/person', { name })),
      followers: (account, from, count) => ask('GET', at('/sandbox/fediverse/followers', { account, from, count })),
      posts: () => ask('GET', '/sandbox/fediverse/posts'),
      lists: () => ask('GET', '/sandbox/fediverse/lists'),
      held: (account) => ask('GET', at('/sandbox/fediverse/held', { account })),
    },
    x: {
      person: (name) => ask('GET', at('/sandbox/x/person', { name })),
      followers: (account, from, count) => ask('GET', at('/sandbox/x/followers', { account, from, count })),
      held: (account) => ask('GET', at('/sandbox/x/held', { account })),
      grants: (account) => ask('GET', at('/sandbox/x/grants', { account })),
      app: () => ask('GET', '/sandbox/x/app'),
      posts: () => ask('GET', '/sandbox/x/posts'),
      lists: () => ask('GET', '/sandbox/x/lists'),
    },
    reset: () => done(ask('POST', '/sandbox/reset')),
  };
}
