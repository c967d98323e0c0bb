import type { NetworkPort } from '@secateur/networks/port';
import type pg from 'pg';
import { acting } from '../shared/acting.ts';
import { bugTrigger } from '../shared/bug-trigger.ts';
import { liftAll } from '../shared/lift-all.ts';
import type { Promised } from './promises.ts';

/** A fault seeded into the system under test, by which promise it breaks. */
type Bug = {
  breaks: Promised;
  what: string;
  /** SQL that corrupts the database's behaviour. */
  sql?: string;
  /** Makes the adapter lie. */
  wrap?: (port: NetworkPort) => NetworkPort;
  /** Lost jobs are never made again. */
  noSweep?: true;
};

export const BUGS = {
  'server-keys': {
    breaks: 'intent',
    what: 'sends blocks under keys that nobody wrote down',
    wrap: (port) =>
      acting(port, (account) => ({
        ...account,
        apply: (action, writes, fence, at) => {
          const keys = port.newKeys(writes.length, null);
          const renamed = writes.map((w, i) => ({ ...w, key: w.key === null ? null : (keys[i] ?? null) }));
          return account.apply(action, renamed, fence, at);
        },
      })),
  },
  'lift-all': {
    breaks: 'ours',
    what: 'lifts whatever blocks a person, not just ours',
    wrap: liftAll,
  },
  'early-lift': {
    breaks: 'cover',
    what: 'counts every hold from a year before its confirmation',
    sql: bugTrigger('effects', 'BEFORE UPDATE', "NEW.confirmed_at := NEW.confirmed_at - interval '1 year';", {
      when: "NEW.state = 'applied' AND OLD.state = 'applying'",
    }),
  },
  'reread-extends': {
    breaks: 'cover',
    what: 'starts every hold anew when the blocks are read again',
    sql: bugTrigger(
      'readings',
      'AFTER UPDATE',
      `UPDATE effects SET confirmed_at = NEW.read_at WHERE tenant_id = NEW.tenant_id AND account_id = NEW.account_id
         AND state = 'applied';`,
      { when: 'NEW.read_at IS DISTINCT FROM OLD.read_at' },
    ),
  },
  'plan-time-check': {
    breaks: 'spared',
    what: 'does not ask for relations again when it writes',
    wrap: (port) =>
      acting(port, (account) => ({
        ...account,
        relations: async (others) =>
          others.map((nativeId) => ({ nativeId, follows: false, followedBy: false, held: null })),
      })),
  },
  'silent-lift': {
    breaks: 'silence',
    what: 'takes every third lift for done without sending it',
    wrap: (port) => {
      let calls = 0;
      return acting(port, (account) => ({
        ...account,
        lift: async (action, writes, fence) => {
          calls += 1;
          return calls % 3 === 0 ? { head: fence, report: null } : account.lift(action, writes, fence);
        },
      }));
    },
  },
  'no-sweep': { breaks: 'rows', what: 'never makes a lost job again', noSweep: true },
  'never-looks-again': {
    breaks: 'rows',
    what: 'takes a crowd for looked at again without doing so',
    sql: bugTrigger('looks', 'BEFORE UPDATE', 'NEW.looked_at := NEW.started_at; NEW.started_at := NULL;', {
      when: 'OLD.started_at IS NULL AND NEW.started_at IS NOT NULL',
    }),
  },
  'early-done': {
    breaks: 'confirmed',
    what: 'shows a block as done when it is about to be sent',
    sql: bugTrigger('effects', 'BEFORE UPDATE', "NEW.state := 'applied';", {
      when: "NEW.state = 'applying'",
    }),
  },
  'free-of-charge': {
    breaks: 'tokens',
    what: 'takes the tokens that a shield holds and never charges them',
    sql: bugTrigger('shield_connections', 'BEFORE UPDATE', 'NEW.tokens_charged := OLD.tokens_charged;', {
      when: 'NEW.tokens_charged > OLD.tokens_charged',
    }),
  },
  'no-policy': {
    breaks: 'tenants',
    what: 'targets have no row-level security',
    sql: 'ALTER TABLE targets DISABLE ROW LEVEL SECURITY; ALTER TABLE targets NO FORCE ROW LEVEL SECURITY;',
  },
  'named-after-password': {
    breaks: 'secrets',
    what: 'writes credentials into the name of whom they belong to',
    wrap: (port) => ({
      ...port,
      async signIn(handle, password) {
        const signed = await port.signIn(handle, password);
        return { ...signed, profile: { ...signed.profile, displayName: signed.credentials } };
      },
    }),
  },
  'no-audit': {
    breaks: 'audit',
    what: 'leaves no row when a shield is raised',
    sql: bugTrigger('audit', 'BEFORE INSERT', 'RETURN NULL;', { when: "NEW.action = 'shield.raised'" }),
  },
  'handles-in-payload': {
    breaks: 'payloads',
    what: 'puts a handle beside the ids of a job',
    sql: ['queue_critical', 'queue_standard']
      .map((schema) =>
        bugTrigger(
          `${schema}._private_jobs`,
          'BEFORE INSERT',
          `NEW.payload := (NEW.payload::jsonb || '{"handle": "rude.sandbox.test"}')::json;`,
        ),
      )
      .join('\n'),
  },
  'forgets-keys': {
    breaks: 'doubles',
    what: 'reads nothing back and takes another key after a death',
    sql: bugTrigger('effects', 'BEFORE UPDATE', 'NEW.key := NULL;', {
      when: "OLD.state = 'applying' AND NEW.state = 'pending'",
    }),
    wrap: (port) => acting(port, (account) => ({ ...account, held: async () => ({ items: [], cursor: null }) })),
  },
} as const satisfies Record<string, Bug>;
export type BugName = keyof typeof BUGS;

export function bugOf(name: BugName | null): Bug | null {
  return name === null ? null : BUGS[name];
}

/** Puts a bug's SQL into a database. */
export async function seed(admin: pg.Pool, bug: Bug | null): Promise<void> {
  if (bug?.sql) await admin.query(bug.sql);
}
