import { expect } from 'vitest';
import {
  type ActingAccount,
  type Action,
  type Credentials,
  type CrowdKind,
  type HeldPage,
  NetworkError,
  type OAuthPort,
  type Write,
} from '../port.ts';
import { keeping } from './keeping.ts';
import type { Login, Person, Visit, World } from './world.ts';

export type Acting = { login: Login; credentials: Credentials; account: ActingAccount };

/** The action that stands for every write in what all networks must do: a block, or a mute where nobody can be blocked. */
export function deedOf({ port }: World): Action {
  return port.abilities.block === null ? 'mute' : 'block';
}

/** Signs a new account in, one way or another. */
export type SignIn = (world: World) => Promise<Acting>;

/** With an app password. */
export const act: SignIn = async (world) => {
  const login = await world.newLogin();
  const { credentials } = await world.port.signIn(login.handle, login.password);
  return { login, credentials, account: world.port.actFor(credentials, keeping(credentials).renewal) };
};

/** At the account's own server, in a browser. */
export const actByOAuth: SignIn = (world) => actAllowing(world, ['block', 'mute']);

/** The same, asking for `rights` and to read `crowds`; `visit` is what the person does there. */
export async function actAllowing(
  world: World,
  rights: Action[],
  visit: Visit = {},
  crowds: CrowdKind[] = [],
): Promise<Acting> {
  const login = await world.newLogin();
  const { url, secret } = await oauth(world).begin(login.handle, rights, crowds);
  const { credentials } = await oauth(world).finish(secret, await world.visit(url, login, visit));
  return { login, credentials, account: world.port.actFor(credentials, keeping(credentials).renewal) };
}

export function oauth(world: World): OAuthPort {
  if (world.port.oauth === null) throw new Error('the adapter of this world has no OAuth');
  return world.port.oauth;
}

/** Writes with fresh keys for as many of the crowd as asked, from the `from`th on, going round. */
export function writesFor(world: World, count: number, from = 0): Write[] {
  const keys = world.port.newKeys(count, null);
  return keys.map((key, i) => ({ nativeId: nth(world.crowd, (from + i) % world.crowd.length).nativeId, key }));
}

export function nth(people: Person[], at: number): Person {
  const person = people[at];
  if (person === undefined) throw new Error(`the world has no person number ${at}`);
  return person;
}

/** The error that a call ends with. */
export async function refusal(call: Promise<unknown>): Promise<NetworkError> {
  const error = await call.then(
    () => null,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(NetworkError);
  return error as NetworkError;
}

/** Every page of a list. */
export async function all(page: (cursor: string | null) => Promise<HeldPage>): Promise<HeldPage['items']> {
  const items: HeldPage['items'] = [];
  for (let cursor: string | null = null; ; ) {
    const next: HeldPage = await page(cursor);
    items.push(...next.items);
    if (next.cursor === null) return items;
    cursor = next.cursor;
  }
}
