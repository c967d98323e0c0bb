import { parseArgs } from 'node:util';

export type Flags<Sizes extends string, Bug extends string> = Record<Sizes | 'seed', number> & { bug: Bug | null };

/**
 * A proof's flags: one number for each of its sizes, named after what it sizes, and `--seed`; `--bug NAME` seeds a fault
 * into the system under test. Throws a sentence for a flag, a number or a bug that there is not.
 */
export function parseFlags<const Sizes extends Record<string, number>, const Bug extends string = never>(
  args: readonly string[],
  sizes: Sizes,
  bugs: readonly Bug[],
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
  if (bug === undefined) throw new Error(`--bug ${given.bug}: there is ${bugs.join(', ') || 'none'}`);
  return { ...numbers, bug } as Flags<keyof Sizes & string, Bug>;
}

/** The flags of this process. `--help`, and anything it does not know, end it with the list of those it knows. */
export function readFlags<const Sizes extends Record<string, number>, const Bug extends string = never>(
  sizes: Sizes,
  bugs: readonly Bug[] = [],
): Flags<keyof Sizes & string, Bug> {
  const args = process.argv.slice(2);
  const usage = [
    ...Object.entries({ seed: 1, ...sizes }).map(([name, value]) => `  --${name} ${value}`),
    ...bugs.map((bug) => `  --bug ${bug}`),
  ].join('\n');
  if (args.includes('--help')) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  try {
    return parseFlags(args, sizes, bugs);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n${usage}\n`);
    process.exit(2);
  }
}
