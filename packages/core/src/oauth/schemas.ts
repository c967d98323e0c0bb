import { z } from 'zod';

/** Inputs and views of signing in at one's own network. Safe for the browser. */

/** Networks whose servers can be asked for their people's consent. X only where an installation has an app there. */
export const CONSENT_NETWORKS = ['bluesky', 'mastodon', 'x'] as const;
export type ConsentNetwork = (typeof CONSENT_NETWORKS)[number];

/** Kinds of crowd that some network shows to accounts only. */
export const ACCOUNT_CROWDS = ['quoters', 'list'] as const;
export type AccountCrowd = (typeof ACCOUNT_CROWDS)[number];

const network = z.enum(CONSENT_NETWORKS);
const account = z.string().trim().min(1).max(300);
/** A path of the app: what is no such path the app has replaced before. */
const back = z.string().max(2_000);

export const signInFlowInput = z.object({
  network,
  account,
  /** Whether the account is to be connected too. */
  connect: z.boolean(),
  back,
});

/** An account that somebody wants to sign in with, too. */
export const linkFlowInput = z.object({ network, account, back });

export const connectFlowInput = z.union([
  z.object({ network, account, back }),
  /** The connection that is to be let in again. */
  z.object({
    connectionId: z.uuid(),
    back,
    /** Crowds that only an account may list, and that we are to list as this one. What was allowed before and isn't asked for ends. */
    crowds: z.array(z.enum(ACCOUNT_CROWDS)).max(ACCOUNT_CROWDS.length).default([]),
  }),
]);

export const flowInput = z.object({ id: z.uuid() });

/** How far somebody is on their way to their network and back. */
export type FlowView = {
  id: string;
  /**
   * `going`: wait. `send`: the browser is to go to `url`. `proven`: to be taken. `let-in`: taken, and to be connected when its
   * owner is in. `done`. `refused`: see `problem`.
   */
  state: 'going' | 'send' | 'proven' | 'let-in' | 'done' | 'refused';
  url: string | null;
  problem: string | null;
  network: 'bluesky' | 'mastodon' | 'x';
  /** As they named it. */
  account: string;
  /** Whose it is, once that was proven by somebody who signs in with it. */
  nativeId: string | null;
  /** Whether a member who was signed in began it, to connect an account. */
  connects: boolean;
  /** Whether a user who was signed in began it, to sign in with the account from now on. */
  links: boolean;
  back: string;
};
