import { bareError } from '@secateur/base';

/**
 * What Secateur needs of a network. Every adapter has the same files and passes the same contract suite; raw API types
 * stop at its mapper. No database, no domain, no clock but the caller's.
 */
export type NetworkName = 'bluesky' | 'mastodon' | 'x';
export type Action = 'block' | 'mute';

/** A public account as its network shows it. `nativeId` never changes (a DID, an actor's URI); the handle may. */
export type PublicProfile = {
  nativeId: string;
  handle: string;
  displayName: string | null;
  followers: number | null;
  following: number | null;
  /** Another server than the account's own says so: worth a first look, and never in place of what its own said. */
  hearsay?: true;
  /** Whether the network itself vouches for who this is: verified, a verifier, a moderation service. Null where it never says. */
  verified: boolean | null;
};

/**
 * The crowds that can be listed. Of an account: `followers`, `following`. Of a post: `likers`, `reposters`, `quoters`,
 * `repliers` (at any depth below it); its own author is left out of all four. Of a list: `list`, its members.
 */
export const CROWD_KINDS = ['followers', 'following', 'likers', 'reposters', 'quoters', 'repliers', 'list'] as const;
export type CrowdKind = (typeof CROWD_KINDS)[number];

/** What a network tells of a kind of crowd. Data, with its source beside it. A kind that it has not is left out. */
export type CrowdAbility = {
  /** What its `ref` names. */
  of: 'account' | 'post' | 'list';
  /** Who may list it: anybody (NetworkPort.crowd), or only an account that is signed in (ActingAccount.crowd). */
  needs: 'nobody' | 'account';
  /** Whether an account that is signed in may see more of it than anybody: where nothing came, it is worth asking as one. */
  moreAsAccount: boolean;
  /** The most of one crowd that is ever shown, null where no such number is known. */
  most: number | null;
  /** Whether everybody in it is shown. If not, whoever is not listed may be in it all the same, and nobody says so. */
  whole: boolean;
};

/**
 * A post or a list (or an account, for its followers) that somebody pasted. `ref` never changes: an account's native id, an
 * at-URI by DID, the URI of a post, the address of a list. `author` is whose it is, null where only a signed-in account may know.
 * `total` is how many the network says before it is listed: of repliers, the direct ones only. `title` is a list's name, null
 * where it has none.
 */
export type Located = { ref: string; author: PublicProfile | null; total: number | null; title: string | null };

/**
 * One page of a list. Pages may be short or empty; the list has ended only when `cursor` is null. `total` is how many the
 * network says there are in all, null where it does not say: a server may hide some, or all, and may not know them. It stands
 * at least on the first page of those it is told for, and may lag behind the list; of quoters it counts quotes, of which one person may have made several.
 */
export type ProfilePage = { items: PublicProfile[]; cursor: string | null; total: number | null };

/**
 * How `other` stands to an account, as the network says at this moment. `held` is what the account does to them already,
 * null where the network does not tell in the same answer.
 */
export type Relation = {
  nativeId: string;
  follows: boolean;
  followedBy: boolean;
  held: Action[] | null;
  /** The network can't find them at the moment: nothing is to be concluded from what it does not say. */
  unfound?: true;
};

/** Something that is so on the network: this account blocks or mutes that one. `key` is null where a network has none. */
export type Held = { nativeId: string; key: string | null };
/** `untold`: the network does not tell all, so nothing is to be concluded from what is missing. */
export type HeldPage = { items: Held[]; cursor: string | null; untold?: boolean };

/** Somebody whom an account wrote to, and when it last did; the network's time. Of what was written nothing is kept. */
export type Talk = { nativeId: string; at: Date };
/** `untold`: this account's server does not tell. Somebody may stand on a page more than once. */
export type TalkPage = { items: Talk[]; cursor: string | null; untold?: boolean };

/** A limit as the network last reported it for one account; times are the network's own. */
export type LimitReport = { limit: number; windowSeconds: number; remaining: number; resetAt: Date };

/**
 * One write. `key` is the identity that we chose before (a TID on Bluesky), null where a network has none. `until` is when
 * the last cover of it is expected to end, left out where that is open: a network with ends of its own lets go a while later.
 */
