import type { Db } from '@secateur/db';
import type { NetworkPort, OAuthPort } from '@secateur/networks/port';

type Signed = Awaited<ReturnType<OAuthPort['finish']>>;

/** An adapter whose consents end with what `spoil` makes of them. */
function finishing(port: NetworkPort, spoil: (signed: Signed) => Promise<Signed>): NetworkPort {
  const { oauth } = port;
  if (oauth === null) return port;
  return { ...port, oauth: { ...oauth, finish: async (secret, answer) => spoil(await oauth.finish(secret, answer)) } };
}

/** Keeps the private key of a consent in a column of the profile. */
export function keyInProfile(port: NetworkPort): NetworkPort {
  return finishing(port, async ({ profile, credentials }) => ({
    profile: { ...profile, displayName: JSON.parse(credentials).key.d },
    credentials,
  }));
}

/** Adds a job that holds the refresh token of a consent. Nobody knows what to do with it; it waits. */
export function tokenInJob(port: NetworkPort, { prisma }: Db): NetworkPort {
  return finishing(port, async (signed) => {
    const payload = JSON.stringify({ refresh: JSON.parse(signed.credentials).refresh });
    await prisma.$executeRaw`
      select queue.enqueue('background', 'oauth.forgotten', ${payload}::json, null, 0, 1)`;
    return signed;
  });
}
