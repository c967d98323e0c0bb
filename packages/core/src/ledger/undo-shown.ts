import type { MemberContext } from '../context/index.ts';
import { undoSome } from '../shields/index.ts';
import { demand } from '../tenants/index.ts';
import { look } from './look.ts';
import { ledgerInput, type UndoneStep } from './schemas.ts';

/** Entries that one step looks at: as many as may be undone in one press. */
const STEP = 200;

/**
 * Undoes the next stretch of what a filter shows, and says how many that were and from where to go on. Whoever asks takes step
 * after step and can stop after each: nothing goes on behind their back.
 */
export async function undoShown(ctx: MemberContext, raw: unknown): Promise<UndoneStep> {
  demand(ctx, 'undo');
  const { after, ...filter } = ledgerInput.parse(raw);
  const { items, next } = await look(ctx, filter, after, STEP);
  const targets = items
    .filter(({ standing, reason }) => reason === null && ['planned', 'done', 'by_shield'].includes(standing))
    .map(({ shieldId, accountId, profileId, action }) => ({ shieldId, accountId, profileId, action }));
  const { count } = targets.length > 0 ? await undoSome(ctx, { targets }) : { count: 0 };
  return { count, next };
}