export type Write = { nativeId: string; key: string | null; until?: Date | null };

/** A batch that the network took whole. `head` is the fence for the next one, null where a network has none. */
export type Written = { head: string | null; report: LimitReport | null };

/** Credentials as the adapter made them: opaque text to everybody else, sealed before it is stored. */
export type Credentials = string;

/**
 * How credentials are renewed when several processes may want to at once. It waits until nobody else renews this
 * account's, hands over the credentials stored last, keeps what comes back (which may be what was handed over) and
 * returns it. What it could not keep it throws for, and an adapter uses nothing that was not kept.
 */
export type Renewal = (renew: (stored: Credentials) => Promise<Credentials>) => Promise<Credentials>;

/** What credentials are worth, as far as can be told without asking the network. Times are the network's own. */
export type Grant = {
  /** What their owner lets us do. */
  rights: Action[];
  /** Whether they allow far more than that, because the network knows no finer rights. */
  broad: boolean;
  /** Crowds that only an account may list, and that these credentials allow. */
  crowds: CrowdKind[];
  /** When they are lost unless they were renewed before; null where they need no renewing. */
  renewBy: Date | null;
  /** When they are lost whatever one does; null where that is not foreseen. */
  endsAt: Date | null;
  /**
   * The same for credentials that are one and the same at the network, where several consents may get that: giving one back
   * ends the other. Left out where every consent gets its own.
   */
  sharedAs?: string;
};

/** What an adapter can do with an action, and what it costs. Data, with its source beside it. */
export type Ability = {
  /** Most writes in one call. */
  batch: number;
  /** Points of the account's write budget, per create and per delete; 0 where only the address counts. */
  points: { apply: number; lift: number };
  /** Whether strangers can see it. */
  public: boolean;
  /** Whether the network keeps an identity of ours for it. */
  keyed: boolean;
  /** Whether it also ends follows both ways, which lifting it does not bring back. */
  endsFollows: boolean;
  /** Milliseconds after `until` at which the network itself ends it, should nobody have done so; null where it never does. */
  safetyNet: number | null;
  /** What the network charges for each write, whether it changed anything or not. */
  price: { apply: MicroDollars; lift: MicroDollars };
};

/** Millionths of a dollar that a network charges whoever runs this installation. */
export type MicroDollars = number;

/**
 * What a network charges for reading: for every account or item that an answer holds, never for the question. All 0 where
 * reading is free. An answer is not known before it came, so whoever asks holds the price of a full one.
 */
export type ReadPrices = {
  /** Finding one account, or one that signs in. */
  profile: MicroDollars;
  /** Finding a post or a list. */
  located: MicroDollars;
  /** Each member of a crowd, by kind; the first page of one that isn't an account's costs `located` besides. */
  crowd: Record<CrowdKind, MicroDollars>;
  /** Each of an account's own people. */
  own: MicroDollars;
  /** Each account asked about in `relations`. */
  relation: MicroDollars;
  /** Each block or mute in `held`. */
  held: Record<Action, MicroDollars>;
};

/** Networks that charge nothing. */
export const FREE_READS: ReadPrices = {
  profile: 0,
  located: 0,
  crowd: { followers: 0, following: 0, likers: 0, reposters: 0, quoters: 0, repliers: 0, list: 0 },
  own: 0,
  relation: 0,
  held: { block: 0, mute: 0 },
};
export const FREE_WRITES: Ability['price'] = { apply: 0, lift: 0 };

/** An account's write budget: no more than `points` in any `seconds`. */
export type Window = { seconds: number; points: number };

