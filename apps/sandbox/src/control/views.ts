import type { Site } from '../site.ts';
import type { Status } from '../state/events.ts';
import { countsOf, type Person, personByDid } from '../state/people.ts';

/** Milliseconds: the sandbox's time, and how far that is from the machine's. */
export type ClockView = { now: number; offsetMs: number };

export type PersonView = { did: string; handle: string; displayName: string | null; status: Status };
export type AccountView = PersonView & {
  canSignIn: boolean;
  followers: number;
  follows: number;
  blocks: number;
  mutes: number;
};
export type SiteView = { seed: string; limits: boolean; clock: ClockView; accounts: AccountView[] };

/** One record as it is in a repository now, and whether an app or a person made it. */
export type RecordView = { key: string; subject: string; createdAt: string; by: 'app' | 'hand' };
export type RepoView = { did: string; handle: string; records: RecordView[] };

/** How many creates for a subject reached the network, and how many it carried out. */
export type WritesView = { account: string; subject: string; arrived: number; applied: number };

export function clockView(site: Site): ClockView {
  return { now: site.clock.now(), offsetMs: site.clock.offsetMs };
}

export function siteView(site: Site): SiteView {
  const accounts = site.state.accounts.flatMap(({ did }) => {
    const person = personByDid(site.state, did);
    return person === null ? [] : [accountView(site, person)];
  });
  return { seed: site.state.world.seed, limits: site.state.limits, clock: clockView(site), accounts };
}

export function personView({ did, handle, displayName, status }: Person): PersonView {
  return { did, handle, displayName, status };
}

export function accountView(site: Site, person: Person): AccountView {
  const { followers, follows } = countsOf(site.state, person);
  return {
    ...personView(person),
    canSignIn: person.account !== null && person.account.password !== null,
    followers,
    follows,
    blocks: site.state.repo(person.did).blocks.size,
    mutes: site.state.mutes(person.did).size,
  };
}
