import { z } from 'zod';

/** Inputs and views of connections. Safe for the browser. */

export const connectInput = z.object({
  network: z.literal('bluesky'),
  handle: z.string().trim().min(1).max(253),
  /** An app password: sealed at once, never stored or logged in the clear. */
  password: z.string().min(1).max(256),
});
export type ConnectInput = z.infer<typeof connectInput>;
/**
 * What becomes of what an account holds when it is disconnected: each block lifted when its time is up, all lifted now, or
 * all left where they are for ever. The first two keep the credentials until the last one is lifted.
 */
export const LEAVING = ['in_time', 'now', 'keep'] as const;
export type Leaving = (typeof LEAVING)[number];
export const disconnectInput = z.object({ id: z.uuid(), blocks: z.enum(LEAVING) });

/** What becomes of what an account holds in the tenant that it is moved away from: lifted first, or left as made by hand. */
export const MOVING = ['now', 'keep'] as const satisfies readonly Leaving[];
export type Moving = (typeof MOVING)[number];
export const moveInput = z.object({ id: z.uuid(), blocks: z.enum(MOVING) });

export const connectionInput = z.object({ id: z.uuid() });
/** New credentials for a connection whose old ones no longer work. */
export const reconnectInput = z.object({ id: z.uuid(), password: z.string().min(1).max(256) });

export type ConnectionState =
  | 'connecting'
  | 'ready'
  | 'refused'
  | 'revoked'
  | 'leaving'
  | 'gone'
  | 'elsewhere'
  | 'moving';
export type ConnectionView = {
  id: string;
  network: 'bluesky' | 'mastodon' | 'x';
  handle: string;
  displayName: string | null;
  state: ConnectionState;
  /** How it is being disconnected, or moved here; null when it isn't. */
  leaving: Leaving | null;
  /** When whoever owns it moved it away from here, or began to. */
  movedAt: Date | null;
  /** While it moves here: how much is still to be lifted where it is. Nothing else is known of there. */
  movingLeft: number | null;
  /** While it leaves: how many blocks and mutes of ours it still holds. */
  held: number;
  /** How we were let in: it is mended the same way. */
  way: 'password' | 'oauth';
  /** What its owner lets us do, and whether the network gave far more for want of finer rights. */
  rights: ('block' | 'mute')[];
  broad: boolean;
  /** Crowds that only an account may list, and that it lets us list. */
  crowds: string[];
  /** When the session ends whatever one does; null where that is not foreseen. */
  endsAt: Date | null;
  /** Why it was refused or revoked: a Problem. */
  problem: string | null;
  /** Whether a new app password is looked at while the old credentials go on; and why the last one was refused. */
  renewing: boolean;
  renewalProblem: string | null;
  createdAt: Date;
  /** The moment of which all this is true: the network's time, by which a session ends. */
  now: Date;
};