/** The network's side of one connected account. Every method may throw NetworkError. */
export type ActingAccount = {
  /** The account's latest commit: the fence that a write must name. Null where a network has none. */
  head(): Promise<string | null>;
  /**
   * What the account holds, newest first. `newest` and `oldest` bound it by key, both included; without them all of
   * it. Made from the account's own records, so hand-made ones are among them.
   */
  held(action: Action, range: { cursor: string | null; newest?: string; oldest?: string }): Promise<HeldPage>;
  /** Makes all of `writes` so, or none (throws). At most `batch` of them. Refused when `fence` is an old head. */
  apply(action: Action, writes: Write[], fence: string | null, at: Date): Promise<Written>;
  /** How each of `others` (at most `relationBatch`) stands to the account. */
  relations(others: string[]): Promise<Relation[]>;
  /** The account's own people, as itself sees them. Throws rather than leave out a part of the list. */
  followers(cursor: string | null): Promise<ProfilePage>;
  following(cursor: string | null): Promise<ProfilePage>;
  /**
   * Whom the account itself wrote to in public since then: those whom it answered or mentioned. Who only wrote to the account is
   * not among them, or a crowd would be spared for what it does; nor who was only quoted. No right is needed to read it, and
   * messages are never read. Throws `rejected` where a network does not tell it (NetworkPort.tellsTalks).
   */
  talked(since: Date, cursor: string | null): Promise<TalkPage>;
  /**
   * A crowd as the account sees it, from its own server: for kinds that `needs: 'account'`, and where it may see more. It leaves out
   * those whom the account blocks already. A cursor is for this method only, and for this account.
   */
  crowd(kind: CrowdKind, ref: string, cursor: string | null): Promise<ProfilePage>;
  /** Ends all of `writes`, or none (throws). A key that is already gone may fail the whole batch as `untyped`. */
  lift(action: Action, writes: Write[], fence: string | null): Promise<Written>;
  /** Renews the credentials whether or not they have run out, so that they last. */
  renew(): Promise<void>;
  /** Gives the credentials back: the network forgets them. Those that are gone already are no error. */
  giveBack(): Promise<void>;
};

/**
 * Where our registrations with the servers that people sign in at are kept, by host. The texts hold secrets: they are sealed
 * where they are stored.
 */
export type AppStore = {
  get(host: string): Promise<string | null>;
  put(host: string, text: string): Promise<void>;
};

/** Where a browser is sent, and what is needed to finish what began there. */
export type SentOff = {
  url: string;
  /** What the browser brings back to tell this one from others. */
  state: string;
  /** For `finish` only: opaque, to be sealed while it waits. */
  secret: string;
};

/** People sign in at their own network, in their browser, and say there what we may do. */
export type OAuthPort = {
  /**
   * Begins for the account that somebody named. Without `rights` it only proves whose it is. `crowds` are kinds that need an account
   * (CrowdAbility.needs) and are to be read as well: on Mastodon that lets us read far more. Throws `not_found`, `down`,
   * `limited`, `rejected`.
   */
  begin(account: string, rights: readonly Action[], crowds?: readonly CrowdKind[]): Promise<SentOff>;
  /**
   * Ends it with what the browser brought back. Throws `declined` when the person said no, `rejected` for an answer that
   * is not to our question or came from another server than was asked, `down`, `limited`.
   */
  finish(secret: string, answer: URLSearchParams): Promise<{ profile: PublicProfile; credentials: Credentials }>;
};

