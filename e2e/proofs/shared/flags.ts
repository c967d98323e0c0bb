import { parseArgs } from 'node:util';

export type Flags<Sizes extends string, Bug extends string> = Record<Sizes | 'seed', number> & { bug: Bug | null };

/**
 * A proof's flags: one number for each of its sizes, named after what it sizes, and `--seed`; `--bug NAME` seeds a fault
 * into the system under test. Throws a sentence for a flag, a number or a bug that there is not.
 */
export function readFlags<const Sizes extends Record<string, number>, const Bug extends string = never>(
  sizes: Sizes,
  bugs: readonly Bug[] = [],
  args: readonly string[] = process.argv.slice(2),
): Flags<keyof Sizes & string, Bug> {
  const numbers: Record<string, number> = { seed: 1, ...sizes };
  const names = Object.keys(numbers);
  const options = Object.fromEntries([...names, 'bug'].map((name) => [name, { type: 'string' as const }]));
  const given: Record<string, string | boolean | undefined> = parseArgs({ args: [...args], options }).values;
  for (const name of names) {
    const text = given[name];
    if (text === undefined) continue;
    const value = Number(text);
    if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} ${text}: not a whole number`);
    numbers[name] = value;
  }
  const bug = given.bug === undefined ? null : bugs.find((one) => one === given.bug);
  if (bug === undefined) throw new Error(`--bug ${given.bug}: there are ${bugs.join(', ') || 'none'}`);
  return { ...numbers, bug } as Flags<keyof Sizes & string, Bug>;
}
