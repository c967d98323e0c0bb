import type { Tx } from '@secateur/db';
import { ensureLook } from '../audiences/index.ts';
import { rhythmOf } from '../audiences/policy/index.ts';
import type { Source } from './crowds.ts';

type Ref = { tenantId: string; shieldId: string };
type Kept = Source & { askedAt: Date | null; lookedAt: Date | null };

/** What became of asking: sources whose crowd was looked at since, whether others are still waited for, why they wait, and when the next is due. */
type Asked<S> = { ready: S[]; waits: boolean; problem: string | null; dueAt: Date | null };

/**
 * Has the crowds looked at again of which this shield had no look within their rhythm, counted from its own last one or from when it was raised. When
 * others had them looked at does not matter: whoever watches whom a shield takes up, and when, would learn of them.
 */
export async function askLooks<S extends Kept>(
  tx: Tx,
  ref: Ref,
  { sources, raisedAt }: { sources: S[]; raisedAt: Date | null },
  now: Date,
): Promise<Asked<S>> {
  const asked: Asked<S> = { ready: [], waits: false, problem: null, dueAt: null };
  for (const source of sources) {
    const { audienceId, askedAt, network, kind } = source;
    const rhythm = rhythmOf(network, kind);
    if (audienceId === null || rhythm === null) continue;
    const due = new Date((source.lookedAt ?? raisedAt ?? now).getTime() + rhythm.every);
    if (askedAt === null && due > now) {
      if (asked.dueAt === null || due < asked.dueAt) asked.dueAt = due;
      continue;
    }
    if (askedAt === null) await note(tx, ref, source, { askedAt: now });
    const look = await ensureLook(tx, audienceId, askedAt ?? now, now);
    if (look.gaveUp) await note(tx, ref, source, { askedAt: null });
    if (look.fresh) asked.ready.push(source);
    else asked.waits = true;
    asked.problem ??= look.problem;
  }
  return asked;
}

/** Whoever came is taken up: the next look is due a rhythm after this one was asked for. */
export async function lookedAt(tx: Tx, ref: Ref, sources: Kept[]): Promise<void> {
  for (const source of sources) await note(tx, ref, source, { askedAt: null, lookedAt: source.askedAt });
}

/** What was asked for is forgotten, so that it is asked for anew: what came in between may be anybody's. */
export async function forgetLooks(tx: Tx, { tenantId, shieldId }: Ref): Promise<void> {
  await tx.source.updateMany({ where: { tenantId, shieldId, askedAt: { not: null } }, data: { askedAt: null } });
}

async function note(
  tx: Tx,
  ref: Ref,
  source: Kept,
  data: { askedAt: Date | null; lookedAt?: Date | null },
): Promise<void> {
  Object.assign(source, data);
  await tx.source.update({ where: { tenantId_shieldId_ordinal: { ...ref, ordinal: source.ordinal } }, data });
}
