import type { ProfilePage, Relation } from '@secateur/networks/port';
import { acting } from '../shared/acting.ts';
import { bugTrigger } from '../shared/bug-trigger.ts';
import { liftAll } from '../shared/lift-all.ts';
import type { Wrap } from './game.ts';
import type { Promised } from './promises.ts';

/** A fault seeded into the system under test, by which promise it breaks. */
type Bug = {
  breaks: Promised;
  what: string;
  /** SQL that corrupts the database's behaviour. */
  sql?: string;
  /** Makes the adapters lie; anew in each world. */
  wrap?: () => Wrap;
};

export const BUGS = {
  'plan-time-check': {
    breaks: 'spared',
    what: 'does not ask again who is whose when it writes',
    wrap: () => (port) =>
      acting(port, (account) => ({
        ...account,
        relations: async (others) =>
          (await account.relations(others)).map((one) => ({ ...one, follows: false, followedBy: false })),
      })),
  },
  'stale-people': {
    breaks: 'spared',
    what: "reads the user's own people once, and never again",
    wrap: () => {
      const pages = new Map<string, ProfilePage>();
      const isOn = (list: string, { nativeId }: Relation) =>
        [...pages].some(([at, { items }]) => at.startsWith(list) && items.some((one) => one.nativeId === nativeId));
      return (port) =>
        acting(port, (account) => {
          const once = async (list: 'followers' | 'following', cursor: string | null) => {
            const at = `${list} ${port.network} ${cursor}`;
            const page = pages.get(at) ?? (await account[list](cursor));
            pages.set(at, page);
            return page;
          };
          return {
            ...account,
            followers: (cursor) => once('followers', cursor),
            following: (cursor) => once('following', cursor),
            relations: async (others) =>
              (await account.relations(others)).map((one) => ({
                ...one,
                follows: isOn('following', one),
                followedBy: isOn('followers', one),
              })),
          };
        });
    },
  },
  'ignores-weaken': {
    breaks: 'spared',
    what: 'blocks those whom a rule only mutes',
    sql: bugTrigger(
      'shields',
      'BEFORE INSERT',
      ['for_follows', 'for_followers', 'for_mutuals']
        .map((rule) => `IF NEW.${rule} = 'weaken' THEN NEW.${rule} := 'nothing'; END IF;`)
        .join(' '),
    ),
  },
  'forgets-allowed': {
    breaks: 'spared',
    what: 'does not know the allow list when it writes',
    sql: bugTrigger('exemptions', 'AFTER INSERT', 'DELETE FROM exemptions WHERE profile_id = NEW.profile_id;'),
  },
  'claims-hand-made': {
    breaks: 'hand',
    what: 'takes what was made by hand for ours, and lifts it',
    // Where a record's own key would tell, it can't.
    sql: bugTrigger(
      'effects',
      'BEFORE INSERT OR UPDATE',
      `IF NEW.action = 'mute' OR (SELECT network FROM profiles WHERE id = NEW.profile_id) <> 'bluesky' THEN
         NEW.state := 'applied'; NEW.confirmed_at := now(); NEW.due_at := now(); NEW.keyed := false;
       END IF;`,
      { when: "NEW.state = 'by_hand'" },
    ),
  },
  'lift-all': {
    breaks: 'hand',
    what: 'lifts whatever blocks a person on Bluesky, not just ours',
    wrap: () => (port) => (port.network === 'bluesky' ? liftAll(port) : port),
  },
  'writes-twice': {
    breaks: 'doubles',
    what: 'sends every write a second time',
    wrap: () => (port) =>
      acting(port, (account) => ({
        ...account,
        async apply(action, writes, fence, at) {
          const { head } = await account.apply(action, writes, fence, at);
          const keys = port.newKeys(writes.length, null);
          const again = writes.map((w, i) => ({ ...w, key: w.key === null ? null : (keys[i] ?? null) }));
          return account.apply(action, again, head, at);
        },
      })),
  },
  'makes-again': {
    breaks: 'again',
    what: 'makes again what the user lifted by hand',
    sql: bugTrigger(
      'effects',
      'BEFORE UPDATE',
      `NEW.state := 'pending'; NEW.due_at := NULL;
       UPDATE network_accounts SET wake_at = '2000-01-01' WHERE account_id = NEW.account_id;`,
      { when: "NEW.state = 'undone' AND OLD.state = 'applied'" },
    ).concat(
      bugTrigger('targets', 'BEFORE UPDATE', "NEW.state := 'covering'; NEW.reason := NULL;", {
        when: "NEW.state = 'over' AND NEW.reason = 'lifted_by_you'",
      }),
    ),
  },
} as const satisfies Record<string, Bug>;
export type BugName = keyof typeof BUGS;

export function bugOf(name: BugName | null): Bug | null {
  return name === null ? null : BUGS[name];
}
