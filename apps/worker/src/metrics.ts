import type { JobHooks } from '@secateur/queue/runtime';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What this process counts. Labels are lanes, job names and ends: never whose. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry });

const ended = new Counter({
  name: 'secateur_jobs_total',
  help: 'Jobs by how they ended',
  labelNames: ['lane', 'job', 'end'],
  registers: [registry],
});
const running = new Gauge({
  name: 'secateur_jobs_running',
  help: 'Jobs running now',
  labelNames: ['lane'],
  registers: [registry],
});
const waited = new Histogram({
  name: 'secateur_job_wait_seconds',
  help: 'From when a job was due to its start',
  labelNames: ['lane'],
  buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60, 600],
  registers: [registry],
});
const took = new Histogram({
  name: 'secateur_job_seconds',
  help: 'From start to end',
  labelNames: ['lane', 'job'],
  buckets: [0.005, 0.02, 0.1, 0.5, 1, 2, 5, 20],
  registers: [registry],
});

const anchored = new Gauge({
  name: 'secateur_trail_anchored_timestamp_seconds',
  help: 'When this process last anchored everything of the trail that was settled',
  registers: [registry],
});

/** Says that the trail is anchored up to now. More than a minute without any process saying so is an alarm. */
export function trailAnchored(): void {
  anchored.setToCurrentTime();
}

/** Counts every job of a lane. */
export function countJobs(): JobHooks {
  return {
    start: (lane) => running.inc({ lane }),
    end(report) {
      running.dec({ lane: report.lane });
      ended.inc({ lane: report.lane, job: report.name, end: report.end });
      waited.observe({ lane: report.lane }, report.waitedMs / 1000);
      took.observe({ lane: report.lane, job: report.name }, report.tookMs / 1000);
    },
  };
}
