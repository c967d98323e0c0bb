import { Refusal } from '@secateur/base';
import type { SqlTx } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';
import { enqueue } from '@secateur/queue';
import { sealForWorkers } from '../secrets/index.ts';
import { standingIn } from '../tenants/index.ts';
import { permitted } from '../tenants/policy/index.ts';
import { type BrowserContext, digest, withBrowser } from './browser.ts';
import { flowBinding } from './flow-binding.ts';
import { finishFlowJob } from './jobs.ts';

/** Characters of what a browser may bring back. */
const LONGEST = 8_000;

type Sent = { id: string; network: NetworkName; keepIn: string | null; askedBy: string | null };

/**
 * Takes what a browser brought back from a network's server, sealed at once, for a worker to finish with. Once: throws the
 * Refusal `sign_in_stale` when it was brought before, belongs to another browser or to nobody, or came too late; `not_allowed`
 * when who asked for it may not connect anything there any more.
 */
export async function answerFlow(ctx: BrowserContext & { sealingKey: string }, query: string): Promise<{ id: string }> {
  const state = query.length > LONGEST ? null : new URLSearchParams(query).get('state');
  if (!state) throw new Refusal('sign_in_stale');
  return withBrowser(ctx, async (tx, browser) => {
    const [flow] = await tx.$queryRaw<Sent[]>`
      SELECT id, network::text AS network, keep_in AS "keepIn", asked_by AS "askedBy" FROM oauth_flows
      WHERE state_hash = ${digest(state)} AND browser = ${browser} AND stage = 'sent' AND expires_at > clock_timestamp() FOR UPDATE`;
    if (!flow) throw new Refusal('sign_in_stale');
    if (!(await mayKeep(tx, flow, ctx.clock.now()))) throw new Refusal('not_allowed');
    const answer = await sealForWorkers(ctx.sealingKey, flowBinding(flow, 'answer'), query);
    await tx.$executeRaw`UPDATE oauth_flows SET stage = 'answered', answer = ${answer} WHERE id = ${flow.id}::uuid`;
    await enqueue(tx, finishFlowJob, { flowId: flow.id });
    return { id: flow.id };
  });
}

/** Whether somebody who asked for a connection may still make one: they were on their way for minutes. */
async function mayKeep(tx: SqlTx, { keepIn, askedBy }: Sent, now: Date): Promise<boolean> {
  if (keepIn === null || askedBy === null) return true;
  const standing = await standingIn(tx, askedBy, keepIn);
  return standing !== null && permitted(standing, 'connections', [], now).allowed;
}
