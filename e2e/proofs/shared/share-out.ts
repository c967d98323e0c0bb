import { startChild } from './child.ts';
import type { Server, Urls } from './database.ts';
import type { Broken, Order } from './histories.ts';

/** What a history that broke nothing came to, in a proof's own words. */
export type Figures = Record<string, number>;
type Message<Promised, Command> = {
  commands?: number;
  figures?: Figures;
  done?: true;
  broken?: Broken<Promised, Command> | null;
};

/** Figures of a run that was shared out. */
export type Shared<Promised, Command> = {
  histories: number;
  commands: number;
  processes: number;
  /** Sums of what the histories came to. */
  figures: Figures;
  broken: Broken<Promised, Command> | null;
};

/**
 * Plays histories in `processes` processes of this script, each on a database of its own: numbers 1 to `last`, or just `only`. Ends
 * with the first that breaks a promise.
 */
export async function shareOut<Promised, Command, Bug extends string>(
  server: Server,
  script: string,
  wish: { seed: number; only: number; last: number; commands: number; processes: number; bug: Bug | null },
  progress: (histories: number, commands: number) => void,
): Promise<Shared<Promised, Command>> {
  const { only, seed, commands, bug } = wish;
  const processes = only > 0 ? 1 : Math.min(wish.processes, wish.last);
  const shared: Shared<Promised, Command> = { histories: 0, commands: 0, processes, figures: {}, broken: null };
  const start = async (n: number) => {
    const urls = await server.database(`histories_${n}`);
    const order: Order<Bug> = {
      ...{ seed, commands, bug },
      from: only > 0 ? only : n + 1,
      every: only > 0 ? 1 : processes,
      last: only > 0 ? only : wish.last,
    };
    const child = startChild({ args: [script, JSON.stringify({ urls, order })], env: {} });
    const ended = child.line((line) => {
      const message: Message<Promised, Command> = JSON.parse(line);
      if (message.commands !== undefined) {
        shared.histories += 1;
        shared.commands += message.commands;
        for (const [name, n] of Object.entries(message.figures ?? {}))
          shared.figures[name] = (shared.figures[name] ?? 0) + n;
        progress(shared.histories, shared.commands);
      }
      return message.done ? { broken: message.broken ?? null } : undefined;
    });
    // Settles only when a promise was broken: the others need not be waited for then.
    const broke = new Promise<Broken<Promised, Command>>((settle, fail) => {
      ended.then((e) => e.broken && settle(e.broken), fail);
    });
    return { ended, broke, end: () => child.end() };
  };
  const children = await Promise.all(Array.from({ length: processes }, (_, n) => start(n)));
  const first = await Promise.race([Promise.all(children.map((c) => c.ended)), ...children.map((c) => c.broke)]);
  if (!Array.isArray(first)) shared.broken = first;
  await Promise.all(children.map((c) => c.end()));
  return shared;
}

/** What such a process does: each line that it prints is one JSON object. */
export async function playShare<Promised, Command, Bug extends string>(
  play: (
    urls: Urls,
    order: Order<Bug>,
    progress: (commands: number, figures?: Figures) => void,
  ) => Promise<Broken<Promised, Command> | null>,
): Promise<void> {
  const { urls, order }: { urls: Urls; order: Order<Bug> } = JSON.parse(process.argv[2] ?? '');
  const tell = (message: Message<Promised, Command>) => process.stdout.write(`${JSON.stringify(message)}\n`);
  const broken = await play(urls, order, (commands, figures) => tell({ commands, ...(figures ? { figures } : {}) }));
  tell({ done: true, broken });
}
