/**
 * What an effect costs with all its bookkeeping (intent, the look at the account's own people, quota, budgets, ledger, audit,
 * events), against one job an effect without any, on the same PostgreSQL and a sandbox of the same kind, run alternately.
 * And what the sweep of ended covers costs among few and among many that wait.
 */
import { baseline, ours } from './bench/contestants.ts';
import { judge, median } from './bench/judge.ts';
import type { Took } from './bench/measure.ts';
import { sweepCosts } from './bench/sweep.ts';
import { startServer } from './shared/database.ts';
import { readFlags } from './shared/flags.ts';
import { conclude, say } from './shared/say.ts';

const flags = readFlags({ targets: 100_000, accounts: 500, rounds: 3, waiting: 1_000_000 });

const server = await startServer();
try {
  const mine: Took[] = [];
  const theirs: Took[] = [];
  for (let round = 1; round <= flags.rounds; round += 1) {
    const size = { accounts: flags.accounts, effects: flags.targets, seed: flags.seed + round };
    mine.push(await ours(server, `ours_${round}`, size));
    say(`round ${round}, Secateur: ${inWords(mine.at(-1))}`);
    theirs.push(await baseline(server, `baseline_${round}`, size));
    say(`round ${round}, one job an effect: ${inWords(theirs.at(-1))}`);
  }
  const sweep = await sweepCosts(server, {
    accounts: flags.accounts,
    few: Math.floor(flags.waiting / 10),
    many: flags.waiting,
  });
  say(`sweep: ${sweep.fewMsPer1000.toFixed(1)} ms per 1,000 among few, ${sweep.manyMsPer1000.toFixed(1)} among many`);
  conclude(judge(median(mine), median(theirs), sweep));
} finally {
  await server.close();
}

function inWords(took: Took | undefined): string {
  if (!took) return '';
  const { perSecond, workerCpu, postgresCpu, commitsPer1000, rssMib } = took;
  return [
    `${Math.round(perSecond)}/s`,
    `CPU s per 100,000: worker ${workerCpu.toFixed(1)}, Postgres ${postgresCpu.toFixed(1)}`,
    `${commitsPer1000.toFixed(1)} commits per 1,000`,
    `${rssMib.toFixed(0)} MiB`,
  ].join('; ');
}
