import { MINUTE, newId, Refusal } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { enqueue } from '@secateur/queue';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { demand } from '../tenants/index.ts';
import { readUploadJob } from './jobs.ts';
import { linesOf, MOST_LINES, readText } from './policy/index.ts';
import { type UploadView, uploadInput } from './schemas.ts';
import { viewUpload } from './view.ts';

/**
 * Takes a file in: every line of it is kept, and a worker looks for the accounts that they name. Throws the Refusals
 * `file_too_large`, `file_utf16`, `file_not_text`, and `file_empty` when no line names an account of that network.
 */
export async function addUpload(ctx: MemberContext, raw: unknown): Promise<UploadView> {
  demand(ctx, 'prepare');
  const { name, network, data } = uploadInput.parse(raw);
  const read = readText(Buffer.from(data, 'base64'));
  if ('refused' in read) throw new Refusal(read.refused);
  const lines = linesOf(read.text, network);
  if (lines.length > MOST_LINES) throw new Refusal('file_too_large');
  const readable = lines.filter(({ query }) => query !== null).length;
  if (readable === 0) throw new Refusal('file_empty', { network });
  const { tenantId, userId } = ctx.actor;
  const now = ctx.clock.now();
  const id = newId();
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    await tx.upload.create({
      data: {
        tenantId,
        id,
        createdBy: userId,
        createdAt: now,
        network,
        name,
        state: 'listing',
        lines: lines.length,
        readable,
        wakeAt: new Date(now.getTime() + MINUTE),
      },
    });
    await tx.$executeRaw`
      INSERT INTO upload_lines (tenant_id, upload_id, line, text, query, state)
      SELECT ${tenantId}::uuid, ${id}::uuid, l.line, l.text, l.query,
             CASE WHEN l.query IS NULL THEN 'unreadable'::upload_line_state ELSE 'waiting'::upload_line_state END
      FROM unnest(${lines.map((l) => l.line)}::int[], ${lines.map((l) => l.text)}::text[], ${lines.map((l) => l.query)}::text[])
        AS l (line, text, query)`;
    await auditMember(tx, ctx, { action: 'upload.added', subjectId: id, count: lines.length });
    await enqueue(tx, readUploadJob, { tenantId, uploadId: id });
    return viewUpload(tx, tenantId, id);
  });
}
