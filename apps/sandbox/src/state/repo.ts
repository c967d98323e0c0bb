import { cidOf } from '../ids/cid.ts';
import { RecordCollection } from './collection.ts';
import { BLOCK, type Collection } from './events.ts';

/** One person's public records and the name of their latest commit. */
export class Repo {
  readonly did: string;
  rev: string;
  readonly blocks = new RecordCollection();
  readonly follows = new RecordCollection();

  constructor(did: string, rev: string) {
    this.did = did;
    this.rev = rev;
  }

  /** The latest commit's content id: what `swapCommit` must name. */
  get head(): string {
    return commitCid(this.did, this.rev);
  }

  of(collection: Collection): RecordCollection {
    return collection === BLOCK ? this.blocks : this.follows;
  }
}

export function commitCid(did: string, rev: string): string {
  return cidOf(`${did} ${rev}`);
}