export type NetworkPort = {
  readonly network: NetworkName;
  readonly abilities: Record<Action, Ability | null>;
  readonly windows: Window[];
  readonly prices: ReadPrices;
  /** Most that one page may hold, of a crowd, of own people, and of what is held: what a page may cost before it came. */
  readonly pages: { crowd: number; own: number; held: number };
  /** A key that sorts after every key made before the instant (real time), for bounding `held`. Null where none. */
  keyAt(at: Date): string | null;
  /** `count` fresh keys, ascending, none of them at or before `after`. Nulls where a network has none. */
  newKeys(count: number, after: string | null): (string | null)[];
  /** A handle, a link to a profile, or a native id, to the account. Throws `not_found`, `deactivated`, `suspended`. */
  resolve(query: string): Promise<PublicProfile>;
  /**
   * Many accounts in one question, where the network has one: each in the order asked, null for whom it does not show. At most
   * `batch`. Throws as `resolve` does for what is about the network itself.
   */
  readonly many?: { batch: number; resolve(queries: string[]): Promise<(PublicProfile | null)[]> };
  /** The kinds of crowd that this network tells of. */
  readonly crowds: Partial<Record<CrowdKind, CrowdAbility>>;
  /**
   * A public list, asked without anybody's credentials of a server that knows it whole, where there is one. Throws `not_found` for
   * what is gone, `deactivated` or `suspended` where its author is, `rejected` for a kind that this network has not, or not for
   * strangers.
   */
  crowd(kind: CrowdKind, ref: string, cursor: string | null): Promise<ProfilePage>;
  /**
   * What somebody pasted as the origin of a crowd of `kind`: a link to a post, a list or a profile, a URI, a handle. Throws as
   * `resolve` and `crowd` do. A link that is nothing of the kind is `not_found`.
   */
  locate(kind: CrowdKind, query: string): Promise<Located>;
  /** Whether it can be told for nothing whom an account talks with (ActingAccount.talked). */
  readonly tellsTalks: boolean;
  /** Most accounts in one question about relations. */
  readonly relationBatch: number;
  /**
   * Signs in with a handle and an app password. Throws `unauthorized`, `second_factor`, `not_found`, `deactivated`, and
   * `rejected` where a network has no app passwords.
   */
  signIn(handle: string, password: string): Promise<{ profile: PublicProfile; credentials: Credentials }>;
  /** Null where this network, or this installation, has no such way. */
  readonly oauth: OAuthPort | null;
  /** What these credentials allow and how long they last. Throws `unauthorized` for what is none. */
  grantOf(credentials: Credentials): Grant;
  /** Acts for an account. Throws `unauthorized` for what is no credentials. */
  actFor(credentials: Credentials, renewal: Renewal): ActingAccount;
};

export const NETWORK_PROBLEMS = [
  /** No such account. */
  'not_found',
  /** The account exists but its owner put it away. */
  'deactivated',
  /** The network took the account down. */
  'suspended',
  /** The credentials no longer work; only the user can mend it. */
  'unauthorized',
  /** The account's owner said no to this. */
  'declined',
  'second_factor',
  /** Refused before a budget's reset; `until` says when. */
  'limited',
  /** Not reachable, timed out, or 5xx with a name of its own. */
  'down',
  /** A 500 without a name on a write: read back before anything else. */
  'untyped',
  /** The fence named an old head: somebody wrote in between. Nothing was written. */
  'fenced',
  /** Refused for what was sent; trying again will not help. */
  'rejected',
  /** Whoever runs this installation has no credit left at the network; only they can mend it. */
  'unpaid',
  /** What this installation may use of the network in a month is used up; `until` is when the next one begins. */
  'capped',
  /** The network does not let this installation do this at all. */
  'no_access',
  /** It costs more than the tenant lets itself spend; `until` is when a new month begins. Nothing was asked of the network. */
  'unaffordable',
] as const;
export type NetworkProblem = (typeof NETWORK_PROBLEMS)[number];

/**
 * Anything that went wrong with a network. `uncertain` is true when a write may have happened all the same (a reset
 * after sending, a timeout): only reading back tells. Of its cause the bare error is kept: clients' errors hold requests,
 * answers and headers, and with them passwords and tokens. `message` is our own words, never the network's.
 */
export class NetworkError extends Error {
  readonly problem: NetworkProblem;
  readonly uncertain: boolean;
  readonly until: Date | null;
  readonly report: LimitReport | null;
  constructor(
    problem: NetworkProblem,
    more: {
      uncertain?: boolean;
      until?: Date | null;
      report?: LimitReport | null;
      cause?: unknown;
      message?: string;
    } = {},
  ) {
    super(more.message ?? problem, more.cause === undefined ? {} : { cause: bareError(more.cause) });
    this.name = 'NetworkError';
    this.problem = problem;
    this.uncertain = more.uncertain ?? false;
    this.until = more.until ?? null;
    this.report = more.report ?? null;
  }
}

/**
 * Asked before every request: the shared ledger of (our address, host). Throws NetworkError `limited` when the host's
 * window is spent. `requests` is how many the caller is about to send.
 */
export type Gate = { pass(host: string, requests: number): Promise<void> };
