import type { Finding } from '../shared/say.ts';
import type { Took } from './measure.ts';
import type { SweepCosts } from './sweep.ts';

/** The middle of each figure by itself. */
export function median(runs: Took[]): Took {
  const middle = (of: (took: Took) => number) => runs.map(of).sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? 0;
  return {
    perSecond: middle((t) => t.perSecond),
    workerCpu: middle((t) => t.workerCpu),
    postgresCpu: middle((t) => t.postgresCpu),
    commitsPer1000: middle((t) => t.commitsPer1000),
    rssMib: middle((t) => t.rssMib),
  };
}

/** What was promised, by name; the first that does not hold is the one that is named. */
export function judge(mine: Took, theirs: Took, sweep: SweepCosts): Finding {
  const timesTheRate = mine.perSecond / theirs.perSecond;
  const partOfTheCpu = (mine.workerCpu + mine.postgresCpu) / (theirs.workerCpu + theirs.postgresCpu);
  const sweepRatio = sweep.manyMsPer1000 / sweep.fewMsPer1000;
  const promises: Record<string, boolean> = {
    'at least 10 times the rate of one job an effect': timesTheRate >= 10,
    'at most a tenth of its CPU': partOfTheCpu <= 0.1,
    'at most 30 commits per 1,000 effects': mine.commitsPer1000 <= 30,
    'a worker under 256 MB': mine.rssMib * 1.048576 < 256,
    'a sweep that costs no more among ten times as many that wait': sweepRatio <= 1.3,
  };
  const broke = Object.entries(promises).find(([, holds]) => !holds)?.[0] ?? null;
  return {
    figures: {
      mine: rounded(mine),
      theirs: rounded(theirs),
      ...rounded({ timesTheRate, partOfTheCpu, sweepRatio }),
      sweep: rounded(sweep),
    },
    broke,
  };
}

function rounded(figures: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value.toPrecision(4))]));
}
