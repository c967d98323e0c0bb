import { getPreview, raise } from '@secateur/core/shields';
import type { PreviewView } from '@secateur/core/shields/schemas';
import type { Claim } from './claim.ts';
import { DONE, LIFTED, LISTED } from './promises.ts';
import type { Stage } from './stage.ts';

/** How many of those whom a shield is about the account holds on the network, through us. */
export type Held = () => Promise<number>;

/** Raises a previewed shield, and what its preview said just before: who is `meant` is done, and lifted. */
export async function raised(
  stage: Stage,
  { id, name, meant, held }: { id: string; name: string; meant: number; held: Held },
): Promise<Claim[]> {
  const view = await getPreview(stage.member, { id });
  await raise(stage.member, { id });
  const askedAt = stage.now();
  const time = (sql: string) => async (): Promise<Date | null> => {
    const [row] = await stage.ask<{ at: Date | null }>(sql, [id]);
    return row?.at ?? null;
  };
  const doneAt =
    'SELECT CASE WHEN sum(pending) = 0 THEN max(last_done_at) END AS at FROM shield_connections WHERE shield_id = $1';
  let all = false;
  return [
    ...listedOf(stage, view, name),
    {
      what: `${name} done`,
      promise: DONE,
      askedAt,
      foretold: view.finishesAt,
      isSo: async () => {
        all ||= (await held()) === meant;
        return all;
      },
      came: time(doneAt),
    },
    {
      what: `${name} lifted`,
      promise: LIFTED,
      askedAt,
      foretold: view.lastLiftAt,
      isSo: async () => (await held()) === 0,
      came: time('SELECT ended_at AS at FROM shields WHERE id = $1'),
    },
  ];
}

/** What a preview says of the listing, where that is not over. */
export function listedOf(stage: Stage, view: PreviewView, name: string): Claim[] {
  if (view.state !== 'listing') return [];
  const ask = () =>
    stage.ask<{ state: string; at: Date | null }>(
      `SELECT a.state::text AS state, a.completed_at AS at FROM sources s JOIN audiences a ON a.id = s.audience_id
       WHERE s.shield_id = $1`,
      [view.id],
    );
  return [
    {
      what: `${name} listed`,
      promise: LISTED,
      askedAt: stage.now(),
      foretold: view.listedAt,
      isSo: async () => (await ask()).every(({ state }) => state === 'complete'),
      came: async () => {
        const times = (await ask()).map(({ at }) => at?.getTime() ?? Number.NaN);
        const last = Math.max(...times);
        return Number.isNaN(last) ? null : new Date(last);
      },
    },
  ];
}
