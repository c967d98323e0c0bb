import { Writable } from 'node:stream';
import { type Clock, logOptions, newId } from '@secateur/base';
import { connect, listConnections, reconnect } from '@secateur/core/connections';
import { connectInput, disconnectInput, reconnectInput } from '@secateur/core/connections/schemas';
import type { Actor } from '@secateur/core/context';
import { disconnect } from '@secateur/core/leaving';
import { answerFlow, beginConnecting, beginSignIn, connectProven, takeProof, viewFlow } from '@secateur/core/oauth';
import { connectFlowInput } from '@secateur/core/oauth/schemas';
import { getPreview, getShield, raise, startPreview } from '@secateur/core/shields';
import { previewInput, shieldInput } from '@secateur/core/shields/schemas';
import { actorOf, welcome } from '@secateur/core/tenants';
import { createDb, type PrismaClient } from '@secateur/db';
import { createRpc, type RpcContext } from '@secateur/rpc';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { pino } from 'pino';
import { type Asker, openAsker, type Urls } from '../shared/database.ts';
import { until } from '../shared/until.ts';
import type { Front } from './front.ts';

type Context = RpcContext<Actor> & { prisma: PrismaClient; clock: Clock; sealingKey: string };

const ORIGIN = 'http://localhost';
/** Seconds that workers may take over one step of a sign-in. */
const PATIENCE = 60;

/** The web app's procedures in this process, with its role at the database and its log: quick to start. */
export async function coreFront(urls: Urls, clock: Clock, publicKey: string): Promise<Front> {
  const browser = newId();
  const { memberProcedure, router } = createRpc<Actor, Context>();
  const routes = router({
    connections: router({
      list: memberProcedure.query(({ ctx }) => listConnections(ctx)),
      connect: memberProcedure.input(connectInput).mutation(({ ctx, input }) => connect(ctx, input)),
      beginConsent: memberProcedure
        .input(connectFlowInput)
        .mutation(({ ctx, input }) => beginConnecting({ ...ctx, browser }, input)),
      disconnect: memberProcedure.input(disconnectInput).mutation(({ ctx, input }) => disconnect(ctx, input)),
      reconnect: memberProcedure.input(reconnectInput).mutation(({ ctx, input }) => reconnect(ctx, input)),
    }),
    shields: router({
      startPreview: memberProcedure.input(previewInput).mutation(({ ctx, input }) => startPreview(ctx, input)),
      preview: memberProcedure.input(shieldInput).query(({ ctx, input }) => getPreview(ctx, input)),
      raise: memberProcedure.input(shieldInput).mutation(({ ctx, input }) => raise(ctx, input)),
      get: memberProcedure.input(shieldInput).query(({ ctx, input }) => getShield(ctx, input)),
    }),
  });
  const said: Buffer[] = [];
  const heard: Buffer[] = [];
  const stream = new Writable({ write: (chunk, _, done) => done(void said.push(Buffer.from(chunk))) });
  const log = pino(logOptions('web', 'debug'), stream);
  const db = createDb(urls.web, { max: 4 });
  const web = { prisma: db.prisma, clock };
  const admin: Asker = await openAsker(urls.admin);
  const arrive = async () => {
    const id = newId();
    const user = { id, email: `${id}@example.test` };
    await admin.ask('INSERT INTO users (id, email) VALUES ($1, $2)', [user.id, user.email]);
    await welcome(web, user.id, 'Somebody');
    return user;
  };
  const user = await arrive();
  let sealingKey = publicKey;
  return {
    async send(path, request) {
      const response = await fetchRequestHandler({
        endpoint: '/api/trpc',
        req: new Request(new URL(path, ORIGIN), request),
        router: routes,
        allowMethodOverride: true,
        createContext: () => ({ ...web, user, actorOf: (id) => actorOf(web, id, null), log, sealingKey }),
      });
      const text = await response.text();
      heard.push(Buffer.from(JSON.stringify([...response.headers])), Buffer.from(text));
      return { status: response.status, text };
    },
    async step(flow) {
      const { state, url, back, problem } = await viewFlow({ ...web, browser }, { id: flow });
      if (state === 'refused') return { problem: problem ?? '' };
      if (state === 'done') return { go: back };
      return state === 'send' && url !== null ? { go: url } : {};
    },
    async comeBack(query) {
      await answerFlow({ ...web, browser, sealingKey }, query);
    },
    async signIn(handle, visit, stays) {
      const theirs = { ...web, browser: newId(), sealingKey };
      const { id } = await beginSignIn(theirs, {
        network: 'bluesky',
        account: handle,
        connect: true,
        back: '/accounts',
      });
      const comesTo = (state: string) =>
        until(`a sign-in comes to ${state}`, PATIENCE, async () => (await viewFlow(theirs, { id })).state === state);
      await comesTo('send');
      const { url } = await viewFlow(theirs, { id });
      await answerFlow(theirs, await visit(url ?? ''));
      if (!stays) return id;
      await comesTo('proven');
      await takeProof(theirs, { id });
      const actor = await actorOf(web, (await arrive()).id, null);
      if (actor === null) throw new Error('nobody arrived');
      await connectProven({ ...theirs, actor }, { id });
      return id;
    },
    heard: () => Buffer.concat(heard),
    printed: () => Buffer.concat(said),
    async sealTo(key) {
      sealingKey = key;
    },
    close: async () => void (await Promise.all([db.close(), admin.close()])),
  };
}
