import { wakeDue } from '@secateur/core/fleet';
import { BLOCK } from '@secateur/sandbox';
import type { Random } from '../shared/random.ts';
import { dueAt } from '../shared/steps.ts';
import { type Arriving, watched } from '../shared/watch.ts';
import { type BugName, bugOf } from './bugs.ts';
import { checkArriving, noteArrived } from './check-writes.ts';
import type { Action, Command } from './command.ts';
import { Life } from './life.ts';
import { bear, bury, type Mortal } from './mortal.ts';
import type { People, Person } from './people.ts';
import { hold } from './promises.ts';
import type { Member, Stage } from './stage.ts';

/** More jobs than any sequence needs: past this something wakes itself for ever. */
const MOST_JOBS = 3_000;

/** One sequence as it is played. */
export class Game {
  readonly stage: Stage;
  readonly member: Member;
  readonly stranger: Member;
  readonly people: People;
  readonly random: Random;
  readonly life = new Life();
  /** Connections by account. */
  readonly connections: { id: string; account: Person }[];
  readonly bug: BugName | null;
  mortal: Mortal;
  /** What is to happen at the next such moment. */
  during: Extract<Command, { do: 'during' }>[] = [];
  playNow: (command: Command) => Promise<void> = async () => {};
  /** A call that is held back: the next write is caught and its worker dies waiting. */
  catching = false;
  late: { call: Arriving; send: () => Promise<unknown> } | null = null;
  #lease: 'released' | 'ran-out' = 'released';

  constructor(
    stage: Stage,
    begun: Awaited<ReturnType<Stage['begin']>>,
    { random, bug }: { random: Random; bug: BugName | null },
  ) {
    this.stage = stage;
    this.member = begun.member;
    this.stranger = begun.stranger;
    this.people = begun.people;
    this.random = random;
    this.bug = bug;
    const [me] = begun.people.own;
    if (!me) throw new Error('nobody to be');
    this.connections = [{ id: begun.connectionId, account: me }];
    this.life.audited('connection.requested');
    this.mortal = this.#bear();
  }

  now(): number {
    return this.stage.sandbox.clock.now().getTime();
  }

  tenantId(): string {
    return this.member.actor.tenantId;
  }

  accountOf(did: string): Person {
    const found = this.people.own.find((p) => p.did === did);
    if (!found) throw new Error(`${did} is not ours`);
    return found;
  }

  async ask<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.stage.admin.query<Row>(sql, values)).rows;
  }

  /** Block records of an account as the network has them. */
  async records(account: Person): Promise<{ key: string; subject: string; by: 'app' | 'hand' }[]> {
    const [repo] = await this.stage.sandbox.control.records(BLOCK, account.did);
    return repo?.records ?? [];
  }

  async mutes(account: Person): Promise<string[]> {
    return this.stage.sandbox.control.mutes(account.did);
  }

  /** Which shields' targets cover these profiles now, as our tables say. */
  async covers(account: string, action: Action, profileIds: string[]): Promise<Map<string, string[]>> {
    const rows = await this.ask<{ profile: string; shields: string[] }>(
      `SELECT profile_id::text AS profile, array_agg(shield_id::text) AS shields FROM targets
       WHERE tenant_id = $1 AND account_id = $2 AND action = $3::action AND profile_id = ANY($4::uuid[]) AND state = 'covering'
       GROUP BY 1`,
      [this.tenantId(), account, action, profileIds],
    );
    return new Map(rows.map((r) => [r.profile, r.shields]));
  }

  doom(command: Extract<Command, { do: 'die' }>): void {
    this.#lease = command.lease;
    this.mortal.doom(command.how, command.after);
  }

  /** Runs at most `most` jobs, and the sweep when none waits. False when there is nothing left to do. */
  async work(most: number): Promise<boolean> {
    for (let done = 0; done < most; done += 1) if (!(await this.#once())) return false;
    return true;
  }

  /** Until nothing waits and nothing is due. */
  async drain(): Promise<void> {
    const busy = await this.work(MOST_JOBS);
    hold(!busy, 'rows', () => 'jobs keep waking themselves');
  }

  async close(): Promise<void> {
    await this.mortal.drain.close();
  }

  async #once(): Promise<boolean> {
    const { mortal } = this;
    try {
      if (await mortal.drain.step()) return true;
      if (bugOf(this.bug)?.noSweep) return false;
      return (await wakeDue(mortal.ctx)) > 0;
    } catch (error) {
      if (!mortal.dead) throw error;
      await this.#replace();
      return true;
    }
  }

  async #replace(): Promise<void> {
    const gone = this.mortal;
    await gone.drain.close();
    await bury(this.stage, gone, this.#lease);
    this.mortal = this.#bear();
  }

  #bear(): Mortal {
    const wrap = bugOf(this.bug)?.wrap ?? ((port) => port);
    return bear(this.stage, (port, self) =>
      wrap(
        watched(
          port,
          {
            moment: async (moment) => {
              const due = dueAt(this.during, moment);
              if (due) await this.playNow(due.what);
            },
            arriving: async (call, _self, send) => {
              await checkArriving(this, call);
              if (!this.catching || call.kind !== 'apply' || call.action !== 'block') return 'send';
              this.catching = false;
              this.late = { call, send };
              return 'kept';
            },
            arrived: (call) => noteArrived(this, call, false),
          },
          self,
        ),
      ),
    );
  }
}
