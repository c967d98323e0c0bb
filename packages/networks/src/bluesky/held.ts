import { type HeldPage, NetworkError } from '../port.ts';
import type { Access } from './access.ts';
import { BLOCK, PAGE } from './limits.ts';
import { toHeldBlock } from './mapper.ts';
import { tidAfter } from './tid.ts';

export type Range = { cursor: string | null; newest?: string; oldest?: string };

/**
 * Block records straight from the repository, newest first. A cursor is the last key shown and need not exist, so a
 * range costs the pages it covers and no more. Records of the collection are public: no token is used.
 */
export async function heldBlocks(access: Access, range: Range): Promise<HeldPage> {
  const { newest, oldest } = range;
  const cursor = range.cursor ?? (newest === undefined ? null : tidAfter(newest));
  const { data } = await records(access, cursor);
  const items = data.records.flatMap((record) => toHeldBlock(record) ?? []);
  const within = oldest === undefined ? items : items.filter((one) => one.key !== null && one.key >= oldest);
  const next = data.cursor ?? null;
  const ended = next === null || (oldest !== undefined && next <= oldest);
  return { items: within, cursor: ended ? null : next };
}

async function records(access: Access, cursor: string | null) {
  const page = { repo: access.did, collection: BLOCK, limit: PAGE, ...(cursor === null ? {} : { cursor }) };
  try {
    return await access.open((client) => client.com.repo.listRecords(page));
  } catch (error) {
    // The server has no repository for an account put away or taken down; this call says which of them it is.
    if (error instanceof NetworkError && error.problem === 'not_found') await head(access);
    throw error;
  }
}

/** The CID of the account's latest commit. */
export async function head(access: Access): Promise<string> {
  return (await access.open((client) => client.com.sync.getLatestCommit({ did: access.did }))).data.cid;
}

/** Mutes from the AppView through the account's server. They have no keys, so no range. */
export async function heldMutes(access: Access, range: Range): Promise<HeldPage> {
  const { data } = await access.use({ write: false }, (client, options) =>
    client.app.graph.getMutes({ limit: PAGE, ...(range.cursor === null ? {} : { cursor: range.cursor }) }, options),
  );
  return { items: data.mutes.map((one) => ({ nativeId: one.did, key: null })), cursor: data.cursor ?? null };
}
