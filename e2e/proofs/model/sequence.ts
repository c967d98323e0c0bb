import { cancel, extend, resume, undo } from '@secateur/core/shields';
import { type Failure, failureOf } from '../shared/broke.ts';
import { randomOf } from '../shared/random.ts';
import type { BugName } from './bugs.ts';
import { calm, mend } from './calm.ts';
import { CAPACITY, checkPayloads, checkTokens } from './check-books.ts';
import { settleStranger } from './check-tenants.ts';
import type { Command } from './command.ts';
import { Game } from './game.ts';
import { SECONDS } from './life.ts';
import { deliver, play } from './play.ts';
import { hold, type Promised } from './promises.ts';
import type { Stage } from './stage.ts';

const DAY = 86_400_000;
/** Steps past every end: the longest hold is six weeks, a twentieth more with jitter. */
const DAYS = [0.1, 1, 2, 4, 8, 15, 16, 2];

/** Plays a sequence to its end and says which promise it broke. */
export async function playSequence(
  stage: Stage,
  { seed, commands, bug }: { seed: string; commands: Command[]; bug: BugName | null },
): Promise<Failure<Promised> | null> {
  const random = randomOf(`${seed} play`);
  const spread = Math.random;
  Math.random = random.next;
  const game = new Game(stage, await stage.begin(), { random, bug });
  game.playNow = (command) => play(game, command);
  try {
    await settleStranger(game);
    await setTokens(game);
    await game.drain();
    for (const command of commands) {
      game.life.tick += 1;
      await play(game, command);
      await checkPayloads(game);
      await checkTokens(game);
    }
    game.life.tick += 1;
    await finish(game);
    return null;
  } catch (error) {
    return failureOf<Promised>(error, game.life.tick);
  } finally {
    Math.random = spread;
    await game.close();
  }
}

async function setTokens(game: Game): Promise<void> {
  const accounts = ['00000000-0000-0000-0000-000000000000', ...game.people.own.map((p) => p.id)];
  await game.ask(
    `INSERT INTO quotas (tenant_id, account_id, level, rate_per_day, capacity, refilled_at)
     SELECT $1, a, $2::int, 0, $2::int, $3 FROM unnest($4::uuid[]) a`,
    [game.tenantId(), CAPACITY, new Date(game.now()), accounts],
  );
}

/** Ends every shield, lets all their time pass, and looks whether anything is left. */
async function finish(game: Game): Promise<void> {
  const { life, member, random } = game;
  await deliver(game);
  await calm(game);
  for (const shield of life.shields) {
    life.tick += 1;
    const input = { id: shield.id };
    await tolerant(async () => {
      if (shield.hold === null && random.chance(0.5)) {
        await extend(member, { ...input, hold: '1d' });
        life.audited('shield.extended');
        shield.hold = SECONDS['1d'];
        shield.shortest = Math.min(shield.shortest, shield.hold ?? 0);
      } else if (shield.hold === null) {
        await undo(member, input);
        shield.undone = true;
        life.audited('shield.undone');
      }
    });
    if (!shield.paused) continue;
    await tolerant(async () => {
      if (random.chance(0.5)) {
        await resume(member, input);
        shield.paused = false;
        life.audited('shield.resumed');
      } else {
        await cancel(member, input);
        shield.cancelled = true;
        life.audited('shield.cancelled');
      }
    });
  }
  life.tick += 1;
  for (const days of DAYS) {
    await game.stage.sandbox.control.advance(days * DAY);
    await mend(game);
  }
  await calm(game);
  await nothingLeft(game);
}

/** A shield that has ended meanwhile says no. */
async function tolerant(work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) => {
    if (!(error instanceof Error) || error.name !== 'Refusal') throw error;
  });
}

async function nothingLeft(game: Game): Promise<void> {
  for (const { account } of game.connections) {
    const left = (await game.records(account)).filter((r) => r.by === 'app');
    hold(left.length === 0, 'silence', () => `${left.length} blocks of ours are left when every shield is over`);
    for (const did of await game.mutes(account)) {
      const by = game.life.mutes.get(`${account.id} ${did}`)?.by;
      hold(by !== 'ours', 'silence', () => `our mute of ${did} is left when every shield is over`);
    }
  }
  const rows = await game.ask<{ id: string; state: string }>(
    `SELECT id::text AS id, state::text AS state FROM shields WHERE tenant_id = $1 AND state NOT IN ('ended', 'preview', 'discarded')`,
    [game.tenantId()],
  );
  hold(rows.length === 0, 'silence', () => `shields are still ${rows.map((r) => r.state).join(', ')} at the end`);
}
