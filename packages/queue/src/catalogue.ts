import type { AnyJob } from './job.ts';

export type Catalogue = Readonly<Record<string, AnyJob>>;

/** Every job that there is. Names must differ: the name is all that a waiting job is known by. */
export function defineCatalogue<const C extends Catalogue>(jobs: C): C {
  const names = Object.values(jobs).map((job) => job.name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice) throw new Error(`two jobs are named ${twice}`);
  return jobs;
}

/** The names of a catalogue's jobs. */
export type JobName<C extends Catalogue> = C[keyof C]['name'];
