import type { Action, Credentials, NetworkPort } from '../port.ts';

export type Person = { nativeId: string; handle: string };
/** An account that can be signed in to. */
export type Login = Person & { password: string };
export type Blocked = { nativeId: string; key: string | null };

/** What somebody does at their own server: takes away some of what was asked for, or says no. */
export type Visit = { only?: Action[]; no?: boolean };

/** Something that was made, with its reference, and all that people paste for it. */
export type Made = { ref: string; links: string[] };

/** The doors to what people write. Each of `by` does it once. */
export type Posts = {
  /** A new account; `here` on the server where logins are made, where there are several. */
  author(where: 'here' | 'elsewhere'): Promise<Login>;
  write(by: Person): Promise<Made>;
  like(by: Person[], ref: string): Promise<void>;
  repost(by: Person[], ref: string): Promise<void>;
  quote(by: Person[], ref: string): Promise<Made[]>;
  reply(by: Person[], ref: string): Promise<Made[]>;
  /** A post that names these, for everybody or, where a network's posts may be messages, for them alone. */
  mention(by: Person, others: Person[], to: 'everybody' | 'them'): Promise<void>;
  /** The author deletes it. */
  remove(ref: string, author: Person): Promise<void>;
  list(by: Person, name: string, members: Person[]): Promise<Made>;
  removeList(ref: string, by: Person): Promise<void>;
  /** The network takes the account down. */
  takeDown(who: Person): Promise<void>;
};

/** A server of the network with people on it, and the doors that no client has. */
export type World = {
  port: NetworkPort;
  /** A new account that follows nobody and holds nothing. */
  newLogin(): Promise<Login>;
  /** A link to a profile as a person would paste it. */
  linkTo(person: Person): string;
  /** A handle that nobody has. */
  unknown: string;
  /** An account followed by all of `crowd`, which is more than one page, and by some who are put away since. */
  harasser: Person;
  crowd: Person[];
  /** Put away by its owner; its password still opens it. Null where owners can't. */
  deactivated: Login | null;
  /** Taken down by the network. */
  suspended: Person;
  /** `from` follows `to`, as if by hand. */
  follow(from: Person, to: Person): Promise<void>;
  /** Blocks made by hand in another app; mutes on a network where nobody can be blocked. */
  blockByHand(by: Login, nativeIds: string[]): Promise<void>;
  /** What `login` blocks, as the network itself has it; whom it mutes, where nobody can be blocked. */
  blocked(login: Login): Promise<Blocked[]>;
  /** Goes where a browser was sent, signs `login` in there, and tells what the browser brings back. */
  visit(url: string, login: Login, visit?: Visit): Promise<URLSearchParams>;
  /** The same credentials when their access token has run out. */
  expireAccess(credentials: Credentials): Promise<Credentials>;
  /** The same credentials when the user has taken the permission back. */
  revoke(login: Login, credentials: Credentials): Promise<Credentials>;
  /** `login` puts its own account away. */
  deactivate(login: Login): Promise<void>;
  /** Until when `login` mutes whom, as the network itself has it. Null for ever. Left out where the network knows no ends. */
  muted?(login: Login): Promise<{ nativeId: string; until: Date | null }[]>;
  /** Posts and lists, made as if by hand. */
  posts: Posts;
  /** Settles when reads show all that was written. */
  settle(): Promise<void>;
  /** The network's clock. */
  now(): Date;
  close(): Promise<void>;
};

/** What differs from network to network; each behaviour is tested as the network has it. */
export type Traits = {
  /** Writes have keys of ours and a fence; two writes for one account are two records. */
  keyed: boolean;
  /** Blocking leaves follows as they are. */
  keepsFollows: boolean;
  /** People can sign in with an app password. */
  passwords: boolean;
  /** People sign in at their own server. */
  oauth: boolean;
  /** Tokens run out and are renewed. */
  renewing: boolean;
  /** A code is good only for whoever asked for it: PKCE. */
  bindsCodes: boolean;
  /** People can allow a part of what they are asked for. */
  finerConsent: boolean;
  /** Credentials that are renewed are lost one day all the same, and when is known. */
  foretellsEnd: boolean;
  /** Whom somebody names is looked up before they are sent off to sign in: where looking up costs money it is not. */
  looksUpFirst: boolean;
  /** People can be blocked; where not, mutes are held to what is said of blocks. */
  blocks: boolean;
  /** People can put their own account away, and strangers see that they did. */
  putAway: boolean;
  /** The server of its logins knows who quoted a post. */
  quotes: boolean;
  /** The server of its logins shows strangers what they wrote. */
  showsPosts: boolean;
  /** What the network says of how many there are is right at once: the real AppView counts beside its lists, and may lag. */
  exactCounts: boolean;
  /** Mutes have ends that the network keeps. */
  timedMutes: boolean;
};
