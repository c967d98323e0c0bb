import { expect, test } from 'vitest';
import type { GuardedFetch } from '../http/index.ts';
import { serverOf } from './did.ts';

const DID = 'did:plc:44ybard66vv44zksje25o7dz';
const service = (endpoint: string, id = '#atproto_pds') => ({
  id,
  type: 'AtprotoPersonalDataServer',
  serviceEndpoint: endpoint,
});

/** Asks for the server of a DID whose document is answered; `asked` holds the hosts at the gate and the addresses. */
async function serverIn(document: unknown, did = DID, status = 200) {
  const asked: string[] = [];
  const fetch = Object.assign(
    async (url: URL) => {
      asked.push(url.href);
      return new Response(JSON.stringify(document), { status });
    },
    { close: async () => {} },
  ) satisfies GuardedFetch;
  const gate = {
    pass: async (host: string) => {
      asked.push(host);
    },
  };
  const server = await serverOf(did, { plcUrl: 'https://plc.example', fetch, gate });
  return { server, asked };
}

test('the directory answers for did:plc, after the gate', async () => {
  expect(await serverIn({ id: DID, service: [service('https://pds.example/some/path')] })).toEqual({
    server: 'https://pds.example',
    asked: ['plc.example', `https://plc.example/${DID}`],
  });
});

test('the host answers for did:web', async () => {
  const did = 'did:web:alice.example';
  const { asked } = await serverIn({ id: did, service: [service('https://pds.example', `${did}#atproto_pds`)] }, did);
  expect(asked).toEqual(['alice.example', 'https://alice.example/.well-known/did.json']);
});

test.each([
  ['a document of another', { id: 'did:plc:other', service: [service('https://pds.example')] }],
  ['no services', { id: DID }],
  ['another kind of service', { id: DID, service: [service('https://pds.example', '#atproto_labeler')] }],
  ['no address', { id: DID, service: [service('not an address')] }],
  ['nothing', null],
])('%s names no server', async (_, document) => {
  await expect(serverIn(document)).rejects.toMatchObject({ problem: 'not_found' });
});

test.each(['did:web:alice.example%3A8443', 'did:web:alice.example:users:bob', 'did:key:z6Mk', 'nonsense'])(
  '%s is not a DID that an account can have',
  async (did) => {
    await expect(serverIn({ id: did, service: [service('https://pds.example')] }, did)).rejects.toMatchObject({
      problem: 'not_found',
    });
  },
);

test('an unknown DID is not found, an ailing directory is down', async () => {
  await expect(serverIn({}, DID, 404)).rejects.toMatchObject({ problem: 'not_found' });
  await expect(serverIn({}, DID, 502)).rejects.toMatchObject({ problem: 'down' });
});
