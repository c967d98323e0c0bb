import type { Site } from '../site.ts';
import { personByDid, personByName } from '../state/people.ts';
import { invalid } from './errors.ts';
import { type Method, requiredParam } from './method.ts';

/** com.atproto.identity.resolveHandle. */
export const resolveHandle: Method = {
  verb: 'GET',
  pds: true,
  run: (call) => {
    const person = personByName(call.site.state, requiredParam(call, 'handle'));
    if (person === null || person.status === 'deleted') throw invalid('Unable to resolve handle', 'HandleNotFound');
    return { did: person.did };
  },
};

/** The document that the PLC directory serves for a DID: everybody's server is this one. Null for an unknown DID. */
export function didDocument(site: Site, did: string): object | null {
  const person = personByDid(site.state, did);
  if (person === null || person.status === 'deleted') return null;
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    alsoKnownAs: [`at://${person.handle}`],
    verificationMethod: [],
    service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: site.origin }],
  };
}
