/** Closes and anchors the trail again and again until it is killed. */
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '@secateur/base';
import { closeTrail, fileAnchor } from '@secateur/core/trail';
import { createDb } from '@secateur/db';

const { DATABASE_URL = '', TRAIL_ANCHOR = '', TRAIL_KEY = '' } = process.env;
const db = createDb(DATABASE_URL, { max: 3, prepare: true });
const trail = { key: Buffer.from(TRAIL_KEY, 'base64url'), anchor: fileAnchor(TRAIL_ANCHOR) };
/** Milliseconds between runs: the trail is verified all the while, and must not grow faster than that. */
const PAUSE = 150;
process.stdout.write('closing\n');
for (;;) {
  try {
    await closeTrail({ prisma: db.prisma, clock: systemClock }, trail);
  } catch {
    // Postgres is crashed under it on purpose.
  }
  await pause(PAUSE);
}
