import { newId, Refusal } from '@secateur/base';
import { enqueue } from '@secateur/queue';
import type { Context } from '../context/index.ts';
import { accountIn } from '../uploads/policy/index.ts';
import { deliverAppealJob } from './jobs.ts';
import { plainWords } from './policy/index.ts';
import { appealInput } from './schemas.ts';

/**
 * Takes in what somebody writes who feels caught by mistake. It looks nothing up: what it does, how long it takes and what it
 * answers are the same whoever they are, on a list or on none. Throws `invalid_input` for what can name nobody anywhere.
 */
export async function writeAppeal(ctx: Context, raw: unknown): Promise<void> {
  const { network, account, reason, words } = appealInput.parse(raw);
  if (accountIn(network, account) === null) throw new Refusal('invalid_input');
  const id = newId();
  const now = ctx.clock.now();
  await ctx.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`
      INSERT INTO written_appeals (id, network, account, reason, words, written_at, wake_at)
      VALUES (${id}::uuid, ${network}::network, ${account}, ${reason}::appeal_reason, ${plainWords(words)}, ${now}, ${now})`;
    await enqueue(tx, deliverAppealJob, { appealId: id });
  });
}
