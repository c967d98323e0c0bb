/** Where a fault's cause is kept. pino's logger is one. */
export type FaultLog = { error(fields: Record<string, unknown>, message: string): void };

/** What the ladder asks of a server's context: who is there, and in which tenant they may act. */
export type RpcContext = {
  /** The user whose session came with the request. */
  user: { id: string } | null;
  /** The tenant in which that user acts, or null when they belong to none. Asked once a call. */
  tenantOf(userId: string): Promise<string | null>;
  log: FaultLog;
};
