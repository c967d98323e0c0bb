import { fediControlOf } from '../mastodon/control.ts';
import type { Site } from '../site.ts';
import { personByDid } from '../state/people.ts';
import { xControlOf } from '../x/control.ts';
import { commandSchema } from './command.ts';
import { CommandError } from './command-error.ts';
import type { SandboxControl } from './control.ts';
import { faultSchema } from './fault-schema.ts';
import { named } from './named.ts';
import { perform } from './perform.ts';
import { listsOf, postsOf } from './post-control.ts';
import { allAccounts } from './streams.ts';
import { accountView, clockView, personView, siteView } from './views.ts';

/** Control of a sandbox in this process. `reseed` makes the starting world again on an emptied site. */
export function controlOf(site: Site, reseed: () => void): SandboxControl {
  const control: SandboxControl = {
    perform: async (...commands) => {
      for (const command of commands) perform(site, commandSchema.parse(command));
    },
    addAccounts: async (accounts) => {
      await control.perform({ do: 'add-accounts', accounts });
      return accounts.map(({ handle }) => accountView(site, named(site.state, handle)));
    },
    state: async () => siteView(site),
    person: async (name) => {
      try {
        return personView(named(site.state, name));
      } catch (error) {
        if (error instanceof CommandError) return null;
        throw error;
      }
    },
    followers: async (account, from, count) => {
      const index = named(site.state, account).account?.index;
      return Array.from({ length: count }, (_, i) =>
        index === undefined ? null : personByDid(site.state, site.state.world.didOf(index, from + i)),
      ).flatMap((person) => (person === null ? [] : [personView(person)]));
    },
    records: async (collection, account) =>
      (account === undefined ? allAccounts(site) : [named(site.state, account)]).map(({ did, handle }) => ({
        did,
        handle,
        records: [...site.state.repo(did).of(collection).all()].map(([key, { subject, createdAt, hand }]) => ({
          key,
          subject,
          createdAt,
          by: hand ? 'hand' : 'app',
        })),
      })),
    posts: async () => postsOf(site),
    lists: async () => listsOf(site),
    mutes: async (account) => [...site.state.mutes(named(site.state, account).did)],
    grants: async (account) => {
      const { did } = named(site.state, account);
      const own = [...site.state.grants.values()].filter((grant) => grant.did === did);
      return own.map(({ spent: _, ...row }) => row);
    },
    counters: async () => site.counters.totals(),
    writes: async (account) => {
      const only = account === undefined ? null : named(site.state, account).did;
      return [...site.counters.subjects()]
        .filter(([did]) => only === null || did === only)
        .map(([did, subject, tally]) => ({ account: did, subject, ...tally }));
    },
    clock: async () => clockView(site),
    advance: async (ms) => {
      perform(site, { do: 'advance-clock', ms });
      return clockView(site);
    },
    addFault: async (fault) => site.faults.add(faultSchema.parse(fault)),
    faults: async () => site.faults.list(),
    clearFaults: async () => site.faults.clear(),
    removeFault: async (id) => site.faults.remove(id),
    fediverse: fediControlOf(site),
    x: xControlOf(site),
    reset: async () => {
      site.forget();
      reseed();
    },
  };
  return control;
}
