import { reconnect } from '@secateur/core/connections';
import { checkAll } from './check.ts';
import type { Game } from './game.ts';
import { PASSWORD } from './people.ts';
import { hold } from './promises.ts';

const MINUTE = 60_000;

/**
 * The network is well again, and everything that waits for a retry has had its time: then all that should be so is so,
 * and the checker looks at everything.
 */
export async function calm(game: Game): Promise<void> {
  const { control } = game.stage.sandbox;
  await control.clearFaults();
  game.during = [];
  game.catching = false;
  // The longest backoff is an hour and a quarter; one that failed may have to be tried several times. A death that was still
  // to come may come in the last of these steps: then what it left is found a minute later.
  for (const minutes of [0, 2, 20, 80, 80, 2]) {
    await control.advance(minutes * MINUTE);
    await mend(game);
  }
  await checkOverdue(game);
  await checkAll(game);
  await noteKnown(game);
}

/** Does all there is to do, and gives new credentials where the old ones no longer work. */
export async function mend(game: Game): Promise<void> {
  await game.drain();
  const gone = await lost(game);
  for (const { id } of gone) {
    await reconnect(game.member, { id, password: PASSWORD });
    game.life.audited('connection.renewing');
  }
  if (gone.length > 0) await game.drain();
}

/** Mutes have no keys: one made by hand is safe from us once it was read while none of ours was on its way. */
async function noteKnown(game: Game): Promise<void> {
  const rows = await game.ask<{ at: string }>(
    `SELECT h.account_id || ' ' || p.native_id AS at FROM held_by_hand h JOIN profiles p ON p.id = h.profile_id
     WHERE h.tenant_id = $1 AND h.action = 'mute'
       AND NOT EXISTS (SELECT FROM effects e WHERE e.tenant_id = h.tenant_id AND e.account_id = h.account_id
                         AND e.profile_id = h.profile_id AND e.action = 'mute' AND e.state IN ('applying', 'applied', 'lifting'))`,
    [game.tenantId()],
  );
  for (const { at } of rows) {
    const mute = game.life.mutes.get(at);
    if (mute?.by === 'hand') mute.known = true;
  }
}

async function lost(game: Game): Promise<{ id: string }[]> {
  return game.ask<{ id: string }>(
    `SELECT id::text AS id FROM connections WHERE tenant_id = $1 AND state IN ('revoked', 'refused')`,
    [game.tenantId()],
  );
}

async function checkOverdue(game: Game): Promise<void> {
  const now = game.stage.sandbox.clock.now();
  const tables = ['network_accounts', 'shields', 'readings', 'connections', 'audiences', 'keepings', 'looks'];
  for (const table of tables) {
    const [row] = await game.ask<{ count: number }>(`SELECT count(*)::int AS count FROM ${table} WHERE wake_at <= $1`, [
      now,
    ]);
    hold(row?.count === 0, 'rows', () => `${row?.count} of ${table} are due and nobody comes`);
  }
}
