import type { Stage } from './stage.ts';

/** Every attempt to open a secret that failed: a worker lacked the key, or nobody could open it any more. */
export async function failedOpens({ admin, fleet }: Stage): Promise<number> {
  const logged = fleet
    .printed()
    .toString()
    .match(/"type":"SecretUnreadable"|unreadable_secrets|lacks a key that is needed/g);
  const { rows } = await admin.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM audit WHERE action = 'secrets.unreadable'",
  );
  return (logged?.length ?? 0) + (rows[0]?.n ?? 0);
}
