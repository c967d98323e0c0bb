import { randomOf } from '../shared/random.ts';
import { bringBack, keep } from './kept.ts';
import { openScene, type Tampering } from './scene.ts';
import { type Stage, verify } from './stage.ts';
import { ANCHOR } from './tamper-anchor.ts';
import { LINKS } from './tamper-links.ts';
import { PEOPLE } from './tamper-people.ts';
import { ROWS } from './tamper-rows.ts';

export type Tampered = {
  tamperings: number;
  kinds: number;
  found: number;
  /** Kinds of which one was not found. */
  missed: string[];
  /** Kinds that were found, but not in the trail that they were done to, or in others besides. */
  misplaced: string[];
  /** Faults that were found when all was as it had been. */
  alarms: number;
};

export type TamperOptions = { tamperings: number; seed: number; say(text: string): void };

/** How often, between tamperings, the untouched trail is verified, too. */
const UNTOUCHED_EVERY = 50;

/**
 * Does one thing after the other to a trail that is anchored, each to the untouched one, and asks the verification. The
 * kinds take turns; what they are done to is random.
 */
export async function tamper(stage: Stage, { tamperings, seed, say }: TamperOptions): Promise<Tampered> {
  const scene = await openScene(stage, randomOf(`tamper ${seed}`), () => bringBack(stage, 'third'));
  const isOutside = scene.lines.length > 0;
  const kinds: [string, Tampering][] = Object.entries({ ...ROWS, ...PEOPLE, ...LINKS, ...(isOutside ? ANCHOR : {}) });
  await keep(stage, 'kept');
  const missed = new Set<string>();
  const misplaced = new Set<string>();
  let found = 0;
  let alarms = 0;
  for (let n = 0; n < tamperings; n += 1) {
    const [name, work] = kinds[n % kinds.length] ?? ['', async () => ({ tenants: [] })];
    const done = await work(scene);
    const lines = 'lines' in done ? done.lines : null;
    const seen = await verify(stage, lines === null ? undefined : linesAnchor(lines));
    await bringBack(stage, 'kept');
    if (seen.faults > 0) found += 1;
    else missed.add(name);
    const blamed = new Set(seen.findings.flatMap((f) => f.tenantId ?? []));
    if ('tenants' in done && seen.faults > 0) {
      const isRight = done.tenants.some((t) => blamed.has(t)) && [...blamed].every((t) => done.tenants.includes(t));
      if (!isRight) misplaced.add(name);
    }
    if ((n + 1) % UNTOUCHED_EVERY === 0) alarms += (await verify(stage)).faults;
    if ((n + 1) % 100 === 0) say(`${n + 1} tamperings, ${found} found`);
  }
  alarms += (await verify(stage)).faults;
  return { tamperings, kinds: kinds.length, found, missed: [...missed], misplaced: [...misplaced], alarms };
}

function linesAnchor(lines: string[]) {
  return {
    newest: async (count: number) => lines.slice(-count).reverse(),
    append: () => Promise.reject(new Error('nobody writes here')),
    async *lines() {
      for (const line of lines) yield `${line}\n`;
    },
  };
}
