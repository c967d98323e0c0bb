/** The classes of work. Each has tables and processes of its own, so that none waits behind another. */
export const LANES = ['critical', 'standard', 'background'] as const;
export type Lane = (typeof LANES)[number];

/** The database schema that holds a lane's jobs. */
export function schemaOf(lane: Lane): string {
  return `queue_${lane}`;
}
