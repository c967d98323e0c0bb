/** Where a fault's cause is kept. pino's logger is one. */
export type FaultLog = { error(fields: Record<string, unknown>, message: string): void };

/** A user, with the address they proved when they signed up. */
export type SignedIn = { id: string; email: string | null };

/** What the ladder asks of a server's context: who is there, and as whom they act. */
export type RpcContext<Actor = unknown> = {
  /** The user whose session came with the request. */
  user: SignedIn | null;
  /** As whom that user acts, and where; null when they belong to no tenant. Asked once a call. */
  actorOf(userId: string): Promise<Actor | null>;
  log: FaultLog;
};
