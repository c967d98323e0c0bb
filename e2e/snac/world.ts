import { createHash } from 'node:crypto';
import { existsSync, globSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Login, Person, World } from '@secateur/networks/contract';
import { appsInMemory, createMastodon } from '@secateur/networks/mastodon';
import { nameOf, postsOn } from './posts.ts';
import { type Snac, startSnac } from './start.ts';
import { visitSnac } from './visit.ts';

/** Enough for every behaviour that asks for somebody by number. */
const CROWD = 52;
/** As many at once as a small machine has cores. */
const AT_ONCE = 4;
/** Real milliseconds that a follow may take: the server's queue is looked into every few seconds. */
const PATIENCE = 150_000;

/** A server of its own with a harasser, their followers, and the doors that no client has: its own files and commands. */
export async function snacWorld(): Promise<World> {
  const server = await startSnac();
  try {
    return await peopled(server);
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function peopled(server: Snac): Promise<World> {
  const actor = (name: string) => `http://${server.host}/${name}`;
  const person = (name: string): Person => ({ nativeId: actor(name), handle: `${name}@${server.host}` });
  const gate = { pass: async () => {} };
  const oauth = { appUrl: 'http://localhost:3420', apps: appsInMemory() };
  const port = createMastodon({ gate, pagingGate: gate, allowLoopback: true, oauth });
  let made = 0;
  const newLogin = async (): Promise<Login> => {
    const name = `login_${made++}`;
    return { ...person(name), password: server.addUser(name) };
  };
  const follow = async (from: Person, to: Person) => {
    server.follow(nameOf(from), to.nativeId);
    const known = join(server.home(nameOf(to)), 'followers', `${mark(from.nativeId)}.json`);
    for (const until = performance.now() + PATIENCE; !existsSync(known); await pause(100))
      if (performance.now() > until) throw new Error('nobody was told of a follow');
  };

  for (const name of ['loud', 'gone']) server.addUser(name);
  const crowd = Array.from({ length: CROWD }, (_, i) => `crowd_${i}`);
  for (let i = 0; i < CROWD; i += AT_ONCE)
    await Promise.all(crowd.slice(i, i + AT_ONCE).map((name) => server.addPerson(name)));
  const [harasser, suspended] = [person('loud'), person('gone')];
  await Promise.all(crowd.map((name) => follow(person(name), harasser)));
  server.removeUser('gone');

  const muted = (name: string) => join(server.home(name), 'muted');
  return {
    port,
    newLogin,
    linkTo: ({ nativeId }) => nativeId,
    unknown: `nobody@${server.host}`,
    harasser,
    crowd: crowd.map(person),
    deactivated: null,
    // Nobody is ever taken down here, only removed.
    suspended,
    follow,
    async blockByHand(by, subjects) {
      for (const one of subjects) writeFileSync(join(muted(nameOf(by)), mark(one)), `${one}\n`);
    },
    blocked: async (login) => {
      const dir = muted(nameOf(login));
      const held = existsSync(dir) ? readdirSync(dir).map((file) => readFileSync(join(dir, file), 'utf8').trim()) : [];
      return held.map((nativeId) => ({ nativeId, key: null }));
    },
    // It has no "no": whoever signs in allows everything.
    visit: (url, login) => visitSnac(url, { name: nameOf(login), password: login.password }),
    expireAccess: async (credentials) => credentials,
    revoke: async (login, credentials) => {
      for (const file of globSync(join(server.tokens, '*.json')))
        if (JSON.parse(readFileSync(file, 'utf8')).uid === nameOf(login)) rmSync(file);
      return credentials;
    },
    // Nobody can put an account away here, only remove it.
    deactivate: async (login) => server.removeUser(nameOf(login)),
    posts: postsOn(server, newLogin),
    settle: async () => {},
    now: () => new Date(),
    close: async () => {
      await port.close();
      await server.close();
    },
  };
}

/** By what it names files about somebody. */
function mark(actor: string): string {
  return createHash('md5').update(actor).digest('hex');
}
