import { allow, disallow } from '@secateur/core/exemptions';
import { CALM_RULES } from '@secateur/core/exemptions/schemas';
import { pause, raise, resume, startPreview, undo } from '@secateur/core/shields';
import type { SourceInput } from '@secateur/core/shields/schemas';
import { addUpload } from '@secateur/core/uploads';
import { unlessRefused } from '../shared/steps.ts';
import { byHand } from './by-hand.ts';
import { calm } from './calm.ts';
import type { Game } from './game.ts';
import type { Person } from './people.ts';
import { HOLDS, type Raise, type Source, type Step } from './step.ts';
import type { Known } from './truth.ts';

/** Shields of one world at most: each costs time. */
const MOST_SHIELDS = 6;
const MINUTE = 60_000;

/** Plays one step. What a member may not do now is refused, and that is all right. */
export function play(game: Game, step: Step): Promise<void> {
  return unlessRefused(() => carryOut(game, step));
}

async function carryOut(game: Game, step: Step): Promise<void> {
  const { member, truth, stage } = game;
  const { control } = stage.life.sandbox;
  switch (step.do) {
    case 'raise':
      return raiseOne(game, step);
    case 'hand':
      return byHand(game, step.what, at(game.people[step.network].all, step.person));
    case 'allow':
    case 'disallow': {
      const person = at(game.people[step.network].all, step.person);
      await (step.do === 'allow' ? allow : disallow)(member, { profileId: person.id });
      return truth.allow(person, step.do === 'allow', game.now());
    }
    case 'pause':
    case 'resume':
    case 'undo':
      return steer(game, step.do, step.shield);
    case 'advance':
      await control.advance(step.minutes * MINUTE);
      return;
    case 'work':
      await game.work(step.jobs);
      return;
    case 'drain':
      return game.drain();
    case 'calm':
      return calm(game);
    case 'fault': {
      const { do: _, after, ...fault } = step;
      await control.addFault({ ...fault, ...(after > 0 ? { after } : {}) });
      return;
    }
    case 'during':
      game.during.push(step);
      return;
  }
}

async function steer(game: Game, what: 'pause' | 'resume' | 'undo', n: number): Promise<void> {
  const { member, truth } = game;
  const shield = shieldAt(game, n);
  if (!shield) return;
  await { pause, resume, undo }[what](member, { id: shield.id });
  if (what === 'undo') shield.undone ??= truth.step;
  else shield.paused = what === 'pause';
}

async function raiseOne(game: Game, step: Raise): Promise<void> {
  const { member, truth } = game;
  if (truth.shields.length >= MOST_SHIELDS) return;
  const connectionIds: string[] = [];
  for (const network of step.on) connectionIds.push(await game.connection(network));
  const [forFollows, forFollowers, forMutuals] = step.rules;
  const sources: SourceInput[] = [];
  for (const source of step.sources) sources.push(await inputOf(game, source));
  const { id } = await startPreview(member, {
    sources,
    threshold: step.threshold,
    connectionIds,
    action: step.action,
    hold: step.hold,
    ...CALM_RULES,
    ...{ forFollows, forFollowers, forMutuals },
  });
  await game.work(game.random.chance(0.5) ? 30 : 200);
  await raise(member, { id });
  truth.shields.push({
    id,
    on: step.on,
    meant: new Set(meantBy(game, step).map((p) => p.id)),
    named: new Set(step.sources.flatMap((s) => (s.kind === 'account' ? idsOf(game, s) : []))),
    action: step.action,
    rules: { follows: forFollows, followers: forFollowers, mutuals: forMutuals },
    raisedAt: game.now(),
    hold: HOLDS[step.hold],
    paused: false,
    undone: null,
  });
}

async function inputOf(game: Game, { network, kind, troll }: Source): Promise<SourceInput> {
  const { self, post, crowds } = at(game.people[network].trolls, troll);
  if (kind === 'file') {
    const lines = crowds.file.map((p) => (network === 'mastodon' ? `@${p.handle}` : p.nativeId));
    const data = Buffer.from(`${lines.join('\n')}\n`).toString('base64');
    const { id } = await addUpload(game.member, { name: 'people.txt', network, data });
    return { kind, network, uploadId: id };
  }
  const isOfPost = kind === 'reposters' || kind === 'repliers';
  return { kind, network, query: isOfPost ? post : self.handle };
}

/** Whom a shield means: those it names, and those who are in so many of its crowds on their network. */
function meantBy(game: Game, { sources, threshold }: Raise): Person[] {
  const listed = sources.filter((s) => s.kind !== 'account').flatMap((s) => crowdOf(game, s));
  const named = sources.filter((s) => s.kind === 'account').flatMap((s) => crowdOf(game, s));
  return [...named, ...listed.filter((one) => listed.filter((other) => other === one).length >= threshold)];
}

function crowdOf(game: Game, { network, kind, troll }: Source): Person[] {
  return at(game.people[network].trolls, troll).crowds[kind];
}

function idsOf(game: Game, source: Source): string[] {
  return crowdOf(game, source).map((p) => p.id);
}

function shieldAt({ truth }: Game, n: number): Known | undefined {
  if (truth.shields.length === 0) return undefined;
  return n >= 7 ? truth.shields.at(-1) : truth.shields[n % truth.shields.length];
}

function at<T>(list: readonly T[], n: number): T {
  const found = list[n % list.length];
  if (found === undefined) throw new RangeError('nobody there');
  return found;
}
