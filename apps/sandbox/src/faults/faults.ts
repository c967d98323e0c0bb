import { randomFrom } from '../world/mix.ts';
import type { Fault, NewFault } from './fault.ts';

type Armed = { fault: Fault; random: () => number; toSkip: number };

/** What a request ran into: at most one fault that decides the answer, and the wait of all slow ones together. */
export type Struck = { fault: Fault | null; waitMs: number };

const UNTOUCHED: Struck = { fault: null, waitMs: 0 };

/** The faults that are set up. */
export class Faults {
  #armed: Armed[] = [];
  #lastId = 0;

  add(fault: NewFault): Fault {
    const id = ++this.#lastId;
    const made = { ...fault, id, struck: 0 };
    this.#armed.push({ fault: made, random: randomFrom(fault.seed ?? id), toSkip: fault.after ?? 0 });
    return made;
  }

  list(): Fault[] {
    return this.#armed.map(({ fault }) => ({ ...fault }));
  }

  remove(id: number): void {
    this.#armed = this.#armed.filter(({ fault }) => fault.id !== id);
  }

  clear(): void {
    this.#armed = [];
  }

  /** `isAbout` tells whether a fault's account is the one that the request is about. */
  strike(method: string, isAbout: (account: string) => boolean): Struck {
    if (this.#armed.length === 0) return UNTOUCHED;
    let decisive: Fault | null = null;
    let waitMs = 0;
    for (const armed of this.#armed) {
      const { fault } = armed;
      if (decisive !== null && fault.kind !== 'slow') continue;
      if (fault.method !== undefined && fault.method !== method) continue;
      if (fault.account !== undefined && !isAbout(fault.account)) continue;
      if (armed.toSkip > 0) {
        armed.toSkip--;
        continue;
      }
      if (fault.probability !== undefined && armed.random() >= fault.probability) continue;
      fault.struck++;
      if (fault.kind === 'slow') waitMs += fault.latencyMs ?? 0;
      else decisive = fault;
    }
    this.#armed = this.#armed.filter(({ fault }) => fault.count === undefined || fault.struck < fault.count);
    return { fault: decisive, waitMs };
  }
}
