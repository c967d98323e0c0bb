import type { ComAtprotoRepoApplyWrites } from '@atproto/api';
import { type ActingAccount, NetworkError, type Write, type Written } from '../port.ts';
import type { Access } from './access.ts';
import { head, heldBlocks, heldMutes } from './held.ts';
import { ABILITIES, BLOCK } from './limits.ts';
import { toReport } from './mapper.ts';
import type { Reader } from './read.ts';
import { talked } from './talked.ts';

type Op = ComAtprotoRepoApplyWrites.InputSchema['writes'][number];

/** The network's side of one connected account. Its people are read as anybody reads them. */
export function actor(access: Access, read: Reader): ActingAccount {
  const write = async (writes: Op[], fence: string | null): Promise<Written> => {
    const { data, headers } = await access.use({ write: true }, (client, options) =>
      client.com.repo.applyWrites(
        { repo: access.did, validate: true, writes, ...(fence === null ? {} : { swapCommit: fence }) },
        options,
      ),
    );
    return { head: data.commit?.cid ?? null, report: toReport(headers) };
  };
  const mute = async (method: 'muteActor' | 'unmuteActor', writes: Write[]): Promise<Written> => {
    const { headers } = await access.use({ write: true }, (client, options) =>
      client.app.graph[method]({ actor: one(writes).nativeId }, options),
    );
    return { head: null, report: toReport(headers) };
  };

  return {
    head: () => head(access),
    held: (action, range) => (action === 'block' ? heldBlocks : heldMutes)(access, range),
    apply: async (action, writes, fence, at) =>
      action === 'block'
        ? write(
            bounded(writes).map((w) => createOp(w, at)),
            fence,
          )
        : mute('muteActor', writes),
    lift: async (action, writes, fence) =>
      action === 'block' ? write(bounded(writes).map(deleteOp), fence) : mute('unmuteActor', writes),
    relations: (others) => read.relations(access.did, others),
    followers: (cursor) => read.crowd('followers', access.did, cursor),
    following: (cursor) => read.crowd('following', access.did, cursor),
    talked: (since, cursor) => talked(access, since, cursor),
    // Strangers are shown more than an account is.
    crowd: (kind, ref, cursor) => read.crowd(kind, ref, cursor),
    renew: () => access.renew(),
    giveBack: () => access.giveBack(),
  };
}

function createOp(write: Write, at: Date): Op {
  return {
    $type: 'com.atproto.repo.applyWrites#create',
    collection: BLOCK,
    rkey: keyOf(write),
    value: { $type: BLOCK, subject: write.nativeId, createdAt: at.toISOString() },
  };
}

function deleteOp(write: Write): Op {
  return { $type: 'com.atproto.repo.applyWrites#delete', collection: BLOCK, rkey: keyOf(write) };
}

function keyOf(write: Write): string {
  if (write.key === null) throw new NetworkError('rejected', { message: 'a block needs its key before it is sent' });
  return write.key;
}

function bounded(writes: Write[]): Write[] {
  if (writes.length === 0 || writes.length > ABILITIES.block.batch) {
    throw new NetworkError('rejected', { message: `${writes.length} writes in one batch` });
  }
  return writes;
}

function one(writes: Write[]): Write {
  const [first, ...rest] = writes;
  if (first === undefined || rest.length > 0) {
    throw new NetworkError('rejected', { message: `${writes.length} mutes in one call` });
  }
  return first;
}
