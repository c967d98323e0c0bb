import type { ActingAccount, NetworkPort, Relation } from '@secateur/networks/port';
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
  /** Makes the adapters lie. */
  wrap?: Wrap;
};

/** Without keys only: a record's own key would tell. */
const CLAIMED = "NEW.state = 'by_hand' AND NEW.action = 'mute'";

export const BUGS = {
  'plan-time-check': {
    breaks: 'spared',
    what: 'does not ask again who is whose when it writes',
    wrap: (port) =>
      relating(port, async (others) => others.map((one) => ({ ...one, follows: false, followedBy: false }))),
  },
  'stale-people': {
    breaks: 'spared',
    what: 'goes on with the first it was ever told of somebody',
    wrap: (port) => {
      const first = known(port);
      return relating(port, async (others) =>
        others.map((one) => {
          const told = first.get(one.nativeId) ?? one;
          first.set(one.nativeId, told);
          return { ...one, follows: told.follows, followedBy: told.followedBy };
        }),
      );
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
    sql: bugTrigger('effects', 'BEFORE INSERT', claiming(), { when: CLAIMED }).concat(
      bugTrigger('effects', 'BEFORE UPDATE', claiming(), { when: CLAIMED }).replaceAll(
        'bug_effects',
        'bug_effects_later',
      ),
    ),
  },
  'lift-all': {
    breaks: 'hand',
    what: 'lifts whatever blocks a person on Bluesky, not just ours',
    wrap: liftAll,
  },
  'writes-twice': {
    breaks: 'doubles',
    what: 'sends every write a second time',
    wrap: (port) =>
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
    sql: bugTrigger('effects', 'BEFORE UPDATE', "NEW.state := 'pending'; NEW.due_at := NULL;", {
      when: "NEW.state = 'undone' AND OLD.state = 'applied'",
    }).concat(
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

function claiming(): string {
  return "NEW.state := 'applied'; NEW.confirmed_at := now(); NEW.due_at := now(); NEW.keyed := false;";
}

/** What each port was first told of people; one for each world, since a stage's ports stay. */
const told = new WeakMap<NetworkPort, Map<string, Relation>>();

function known(port: NetworkPort): Map<string, Relation> {
  const found = told.get(port) ?? new Map<string, Relation>();
  told.set(port, found);
  return found;
}

/** An adapter that answers otherwise about who is whose; what is held it tells as it is. */
function relating(port: NetworkPort, answer: (truth: Relation[]) => Promise<Relation[]>): NetworkPort {
  return acting(port, (account: ActingAccount) => ({
    ...account,
    relations: async (others) => answer(await account.relations(others)),
  }));
}
