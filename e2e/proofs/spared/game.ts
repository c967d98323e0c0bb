import { wakeDue } from '@secateur/core/fleet';
import type { Action, NetworkName, NetworkPort } from '@secateur/networks/port';
import { BLOCK } from '@secateur/sandbox';
import type { Random } from '../shared/random.ts';
import { dueAt } from '../shared/steps.ts';
import { type Caller, watched } from '../shared/watch.ts';
import { checkArriving, noteArrived } from './check-writes.ts';
import type { People, Person } from './people.ts';
import { hold } from './promises.ts';
import type { Member, Stage } from './stage.ts';
import type { Step } from './step.ts';
import { Truth } from './truth.ts';

/** More jobs than any world needs: past this something wakes itself for ever. */
const MOST_JOBS = 5_000;

/** Nobody who calls dies here: the model's workers do. */
const ALIVE: Caller = {
  dead: false,
  doomed: null,
  die(): never {
    throw new Error('nobody dies here');
  },
};

/** What an account holds as its network has it: who made it, and until when it lasts by itself. */
export type There = { nativeId: string; by: 'app' | 'hand'; until: number | null };

/** One world as it is played. */
export class Game {
  readonly stage: Stage;
  readonly member: Member;
  readonly people: People;
  readonly truth = new Truth();
  readonly random: Random;
  /** By network, of those that were connected. */
  readonly connections = new Map<NetworkName, string>();
  /** What is to happen at the next such moment. */
  during: Extract<Step, { do: 'during' }>[] = [];
  playNow: (step: Step) => Promise<void> = async () => {};

  constructor(stage: Stage, begun: Awaited<ReturnType<Stage['begin']>>, random: Random, wrap: Wrap) {
    this.stage = stage;
    this.member = begun.member;
    this.people = begun.people;
    this.random = random;
    stage.watch = (port) => wrap(this.#watched(port));
  }

  /** The connection of the user's account there, made when it is first needed. */
  async connection(network: NetworkName): Promise<string> {
    const id = this.connections.get(network) ?? (await this.stage.connect(this.member, this.people[network].me));
    this.connections.set(network, id);
    return id;
  }

  now(): number {
    return this.stage.life.sandbox.clock.now().getTime();
  }

  tenantId(): string {
    return this.member.actor.tenantId;
  }

  async ask<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.stage.admin.query<Row>(sql, values)).rows;
  }

  personOf(network: NetworkName, nativeId: string): Person | undefined {
    return this.people[network].all.find((p) => p.nativeId === nativeId);
  }

  /** What the user's account holds, as the network itself has it. */
  async holds(network: NetworkName, action: Action): Promise<There[]> {
    const { control } = this.stage.life.sandbox;
    const { name } = this.people[network].me;
    if (network === 'bluesky') {
      if (action === 'block') {
        const [repo] = await control.records(BLOCK, name);
        return (repo?.records ?? []).map(({ subject, by }) => ({ nativeId: subject, by, until: null }));
      }
      // Nobody keeps who muted: the checker does.
      return (await control.mutes(name)).map((nativeId) => ({ nativeId, by: 'app', until: null }));
    }
    const held = await (network === 'x' ? control.x : control.fediverse).held(name);
    return held[`${action}s`].map((one) => ({ until: null, ...one }));
  }

  /** What our row says of somebody, and which shields cover them with this action. */
  async row(action: Action, person: Person): Promise<{ state: string | null; knownByHand: boolean; covers: string[] }> {
    const [row] = await this.ask<{ state: string | null; knownByHand: boolean; covers: string[] }>(
      `SELECT (SELECT e.state::text FROM effects e WHERE e.tenant_id = $1 AND e.account_id = $2 AND e.profile_id = $3
                 AND e.action = $4::action) AS state,
              EXISTS (SELECT FROM held_by_hand h WHERE h.tenant_id = $1 AND h.account_id = $2 AND h.profile_id = $3
                        AND h.action = $4::action) AS "knownByHand",
              ARRAY(SELECT t.shield_id::text FROM targets t WHERE t.tenant_id = $1 AND t.account_id = $2
                      AND t.profile_id = $3 AND t.action = $4::action AND t.state = 'covering') AS covers`,
      [this.tenantId(), this.people[person.network].me.id, person.id, action],
    );
    return row ?? { state: null, knownByHand: false, covers: [] };
  }

  /** Runs at most `most` jobs, and the sweep when none waits. False when there is nothing left to do. */
  async work(most: number): Promise<boolean> {
    const { drain, worker } = this.stage.life;
    for (let done = 0; done < most; done += 1) if (!(await drain.step()) && (await wakeDue(worker)) === 0) return false;
    return true;
  }

  /** Until nothing waits and nothing is due. */
  async drain(): Promise<void> {
    const busy = await this.work(MOST_JOBS);
    hold(!busy, 'expected', () => 'jobs keep waking themselves');
  }

  #watched(port: NetworkPort): NetworkPort {
    const { network } = port;
    return watched(
      port,
      {
        moment: async (moment) => {
          const due = dueAt(this.during, moment);
          if (due) await this.playNow(due.what);
        },
        arriving: async (call) => {
          await checkArriving(this, call);
          return 'send';
        },
        arrived: (call, failed) => noteArrived(this, call, failed),
        looked: (_, relations) => {
          for (const { nativeId, held } of relations) {
            const person = this.personOf(network, nativeId);
            if (person && held !== null) this.truth.look(person);
          }
        },
      },
      () => ALIVE,
    );
  }
}

export type Wrap = (port: NetworkPort) => NetworkPort;
