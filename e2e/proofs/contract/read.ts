export type Broken = { name: string; why: string };
/**
 * Behaviours of one adapter on one server. `gaps`: what this server can't show, with why; each was seen to be answered for. `left`: not
 * asked for, because the network has no such thing.
 */
export type Told = { server: string; kept: number; gaps: Broken[]; broken: Broken[]; left: number };

/** As far as it is read: vitest's JSON reporter. */
type Report = {
  testResults: {
    assertionResults: {
      ancestorTitles: string[];
      title: string;
      status: string;
      failureMessages?: string[];
      meta?: { gap?: string };
    }[];
  }[];
};

/** Vitest's own report, counted by server: each has a group of tests of its own, or the whole file has one. */
export function read(name: string, text: string, code: number): Told[] {
  const told = new Map<string, Told>();
  const { testResults }: Report = JSON.parse(text);
  for (const { assertionResults } of testResults) {
    for (const { ancestorTitles, title, status, failureMessages, meta } of assertionResults) {
      const [group = name, ...rest] = ancestorTitles;
      const server = group.replace(/ keeps the contract of a network$/, '');
      const one = told.get(server) ?? { server, kept: 0, gaps: [], broken: [], left: 0 };
      told.set(server, one);
      const behaviour = [...rest, title].join(' ');
      if (status === 'passed' && meta?.gap) one.gaps.push({ name: behaviour, why: meta.gap });
      else if (status === 'passed') one.kept++;
      else if (status === 'failed')
        one.broken.push({ name: behaviour, why: failureMessages?.[0]?.split('\n')[0] ?? '' });
      else one.left++;
    }
  }
  const all = [...told.values()];
  // A file that could not even begin has no tests, and one may fail beside its tests.
  if (all.length === 0 || (code !== 0 && all.every((one) => one.broken.length === 0)))
    all.push({ server: name, kept: 0, gaps: [], broken: [{ name: 'the run itself', why: '' }], left: 0 });
  return all;
}
