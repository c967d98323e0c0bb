/**
 * `prove:audit`: a trail that is anchored is tampered with in every way that its database's owner has, and each must be
 * found; then whoever writes, closes and anchors is killed, stalled and crashed, and nothing may be found. Last, a real
 * worker is asked how long a row waits for its anchor.
 */
import { anchoredWithin } from './audit/minute.ts';
import { proveAudit } from './audit/run.ts';
import { startServer } from './shared/database.ts';
import { readFlags } from './shared/flags.ts';
import { conclude, say } from './shared/say.ts';

/** Seconds within which every row must be anchored. */
const MINUTE = 60;

const flags = readFlags({ tamperings: 1_000, tenants: 12, minutes: 12, kills: 60, crashes: 2, waits: 3 }, [
  'no-anchor',
]);
const server = await startServer();
try {
  const { figures, broke } = await proveAudit(server, { ...flags, say });
  if (broke !== null) conclude({ figures, broke });
  else {
    const slowest = await anchoredWithin(server, { ...flags, most: 2 * MINUTE, say });
    const isInTime = slowest !== null && slowest <= MINUTE;
    conclude({
      figures: { ...figures, slowestAnchorSeconds: slowest },
      broke: isInTime ? null : 'every row is anchored within a minute',
    });
  }
} finally {
  await server.close();
}
