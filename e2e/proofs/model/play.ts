import { beginReading, connect, reconnect } from '@secateur/core/connections';
import { allow, disallow } from '@secateur/core/exemptions';
import { CALM_RULES } from '@secateur/core/exemptions/policy';
import {
  cancel,
  discardPreview,
  extend,
  pause,
  raise,
  resume,
  startPreview,
  undo,
  undoTarget,
} from '@secateur/core/shields';
import type { PreviewInput } from '@secateur/core/shields/schemas';
import { around } from '@secateur/core/testing';
import { withTenant } from '@secateur/db';
import { unlessRefused } from '../shared/steps.ts';
import { byHand } from './by-hand.ts';
import { calm } from './calm.ts';
import { noteArrived } from './check-writes.ts';
import type { Command } from './command.ts';
import type { Game } from './game.ts';
import { type KnownShield, SECONDS } from './life.ts';
import { OWN, PASSWORD } from './people.ts';

/** Shields of one sequence at most: each costs time. */
const MOST_SHIELDS = 6;
const MINUTE = 60_000;

/** Plays one command. What a member may not do now is refused, and that is all right. */
export function play(game: Game, command: Command): Promise<void> {
  return unlessRefused(() => carryOut(game, command));
}

async function carryOut(game: Game, command: Command): Promise<void> {
  const { member, life, stage, people } = game;
  const { control } = stage.sandbox;
  switch (command.do) {
    case 'connect': {
      const [, alt] = people.own;
      if (!alt || game.connections.length > 1) return;
      const { id } = await connect(member, { network: 'bluesky', handle: OWN[1], password: PASSWORD });
      life.audited('connection.requested');
      game.connections.push({ id, account: alt });
      return;
    }
    case 'raise':
      return raiseOne(game, command);
    case 'discard': {
      const sources = around(at(people.trolls, command.troll).did);
      const { id } = await preview(game, { sources, connectionIds: [game.connections[0]?.id ?? ''] });
      await discardPreview(member, { id });
      life.audited('preview.discarded');
      return;
    }
    case 'pause':
    case 'resume':
    case 'cancel':
    case 'undo':
      return steer(game, command);
    case 'extend': {
      const shield = shieldAt(game, command.shield);
      if (!shield) return;
      await extend(member, { id: shield.id, hold: command.hold });
      life.audited('shield.extended');
      const seconds = SECONDS[command.hold];
      shield.hold = seconds;
      shield.shortest = Math.min(shield.shortest, seconds ?? Number.POSITIVE_INFINITY);
      shield.touched = life.tick;
      return;
    }
    case 'undo-target': {
      const shield = shieldAt(game, command.shield);
      if (!shield) return;
      const person = at(people.all, command.person);
      const accountId = at(shield.accounts, command.person);
      await undoTarget(member, { id: shield.id, accountId, profileId: person.id });
      life.audited('target.undone');
      shield.undoneOne.add(`${accountId} ${person.id}`);
      shield.touched = life.tick;
      return;
    }
    case 'allow': {
      const { id } = at(people.all, command.person);
      const list = life.allowed.get(id) ?? [];
      const isNew = list.every((a) => a.to !== null);
      await allow(member, { profileId: id });
      if (!isNew) return;
      life.audited('exemption.added');
      life.allowed.set(id, [...list, { from: game.now(), tick: life.tick, to: null }]);
      return;
    }
    case 'disallow': {
      const { id } = at(people.all, command.person);
      const open = life.allowed.get(id)?.find((a) => a.to === null);
      await disallow(member, { profileId: id });
      if (!open) return;
      life.audited('exemption.removed');
      open.to = game.now();
      return;
    }
    case 'by-hand':
      return byHand(game, command.what, at(people.all, command.person));
    case 'reread': {
      const { account } = at(game.connections, game.random.below(2));
      const known = await game.ask('SELECT 1 FROM network_accounts WHERE account_id = $1', [account.id]);
      if (known.length === 0) return;
      await withTenant(stage.asideDb.prisma, game.tenantId(), (tx) =>
        beginReading(tx, game.tenantId(), account.id, command.kind, stage.sandbox.clock.now()),
      );
      return;
    }
    case 'advance':
      if (command.minutes > 60) await join(game);
      await control.advance(command.minutes * MINUTE);
      return;
    case 'work':
      await game.work(command.jobs);
      return;
    case 'drain':
      return game.drain();
    case 'calm':
      return calm(game);
    case 'fault': {
      const { kind, method, count, after } = command;
      await control.addFault({ kind, method, count, ...(after > 0 ? { after } : {}) });
      return;
    }
    case 'lose-job':
      return loseJob(game, command.nth);
    case 'die':
      game.doom(command);
      return;
    case 'hold-back':
      game.catching = game.late === null;
      return;
    case 'deliver':
      return deliver(game);
    case 'revoke':
      await control.perform({ do: 'revoke-sessions', account: at(game.connections, 0).account.did });
      return;
    case 'reconnect':
      for (const { id } of game.connections) {
        await reconnect(member, { id, password: PASSWORD });
        life.audited('connection.renewing');
      }
      return;
    case 'during':
      game.during.push(command);
      return;
  }
}

