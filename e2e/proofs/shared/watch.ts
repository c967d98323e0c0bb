import type { ActingAccount, Action, NetworkName, NetworkPort, Relation, Write } from '@secateur/networks/port';

/** Where in a turn something else may happen: just before this call reaches the network. */
export const MOMENTS = ['relations', 'head', 'held', 'apply', 'lift'] as const;
export type Moment = (typeof MOMENTS)[number];

/** A call on its way to the network. `account` is whose it is, as the network knows them. */
export type Arriving = {
  kind: 'apply' | 'lift';
  network: NetworkName;
  account: string;
  action: Action;
  writes: Write[];
};

/** What stands between the system and its network: sees every write, and decides what becomes of it. */
export type Watcher<Self> = {
  /** Just before a call reaches the network: others may act now. */
  moment(moment: Moment): Promise<void>;
  /** Checks a write; then `send` is called, or kept to be called later. */
  arriving(call: Arriving, self: Self, send: () => Promise<unknown>): Promise<'send' | 'kept'>;
  /** What the write did to the network; `failed` when the system was told that it came to nothing, or nothing at all. */
  arrived(call: Arriving, failed: boolean): Promise<void>;
  /** The network said how these stand to an account. */
  looked?(account: string, relations: Relation[]): void;
};

/** Whoever calls: from its death on nothing of it gets through. */
export type Caller = { readonly dead: boolean; readonly doomed: string | null; die(): never };

/** The real adapter behind a watcher. */
export function watched<Self extends Caller>(port: NetworkPort, watcher: Watcher<Self>, self: () => Self): NetworkPort {
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
      const whose = ownerOf(credentials);
      const write = async <T>(
        kind: 'apply' | 'lift',
        action: Action,
        writes: Write[],
        send: () => Promise<T>,
      ): Promise<T> => {
        const call = { kind, network: port.network, account: whose, action, writes };
        const mortal = self();
        if ((await watcher.arriving(call, mortal, send)) === 'kept') return mortal.die();
        if (mortal.doomed === 'before-send') mortal.die();
        let failed = true;
        try {
          const written = await send();
          failed = false;
          return written;
        } finally {
          await watcher.arrived(call, failed);
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
        relations: (others) =>
          through('relations', async () => {
            const relations = await account.relations(others);
            watcher.looked?.(whose, relations);
            return relations;
          }),
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

/** A DID, an actor's URI or a number: adapters write it into the credentials that they make. */
function ownerOf(credentials: string): string {
  const { did, uri, id }: { did?: string; uri?: string; id?: string } = JSON.parse(credentials);
  const found = did ?? uri ?? id;
  if (found === undefined) throw new Error('credentials of nobody');
  return found;
}
