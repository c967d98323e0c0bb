import { type ActingAccount, type Credentials, NetworkError, type NetworkPort } from '@secateur/networks/port';

const BLOCK = 'app.bsky.graph.block';

/** An adapter that leaves the keys to the network, as most clients do: our key is not sent, and neither is a fence. */
export function serverKeys(port: NetworkPort): NetworkPort {
  return {
    ...port,
    actFor(credentials, rotated): ActingAccount {
      const account = port.actFor(credentials, rotated);
      return {
        ...account,
        head: async () => null,
        apply: async (_action, writes, _fence, at) => {
          await create(
            credentials,
            writes.map((w) => w.nativeId),
            at,
          );
          return { head: null, report: null };
        },
      };
    },
  };
}

async function create(credentials: Credentials, subjects: string[], at: Date): Promise<void> {
  const { did, pds, accessJwt }: { did: string; pds: string; accessJwt: string } = JSON.parse(credentials);
  const writes = subjects.map((subject) => ({
    $type: 'com.atproto.repo.applyWrites#create',
    collection: BLOCK,
    value: { $type: BLOCK, subject, createdAt: at.toISOString() },
  }));
  const response = await fetch(`${pds}/xrpc/com.atproto.repo.applyWrites`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessJwt}`, 'content-type': 'application/json' },
    body: JSON.stringify({ repo: did, writes }),
  }).catch((cause) => {
    throw new NetworkError('down', { uncertain: true, cause });
  });
  if (!response.ok) throw new NetworkError('untyped', { uncertain: true });
}
