import { z } from 'zod';
import { jsonOf, type Send } from './send.ts';

/**
 * `held`: whom an account blocks and mutes is not listed. `mute`: there is no such thing. `scopes`: whoever is let in may do
 * everything. `talks`: of an account's posts it is not told whom they answer and mention.
 */
const GAPS = ['held', 'mute', 'scopes', 'talks'] as const;
export type Gap = (typeof GAPS)[number];
export const gapsSchema = z.array(z.enum(GAPS));

/**
 * What servers of other makes lack, by the name that they give themselves in NodeInfo. Measured on the real ones: snac2 2.75 and
 * 2.96 block, and answer no list of it (404, and an empty one). Its lists of people are empty too, but relations are told: nobody
 * is hit by it. Its tokens have no scope, whatever was asked for.
 */
const BY_SOFTWARE: Record<string, Gap[]> = { snac: ['held', 'mute', 'scopes', 'talks'] };

const linksSchema = z.object({ links: z.array(z.object({ rel: z.string(), href: z.url() })) });
const infoSchema = z.object({ software: z.object({ name: z.string() }) });

/** What is known to be lacking on a server; nothing where it does not say what it is (nodeinfo.diaspora.software). */
export async function gapsOf(server: string, send: Send): Promise<Gap[]> {
  const links = linksSchema.safeParse(await jsonOf(await send(new URL('/.well-known/nodeinfo', server))));
  const href = links.data?.links.find((link) =>
    link.rel.startsWith('http://nodeinfo.diaspora.software/ns/schema/'),
  )?.href;
  if (href === undefined || new URL(href).origin !== server) return [];
  const info = infoSchema.safeParse(await jsonOf(await send(new URL(href))));
  return (info.success && BY_SOFTWARE[info.data.software.name.toLowerCase()]) || [];
}
