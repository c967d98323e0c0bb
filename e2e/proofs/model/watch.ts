import type { ActingAccount, NetworkPort, Write } from '@secateur/networks/port';
import type { Action, Moment } from './command.ts';
import type { Mortal } from './mortal.ts';

/** A call on its way to the network. */
export type Arriving = { kind: 'apply' | 'lift'; accountDid: string; action: Action; writes: Write[] };

/** What stands between the system and its network: sees every write, and decides what becomes of it. */
export type Watcher = {
  /** Just before a call reaches the network: others may act now. */
  moment(moment: Moment): Promise<void>;
  /** Checks a write; then `send` is called, or kept to be called later. */
  arriving(call: Arriving, self: Mortal, send: () => Promise<unknown>): Promise<'send' | 'kept'>;
  /** What the write did to the network. */
  arrived(call: Arriving): Promise<void>;
};

/** The real adapter behind a watcher. */
export function watched(port: NetworkPort, watcher: Watcher, self: () => Mortal): NetworkPort {
  const through = async <T>(moment: Moment | null, call: () => Promise<T>): Promise<T> => {
    if (self().dead) self().die();
    if (moment) await watcher.moment(moment);
    return call();
  };
  return {
    ...port,
    resolve: (query) => through(null, () => port.resolve(query)),
    crowd: (kind, ref, cursor) => through(null, () => port.crowd(kind, ref, cursor)),
    locate: (kind, query) => through(null, () => port.locate(kind, query)),
    signIn: (handle, password) => through(null, () => port.signIn(handle, password)),
    actFor(credentials, rotated) {
      const account = port.actFor(credentials, rotated);
      const accountDid: string = (JSON.parse(credentials) as { did: string }).did;
      const write = async <T>(
        kind: 'apply' | 'lift',
        action: Action,
        writes: Write[],
        send: () => Promise<T>,
      ): Promise<T> => {
        const call = { kind, accountDid, action, writes };
        const mortal = self();
        if ((await watcher.arriving(call, mortal, send)) === 'kept') return mortal.die();
        if (mortal.doomed === 'before-send') mortal.die();
        try {
          return await send();
        } finally {
          await watcher.arrived(call);
          if (mortal.doomed === 'after-send') mortal.die();
        }
      };
      const acting: ActingAccount = {
        head: () => through('head', () => account.head()),
        held: (action, range) => through('held', () => account.held(action, range)),
        apply: (action, writes, fence, at) =>
          through('apply', () => write('apply', action, writes, () => account.apply(action, writes, fence, at))),
        lift: (action, writes, fence) =>
          through('lift', () => write('lift', action, writes, () => account.lift(action, writes, fence))),
        relations: (others) => through('relations', () => account.relations(others)),
        followers: (cursor) => through(null, () => account.followers(cursor)),
        following: (cursor) => through(null, () => account.following(cursor)),
        talked: (since, cursor) => through(null, () => account.talked(since, cursor)),
        crowd: (kind, ref, cursor) => through(null, () => account.crowd(kind, ref, cursor)),
        renew: () => through(null, () => account.renew()),
        giveBack: () => through(null, () => account.giveBack()),
      };
      return acting;
    },
  };
}
