import { createBluesky } from '@secateur/networks/bluesky';
import type { SandboxControl } from '@secateur/sandbox';

/** A connected account and those it is to block. */
export type Player = {
  handle: string;
  password: string;
  did: string;
  /** As the adapter made them when it signed in. */
  credentials: string;
  /** The account's latest commit. */
  head: string | null;
  /** Where a look for records made by hand begins. */
  mark: string | null;
  targets: string[];
};

/** Sign-ins at a time. */
const AT_ONCE = 16;

/** Makes accounts in a sandbox and signs each in through the adapter; the crowd of one harasser is shared out among them. */
export async function castPlayers(
  sandbox: { url: string; control: SandboxControl },
  accounts: number,
  targetsEach: number,
): Promise<Player[]> {
  const { url, control } = sandbox;
  const password = 'proof-pass-word-1';
  const handles = Array.from({ length: accounts }, (_, i) => `player${i}.sandbox.test`);
  await control.addAccounts([
    { handle: 'harasser.sandbox.test', followers: accounts * targetsEach },
    ...handles.map((handle) => ({ handle, password })),
  ]);
  const crowd = await control.followers('harasser.sandbox.test', 0, accounts * targetsEach);
  const port = createBluesky({
    appviewUrl: url,
    plcUrl: url,
    entrywayUrl: url,
    gate: { pass: async () => {} },
    allowLoopback: true,
  });
  const players: Player[] = [];
  for (let from = 0; from < accounts; from += AT_ONCE) {
    const some = handles.slice(from, from + AT_ONCE).map(async (handle, i): Promise<Player> => {
      const { profile, credentials } = await port.signIn(handle, password);
      const head = await port.actFor(credentials, (renew) => renew(credentials)).head();
      const first = (from + i) * targetsEach;
      const targets = crowd.slice(first, first + targetsEach).map((person) => person.did);
      return { handle, password, did: profile.nativeId, credentials, head, mark: port.keyAt(new Date()), targets };
    });
    players.push(...(await Promise.all(some)));
  }
  await port.close();
  return players;
}
