import { type Clock, newId } from '@secateur/base';
import { connect, listConnections } from '@secateur/core/connections';
import type { MemberContext } from '@secateur/core/context';
import { listTargets } from '@secateur/core/shields';
import type { TargetView } from '@secateur/core/shields/schemas';
import { welcome } from '@secateur/core/tenants';
import { createDb } from '@secateur/db';
import type { Asker, Urls } from '../shared/database.ts';
import { until } from '../shared/until.ts';

export type Login = { handle: string; password: string };

/** The victim at the web app: signed up, with nothing that a browser's session couldn't do. */
export type Person = MemberContext & { sealingKey: string; close(): Promise<void> };

export async function signUp(urls: Urls, admin: Asker, clock: Clock, sealingKey: string): Promise<Person> {
  const userId = newId();
  await admin.ask('INSERT INTO users (id, email) VALUES ($1, $2)', [userId, `${userId}@example.test`]);
  const db = createDb(urls.web, { max: 2 });
  const web = { prisma: db.prisma, clock };
  return { ...web, actor: await welcome(web, userId, 'Somebody'), sealingKey, close: () => db.close() };
}

/** Connects an account and waits until a worker has signed in. */
export async function connectAccount(person: Person, { handle, password }: Login): Promise<string> {
  const { id } = await connect(person, { network: 'bluesky', handle, password });
  await until('the account is connected', 60, async () => {
    const [connection] = await listConnections(person);
    if (connection?.problem) throw new Error(`the connection: ${connection.problem}`);
    return connection?.state === 'ready';
  });
  return id;
}

/** Every target of a shield, as its page shows them. */
export async function targetsOf(person: Person, id: string): Promise<TargetView[]> {
  const all: TargetView[] = [];
  let after: { profileId: string; accountId: string } | null = null;
  do {
    const page: Awaited<ReturnType<typeof listTargets>> = await listTargets(person, { id, filter: 'all', after });
    all.push(...page.items);
    after = page.next;
  } while (after);
  return all;
}
