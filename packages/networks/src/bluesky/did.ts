import { isValidDid } from '@atproto/syntax';
import type { GuardedFetch } from '../http/index.ts';
import { type Gate, NetworkError } from '../port.ts';
import { READ_TIMEOUT } from './limits.ts';

/**
 * The origin of the server (PDS) that holds an account's repository, from its DID document: did:plc at the directory,
 * did:web at the host it names. Everything in the document was chosen by a stranger.
 * Throws `not_found` for a DID without a server, `down`.
 */
export async function serverOf(
  did: string,
  from: { plcUrl: string; fetch: GuardedFetch; gate: Gate },
): Promise<string> {
  const url = documentUrl(did, from.plcUrl);
  await from.gate.pass(url.host, 1);
  const response = await from.fetch(url, { headers: { accept: 'application/json' }, timeout: READ_TIMEOUT });
  if (response.status === 404 || response.status === 410) throw new NetworkError('not_found');
  if (response.status !== 200) throw new NetworkError('down', { message: `${url.host}: ${response.status}` });
  return endpointOf(did, await response.json());
}

/** atproto.com/specs/did: did:web has no path and no port here, did:plc is a file of the directory. */
function documentUrl(did: string, plcUrl: string): URL {
  if (!isValidDid(did)) throw new NetworkError('not_found');
  if (did.startsWith('did:plc:')) return new URL(`/${did}`, plcUrl);
  const host = /^did:web:([a-z0-9.-]+)$/i.exec(did)?.[1];
  if (host === undefined) throw new NetworkError('not_found');
  return new URL(`https://${host}/.well-known/did.json`);
}

function endpointOf(did: string, document: unknown): string {
  if (!isObject(document) || document.id !== did || !Array.isArray(document.service)) {
    throw new NetworkError('not_found');
  }
  const service: unknown = document.service.find(
    (one: unknown) =>
      isObject(one) &&
      (one.id === '#atproto_pds' || one.id === `${did}#atproto_pds`) &&
      one.type === 'AtprotoPersonalDataServer',
  );
  if (!isObject(service) || typeof service.serviceEndpoint !== 'string' || !URL.canParse(service.serviceEndpoint)) {
    throw new NetworkError('not_found');
  }
  return new URL(service.serviceEndpoint).origin;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
