import { Refusal } from '@secateur/base';
import { type BrowserContext, withBrowser } from './browser.ts';
import { type FlowView, flowInput } from './schemas.ts';

/** How far this browser's flow is. Throws `sign_in_stale` for one that is over, or another browser's. */
export async function viewFlow(ctx: BrowserContext, raw: unknown): Promise<FlowView> {
  const { id } = flowInput.parse(raw);
  return withBrowser(ctx, async (tx, browser) => {
    const [flow] = await tx.$queryRaw<FlowView[]>`
      SELECT id, url, problem, network::text AS network, account, native_id AS "nativeId", keep_in IS NOT NULL AS connects,
             keep_in IS NULL AND asked_by IS NOT NULL AS links, back,
             CASE WHEN stage = 'sent' THEN 'send' WHEN stage IN ('asked', 'answered') THEN 'going'
                  WHEN stage = 'taken' AND secret IS NULL THEN 'done'
                  WHEN stage = 'taken' THEN CASE WHEN keep_in IS NULL THEN 'let-in' ELSE 'going' END
                  ELSE stage::text END AS state
      FROM oauth_flows WHERE id = ${id}::uuid AND browser = ${browser} AND (expires_at > clock_timestamp() OR stage IN ('done', 'refused'))`;
    if (!flow) throw new Refusal('sign_in_stale');
    return flow;
  });
}
