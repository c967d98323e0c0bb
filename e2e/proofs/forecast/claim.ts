import { HOUR } from '@secateur/base';
import type { Finding } from '../shared/say.ts';
import type { Stage } from './stage.ts';

/** Something that a preview foretold. */
export type Claim = {
  what: string;
  /** The promise that it breaks when it is not so. */
  promise: string;
  askedAt: Date;
  foretold: Date | null;
  /** Whether it is so by now: asked of the network. */
  isSo(): Promise<boolean>;
  /** When it came to be so, by our own tables: for the figures. */
  came(): Promise<Date | null>;
};

/** How far the time that passes may differ from the one foretold. */
const OFF = 0.1;

export type Watched = { figures: Record<string, unknown>; broke: string | null };

/**
 * Lets time pass and looks at each claim twice: a tenth before its time it must not be so yet, a tenth after it must. Stops at the
 * first that isn't kept.
 */
export async function watch(stage: Stage, claims: Claim[], say: (text: string) => void): Promise<Watched> {
  const looks = claims.flatMap((claim) => {
    const { askedAt, foretold } = claim;
    if (foretold === null) return [{ claim, at: askedAt, so: true }];
    const whole = foretold.getTime() - askedAt.getTime();
    const at = (part: number) => new Date(askedAt.getTime() + whole * part);
    return [
      { claim, at: at(1 - OFF), so: false },
      { claim, at: at(1 + OFF), so: true },
    ];
  });
  let broke: string | null = null;
  for (const { claim, at, so } of looks.sort((a, b) => a.at.getTime() - b.at.getTime())) {
    await stage.until(at);
    const is = await claim.isSo();
    say(`${claim.what}: ${is ? 'so' : 'not so'} after ${rounded((at.getTime() - claim.askedAt.getTime()) / HOUR)} h`);
    if (is === so) continue;
    say(
      `${claim.what}: ${is ? 'already' : 'not'} so at ${at.toISOString()}, foretold for ${claim.foretold?.toISOString()}`,
    );
    broke = claim.promise;
    break;
  }
  const figures: Record<string, unknown> = {};
  for (const { what, askedAt, foretold, came } of claims) {
    const real = await came();
    const hours = (at: Date | null) => (at === null ? null : (at.getTime() - askedAt.getTime()) / HOUR);
    const [said, was] = [hours(foretold), hours(real)];
    const off = said === null || was === null ? null : rounded((100 * (said - was)) / was);
    figures[what] = { foretoldHours: rounded(said), realHours: rounded(was), offPercent: off };
    say(`${what}: foretold after ${rounded(said)} h, came after ${rounded(was)} h (${off} %)`);
  }
  return { figures, broke };
}

function rounded(number: number | null): number | null {
  return number === null ? null : Math.round(number * 100) / 100;
}

/** Several stages, one after the other: what each found, by name, and the first promise that was broken. */
export async function together(scenes: [string, () => Promise<Watched>][]): Promise<Finding> {
  const figures: Record<string, unknown> = {};
  let broke: string | null = null;
  for (const [name, play] of scenes) {
    if (broke !== null) break;
    const began = performance.now();
    const watched = await play();
    figures[name] = { ...watched.figures, seconds: Math.round((performance.now() - began) / 1_000) };
    broke = watched.broke;
  }
  return { figures, broke };
}
