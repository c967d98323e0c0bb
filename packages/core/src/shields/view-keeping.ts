import type { Tx } from '@secateur/db';
import { rhythmOf } from '../audiences/policy/index.ts';
import { keepsUntil, keepsUp } from './policy/index.ts';
import type { KeepingView } from './schemas.ts';

type Source = {
  kind: Parameters<typeof rhythmOf>[1];
  network: Parameters<typeof rhythmOf>[0];
  uploadId: string | null;
};
type Shield = Parameters<typeof keepsUp>[0] & { tenantId: string; id: string; sources: Source[] };

/** Whether any of these is a crowd that is looked at again. */
export function canKeepUp(sources: Source[]): boolean {
  return sources.some(({ network, kind, uploadId }) => uploadId === null && rhythmOf(network, kind) !== null);
}

/** How a shield keeps up with its crowds; null where there is none that could be kept up with. */
export async function keepingOf(tx: Tx, shield: Shield, now: Date): Promise<KeepingView | null> {
  if (!canKeepUp(shield.sources)) return null;
  const row = await tx.keeping.findUnique({
    where: { tenantId_shieldId: { tenantId: shield.tenantId, shieldId: shield.id } },
  });
  const until = keepsUntil(shield);
  const phase = keepsUp(shield, now);
  const over = phase === 'over' || shield.liftFrom !== null || (until !== null && until <= now);
  if (!row && over) return null;
  return {
    state: over ? 'over' : !row || row.pausedAt ? 'off' : 'on',
    lookedAt: row?.lookedAt ?? null,
    came: row?.came ?? 0,
    until,
    waiting: row?.waiting === 'people' || row?.waiting === 'network' ? row.waiting : null,
  };
}
