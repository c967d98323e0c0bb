export type Broken = { name: string; why: string };
/** Behaviours of one adapter on one server. `left`: not asked for, because the network has no such thing. */
export type Told = { server: string; kept: number; broken: Broken[]; left: number };

/** As far as it is read: vitest's JSON reporter. */
type Report = {
  testResults: {
    assertionResults: { ancestorTitles: string[]; title: string; status: string; failureMessages?: string[] }[];
  }[];
};

/** Vitest's own report, counted by server: each has a group of tests of its own, or the whole file has one. */
export function read(name: string, text: string, code: number): Told[] {
  const told = new Map<string, Told>();
  const { testResults }: Report = JSON.parse(text);
  for (const { assertionResults } of testResults) {
    for (const { ancestorTitles, title, status, failureMessages } of assertionResults) {
      const [group = name, ...rest] = ancestorTitles;
      const server = group.replace(/ keeps the contract of a network$/, '');
      const one = told.get(server) ?? { server, kept: 0, broken: [], left: 0 };
      told.set(server, one);
      if (status === 'passed') one.kept++;
      else if (status === 'failed')
        one.broken.push({ name: [...rest, title].join(' '), why: failureMessages?.[0]?.split('\n')[0] ?? '' });
      else one.left++;
    }
  }
  const all = [...told.values()];
  // A file that could not even begin has no tests, and one may fail beside its tests.
  if (all.length === 0 || (code !== 0 && all.every((one) => one.broken.length === 0)))
    all.push({ server: name, kept: 0, broken: [{ name: 'the run itself', why: '' }], left: 0 });
  return all;
}