async function raiseOne(game: Game, command: Extract<Command, { do: 'raise' }>): Promise<void> {
  const { life, people, member } = game;
  if (life.shields.length >= MOST_SHIELDS) return;
  const troll = at(people.trolls, command.troll);
  const used = command.both ? game.connections : game.connections.slice(0, 1);
  const [follows, followers, mutuals] = command.rules;
  const keepUp = life.shields.length % 2 === 0;
  const { id } = await preview(game, {
    sources: around(troll.did, command),
    connectionIds: used.map((c) => c.id),
    action: command.action,
    hold: command.hold,
    ...CALM_RULES,
    forFollows: follows,
    forFollowers: followers,
    forMutuals: mutuals,
    keepUp,
  });
  await game.work(20);
  await raise(member, { id });
  life.audited('shield.raised');
  const seconds = SECONDS[command.hold];
  life.shields.push({
    id,
    troll,
    action: command.action,
    accounts: used.map((c) => c.account.id),
    account: command.account,
    followers: command.followers,
    keepUp,
    rules: { follows, followers, mutuals },
    hold: seconds,
    shortest: seconds ?? Number.POSITIVE_INFINITY,
    raisedAt: game.now(),
    paused: false,
    cancelled: false,
    undone: false,
    undoneOne: new Set(),
    touched: life.tick,
  });
}

/** Somebody joins a troll's crowd who was not in it. Whoever it is follows of the game, no draw: the sequences stay those they were. */
async function join({ life, people, stage }: Game): Promise<void> {
  const troll = at(people.trolls, life.tick);
  const known = new Set([troll, ...troll.crowd, ...troll.joined.map((one) => one.person)].map((one) => one.did));
  const strangers = people.all.filter((one) => !known.has(one.did));
  if (strangers.length === 0) return;
  const person = at(strangers, life.tick);
  await stage.sandbox.control.perform({ do: 'follow', account: person.did, subject: [troll.did] });
  troll.joined.push({ person, at: stage.sandbox.clock.now().getTime() });
}

type Wanted = Pick<PreviewInput, 'sources' | 'connectionIds'> & Partial<PreviewInput>;

async function preview(game: Game, input: Wanted): Promise<{ id: string }> {
  const made = await startPreview(game.member, {
    action: 'block',
    hold: '1d',
    threshold: 1,
    ...CALM_RULES,
    ...input,
  });
  game.life.audited('preview.started');
  return made;
}

async function steer(
  game: Game,
  command: Extract<Command, { do: 'pause' | 'resume' | 'cancel' | 'undo' }>,
): Promise<void> {
  const shield = shieldAt(game, command.shield);
  if (!shield) return;
  const input = { id: shield.id };
  const { member, life } = game;
  if (command.do === 'pause') {
    await pause(member, input);
    shield.paused = true;
    life.audited('shield.paused');
  } else if (command.do === 'resume') {
    await resume(member, input);
    shield.paused = false;
    life.audited('shield.resumed');
  } else if (command.do === 'cancel') {
    await cancel(member, input);
    shield.cancelled = true;
    life.audited('shield.cancelled');
  } else {
    await undo(member, input);
    shield.undone = true;
    life.audited('shield.undone');
  }
  shield.touched = life.tick;
}

async function loseJob(game: Game, nth: number): Promise<void> {
  const lane = nth % 2 === 0 ? 'standard' : 'critical';
  await game.ask(
    `DELETE FROM queue_${lane}._private_jobs WHERE id = (SELECT id FROM queue_${lane}._private_jobs ORDER BY id LIMIT 1 OFFSET $1)`,
    [Math.floor(nth / 2)],
  );
}

/** The call that was held back reaches the network now, long after its worker died. What comes of it nobody hears. */
export async function deliver(game: Game): Promise<void> {
  const { late } = game;
  if (!late) return;
  game.late = null;
  await late.send().catch(() => {});
  await noteArrived(game, late.call, true);
}

function shieldAt({ life }: Game, n: number): KnownShield | undefined {
  if (life.shields.length === 0) return undefined;
  return n >= 7 ? life.shields.at(-1) : life.shields[n % life.shields.length];
}

function at<T>(list: readonly T[], n: number): T {
  const found = list[n % list.length];
  if (found === undefined) throw new RangeError('nobody there');
  return found;
}
