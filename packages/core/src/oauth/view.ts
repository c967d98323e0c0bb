import { Refusal } from '@secateur/base';
import { type BrowserContext, withBrowser } from './browser.ts';
import { type FlowView, flowInput } from './schemas.ts';

/** How far this browser's flow is. Throws `sign_in_stale` for one that is over, or another browser's. */
export async function viewFlow(ctx: BrowserContext, raw: unknown): Promise<FlowView> {
  const { id } = flowInput.parse(raw);
  return withBrowser(ctx, async (tx) => {
    const [flow] = await tx.$queryRaw<FlowView[]>`
      SELECT id, url, problem, account, keep_in IS NOT NULL AS connects, back,
             CASE stage WHEN 'sent' THEN 'send' WHEN 'asked' THEN 'going' WHEN 'answered' THEN 'going' WHEN 'taken' THEN 'going'
                        ELSE stage::text END AS state
      FROM oauth_flows WHERE id = ${id}::uuid AND (expires_at > clock_timestamp() OR stage IN ('done', 'refused'))`;
    if (!flow) throw new Refusal('sign_in_stale');
    return flow;
  });
}
