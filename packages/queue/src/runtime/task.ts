import type { Task } from 'graphile-worker';
import type { Binding } from '../handler.ts';
import type { Lane } from '../lane.ts';
import { inShort, type Log } from './log.ts';
import type { FleetMember } from './member.ts';

/**
 * How a try ended: an outcome of the handler, `unfit` (its payload did not fit, dropped), `failed`, `handed_back` (ended
 * early because the process stops, attempt given back) or `disowned` (somebody else has the job now).
 */
export type JobEnd = 'done' | 'snooze' | 'drop' | 'unfit' | 'failed' | 'handed_back' | 'disowned';

export type JobReport = {
  readonly lane: Lane;
  readonly name: string;
  readonly end: JobEnd;
  readonly reason: string | null;
  /** Milliseconds from when it was due to this start, by two machines' clocks, and from there to its end. */
  readonly waitedMs: number;
  readonly tookMs: number;
  readonly attempt: number;
  /** True when it failed and will not be tried again. */
  readonly final: boolean;
};

/** For metrics. Must not throw. */
export type JobHooks = {
  start?: (lane: Lane, name: string) => void;
  end?: (report: JobReport) => void;
};

export type TaskContext = {
  readonly lane: Lane;
  readonly member: FleetMember;
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly hooks: JobHooks;
  /** Unlocks the job and gives its attempt back. */
  handBack(jobId: string): Promise<void>;
};

/** What graphile-worker stores as last_error: a word, never a message, which may quote what somebody sent. */
class NotCompleted extends Error {
  override readonly name = 'NotCompleted';
}

/** graphile-worker's task for a binding: parse, run, say how it ended. */
export function taskOf(binding: Binding, { lane, member, signal, log, hooks, handBack }: TaskContext): Task {
  return async (payload, { job }) => {
    const startedAt = performance.now();
    const waitedMs = Math.max(0, Date.now() - job.run_at.getTime());
    const run = { jobId: job.id, attempt: job.attempts, maxAttempts: job.max_attempts, memberId: member.id, signal };
    const fields = { lane, job: binding.name, jobId: job.id, attempt: job.attempts };
    const report = (end: JobEnd, reason: string | null = null) => {
      const tookMs = performance.now() - startedAt;
      const final = end === 'failed' && job.attempts >= job.max_attempts;
      hooks.end?.({ lane, name: binding.name, end, reason, waitedMs, tookMs, attempt: job.attempts, final });
    };

    hooks.start?.(lane, binding.name);
    try {
      const handled = binding.handle(payload, run);
      if ('unfit' in handled) {
        log.error({ ...fields, issues: handled.unfit }, 'dropped a job whose payload does not fit');
        report('unfit');
        return;
      }
      const outcome = await handled;
      // Completion is not fenced by graphile-worker: it would delete the job although another member has it by now.
      // Its failing is, and then does nothing.
      if (!(await member.confirm())) throw new NotCompleted('disowned');
      if (outcome.kind === 'done') report('done');
      else {
        log[outcome.kind === 'drop' ? 'info' : 'debug']({ ...fields, reason: outcome.reason }, outcome.kind);
        report(outcome.kind, outcome.reason);
      }
    } catch (error) {
      if (member.lost.aborted || error instanceof NotCompleted) {
        log.warn(fields, 'not completed: this process was taken for dead');
        report('disowned');
        throw new NotCompleted('disowned');
      }
      if (signal.aborted) {
        await handBack(job.id);
        log.info({ ...fields, error: inShort(error) }, 'handed back: this process stops');
        report('handed_back');
        throw new NotCompleted('handed back');
      }
      log.error({ ...fields, err: error, error: inShort(error) }, 'a job failed');
      report('failed', inShort(error));
      throw new NotCompleted(inShort(error));
    }
  };
}
