import { SECOND } from '@secateur/base/clock';
import { type Allowance, Meter, type Spend } from '../../budgets/policy/index.ts';
import { LiftsDue, type Span } from './lifts-due.ts';
import { Purse } from './purse.ts';
import type { Supply } from './supply.ts';

/** Effects that are to be made on an account, in their turn: how many there are by when, and how long each is held. */
export type InTurn = { effects: number; supply: Supply; holdSeconds: number | null };

/** What is known of one account when a forecast is made. Instants are milliseconds since 1970. */
export type Outlook = {
  now: number;
  budget: { windows: Allowance[]; stretchSeconds: number; spends: Spend[]; points: { apply: number; lift: number } };
  /** What other shields still make here, first; and those of the shield that it is about, last. */
  before: InTurn[];
  own: InTurn;
  /** Some of whom it covers wait under the shields before it. */
  shares: boolean;
  /** What is done here already, and when it is to be lifted. */
  lifting: Span[];
  /** Tokens for all of them. */
  tokens: Supply;
  money: { left: number; cap: number; each: number; owed: number };
};

/** The first and the last done, and the first and the last lifted; null: not to be foreseen, or never. */
export type Foretold = { first: number | null; done: number | null; firstLift: number | null; lifted: number | null };

/** Jitter lengthens a hold by up to a twentieth: effects/policy/cover.ts. */
const JITTER = 0.05;
/** Turns that are led on at most: ten times those of the largest crowd on the narrowest budget. */
const MOST_TURNS = 500_000;
/** Waiting for something that trickles in, it is not looked at more often. */
const LEAST = 10 * SECOND;

/**
 * Leads an account on into the future, turn by turn, as the act job would: due lifts first, then each shield in the order in
 * which they were raised, as far as budget, tokens and money allow and the crowd is listed. A turn takes no time.
 */
export function foretell({ now, budget, before, own, shares, lifting, tokens, money }: Outlook): Foretold {
  const { points } = budget;
  const meter = new Meter(budget.windows, budget.stretchSeconds, budget.spends);
  const purse = new Purse({ ...money, now });
  const lifts = new LiftsDue();
  for (const [i, span] of lifting.entries()) lifts.add(`there ${i}`, span);
  const queue = [...before, own].map((item) => ({ ...item, made: 0 }));
  const last = queue.at(-1);
  const batch = Math.max(1, Math.floor(meter.most / Math.max(points.apply, points.lift)));
  let applied = 0;
  let lifted = 0;
  let first: number | null = null;
  let done: number | null = null;
  /** Lifts that are due when the last of its own is, once that is known. */
  let toLift: number | null = null;
  const end = () => {
    const hold = own.holdSeconds;
    const firstLift = first === null || hold === null ? null : first + hold * SECOND;
    return { first, done, firstLift };
  };

  let at = now;
  for (let turn = 0; turn < MOST_TURNS && Number.isFinite(at); turn += 1) {
    const due = lifts.by(at) - lifted;
    let free = meter.free(at);
    const lift = Math.min(due, Math.floor(free / points.lift));
    lifted += lift;
    free -= lift * points.lift;
    let room = Math.min(Math.floor(free / points.apply), tokens.by(at) - applied, purse.room(at));
    let made = 0;
    for (const [i, item] of queue.entries()) {
      const count = Math.max(0, Math.min(room, item.supply.by(at) - item.made, item.effects - item.made));
      if (count === 0) continue;
      item.made += count;
      room -= count;
      made += count;
      if (item === last) first ??= at;
      if (item.holdSeconds !== null) {
        const from = at + item.holdSeconds * SECOND;
        lifts.add(`turn ${i}`, { count, from, to: from + Math.max(1, item.holdSeconds * SECOND * JITTER) });
      }
    }
    applied += made;
    purse.spend(made);
    meter.spend(at, lift * points.lift + made * points.apply);

    const left = queue.filter((item) => item.made < item.effects);
    if (done === null && !left.some((item) => shares || item === last)) {
      done = at;
      first ??= at;
      if (own.holdSeconds === null) return { ...end(), lifted: null };
    }
    const ends = done === null || own.holdSeconds === null ? null : done + own.holdSeconds * SECOND * (1 + JITTER);
    if (ends !== null && at >= ends) toLift ??= lifts.by(at);
    if (toLift !== null && lifted >= toLift) return { ...end(), lifted: at };

    at = next();
    function next(): number {
      const times: number[] = [];
      if (due > lift) times.push(meter.opens(at, points.lift));
      else times.push(Math.max(at + LEAST, lifts.next(at, Math.min(batch, lifts.total - lifted))));
      if (ends !== null && at < ends) times.push(ends);
      const missing = left.reduce((sum, item) => sum + item.effects - item.made, 0);
      for (const item of left) {
        const wanted = Math.min(batch, missing);
        times.push(
          Math.max(
            at + 1,
            item.supply.when(item.made + 1),
            tokens.by(at) - applied >= 1 ? 0 : tokens.when(applied + wanted),
            purse.opens(at),
            meter.opens(at, points.apply),
          ),
        );
      }
      return Math.min(...times);
    }
  }
  return { ...end(), lifted: null };
}
