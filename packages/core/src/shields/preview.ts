import { MINUTE, newId, Refusal } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import type { Action, NetworkName } from '@secateur/networks/port';
import { enqueue } from '@secateur/queue';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { actionsOf, rulesOf } from '../exemptions/policy/index.ts';
import { demand } from '../tenants/index.ts';
import { requireTheirs } from '../uploads/index.ts';
import { preparePreviewJob } from './jobs.ts';
import { permit } from './permit.ts';
import { HOLDS, highestThreshold } from './policy/index.ts';
import { type PreviewInput, previewInput, type SourceInput, shieldInput } from './schemas.ts';

/**
 * Begins a preview: nothing is written on any network. A worker finds out whom it is about and lists the crowds. It acts on
 * those of the named accounts that are where a source is.
 */
export async function startPreview(ctx: MemberContext, raw: unknown): Promise<{ id: string }> {
  demand(ctx, 'prepare');
  const input = previewInput.parse(raw);
  demand(ctx, 'prepare', input.connectionIds);
  if (input.threshold > highestThreshold(input.sources)) throw new Refusal('threshold_too_high');
  const { tenantId, userId } = ctx.actor;
  const now = ctx.clock.now();
  const id = newId();
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    const connections = await tx.connection.findMany({ where: { tenantId, id: { in: input.connectionIds } } });
    if (connections.length !== new Set(input.connectionIds).size) throw new Refusal('not_found');
    const meant = connections.filter(({ network }) => input.sources.some((source) => source.network === network));
    requireOneEach(input.sources, meant);
    if (meant.some(({ state }) => state !== 'ready')) throw new Refusal('connection_revoked');
    for (const action of actionsOf(rulesOf(input), input.action)) requireRight(meant, action);
    const sources = await rowsOf(tx, ctx, input.sources);
    await tx.shield.create({
      data: {
        tenantId,
        id,
        createdBy: userId,
        createdAt: now,
        state: 'preview',
        action: input.action,
        holdSeconds: HOLDS[input.hold],
        threshold: input.threshold,
        ...rulesOf(input),
        reason: input.reason,
        wakeAt: new Date(now.getTime() + MINUTE),
        sources: { create: sources },
        ...(input.keepUp ? { keeping: { create: {} } } : {}),
        connections: {
          create: meant.flatMap((c) => (c.accountId ? [{ connectionId: c.id, accountId: c.accountId }] : [])),
        },
      },
    });
    await auditMember(tx, ctx, { action: 'preview.started', subjectId: id });
    await enqueue(tx, preparePreviewJob, { tenantId, shieldId: id });
  });
  return { id };
}

/** The sources as they are kept: accounts first, since those who were named go before any crowd. */
async function rowsOf(tx: Tx, ctx: MemberContext, inputs: PreviewInput['sources']) {
  const named = inputs.filter(({ kind }) => kind === 'account');
  const rows = [...named, ...inputs.filter(({ kind }) => kind !== 'account')].map(async (source, ordinal) => {
    const { kind, network } = source;
    if (!('uploadId' in source)) return { ordinal, kind, network, query: source.query };
    const upload = await requireTheirs(tx, ctx, source.uploadId);
    const isShared =
      (await tx.subscription.count({ where: { tenantId: ctx.actor.tenantId, id: source.uploadId } })) > 0;
    if (upload.network !== network) throw new Refusal('not_found');
    return {
      ordinal,
      kind: isShared ? ('shared' as const) : ('file' as const),
      network,
      query: upload.name,
      uploadId: source.uploadId,
      claimed: upload.readable,
    };
  });
  return Promise.all(rows);
}

/** Throws the Refusal `no_account_there` when there is a source where none of these accounts is. */
function requireOneEach(sources: SourceInput[], connections: { network: NetworkName }[]): void {
  const without = sources.find((source) => !connections.some(({ network }) => network === source.network));
  if (without) throw new Refusal('no_account_there', { network: without.network });
}

/** Throws the Refusal `declined` when an account's owner did not allow the action. */
export function requireRight(connections: { handle: string; rights: Action[] }[], action: Action): void {
  const without = connections.find(({ rights }) => !rights.includes(action));
  if (without) throw new Refusal('declined', { handle: without.handle });
}

/** Throws a preview away. */
export async function discardPreview(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'prepare');
  const { id } = shieldInput.parse(raw);
  const { tenantId } = ctx.actor;
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    await permit(tx, ctx, id, 'prepare');
    const { count } = await tx.shield.updateMany({
      where: { tenantId, id, state: 'preview' },
      data: { state: 'discarded', wakeAt: null },
    });
    if (count === 0) throw new Refusal('not_found');
    await auditMember(tx, ctx, { action: 'preview.discarded', subjectId: id });
  });
}
