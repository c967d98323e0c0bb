import { Refusal } from '@secateur/base';
import type { NetworkName } from '@secateur/networks/port';
import { enqueue } from '@secateur/queue';
import { sealForWorkers } from '../secrets/index.ts';
import { type BrowserContext, digest, withBrowser } from './browser.ts';
import { flowBinding } from './flow-binding.ts';
import { finishFlowJob } from './jobs.ts';

/** Characters of what a browser may bring back. */
const LONGEST = 8_000;

/**
 * Takes what a browser brought back from a network's server, sealed at once, for a worker to finish with. Once: throws the
 * Refusal `sign_in_stale` when it was brought before, belongs to another browser or to nobody, or came too late.
 */
export async function answerFlow(ctx: BrowserContext & { sealingKey: string }, query: string): Promise<{ id: string }> {
  const state = query.length > LONGEST ? null : new URLSearchParams(query).get('state');
  if (!state) throw new Refusal('sign_in_stale');
  return withBrowser(ctx, async (tx, browser) => {
    const [flow] = await tx.$queryRaw<{ id: string; network: NetworkName }[]>`
      SELECT id, network::text AS network FROM oauth_flows
      WHERE state_hash = ${digest(state)} AND browser = ${browser} AND stage = 'sent' AND expires_at > clock_timestamp() FOR UPDATE`;
    if (!flow) throw new Refusal('sign_in_stale');
    const answer = await sealForWorkers(ctx.sealingKey, flowBinding(flow, 'answer'), query);
    await tx.$executeRaw`UPDATE oauth_flows SET stage = 'answered', answer = ${answer} WHERE id = ${flow.id}::uuid`;
    await enqueue(tx, finishFlowJob, { flowId: flow.id });
    return { id: flow.id };
  });
}
