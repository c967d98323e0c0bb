// A door for tests, on this machine only: what no client of the network may do, such as making accounts in bulk.
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';

const PARALLEL = 8;

/** Starts the control endpoint: POST /<verb> with a JSON body, answers JSON. */
export async function control(network, { bypass, jwtSecret }) {
  const verbs = verbsOf(network, bypass, jwtSecret);
  const server = createServer(async (request, response) => {
    const verb = verbs[request.url?.slice(1) ?? ''];
    const answer = (status, body) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}));
    };
    if (request.method !== 'POST' || verb === undefined) return answer(404, { error: 'no such verb' });
    try {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      answer(200, await verb(JSON.parse(Buffer.concat(chunks).toString() || '{}')));
    } catch (error) {
      answer(500, { error: String(error?.message ?? error) });
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

function verbsOf(network, bypass, jwtSecret) {
  const { pds } = network;
  const accounts = new Map();
  const headers = (did) => ({
    'content-type': 'application/json',
    'x-ratelimit-bypass': bypass,
    ...(did === undefined ? {} : { authorization: `Bearer ${accounts.get(did).accessJwt}` }),
  });
  const post = (path, body, by) =>
    call(pds.url, path, { method: 'POST', headers: headers(by), body: JSON.stringify(body) });
  const get = (path, query) => call(pds.url, `${path}?${new URLSearchParams(query)}`, { headers: headers() });

  /** Posts by at-URI: what answers and quotes have to name. */
  const written = new Map();
  const createRecord = (repo, record) =>
    post('com.atproto.repo.createRecord', { repo, collection: record.$type, record }, repo);

  return {
    /** {names, password?} → [{did, handle}]: accounts, with the limits bypassed. Without a password none can sign in. */
    accounts: ({ names, password }) =>
      each(names, async (name) => {
        const handle = `${name}.test`;
        const made = await post('com.atproto.server.createAccount', { handle, email: `${name}@example.com`, password });
        accounts.set(made.did, made);
        return { did: made.did, handle };
      }),

    /** {pairs: [[follower, subject], …]}: follow records, up to 200 in a commit. */
    async follows({ pairs }) {
      let age = pairs.length;
      const by = Map.groupBy(pairs, ([follower]) => follower);
      const batches = [...by].flatMap(([follower, its]) =>
        chunks(
          its.map(([, subject]) => create('app.bsky.graph.follow', subject, age--)),
          200,
        ).map((writes) => ({ follower, writes })),
      );
      await each(batches, ({ follower, writes }) =>
        post('com.atproto.repo.applyWrites', { repo: follower, writes }, follower),
      );
    },

    /** {did, subjects} → {keys}: blocks as another app would make them, keys chosen by the server. */
    async block({ did, subjects }) {
      const writes = subjects.map((subject) => create('app.bsky.graph.block', subject));
      const { results } = await post('com.atproto.repo.applyWrites', { repo: did, writes }, did);
      return { keys: results.map((one) => one.uri.split('/').at(-1)) };
    },

    /** {dids, uri?, as?, mentions?} → [{uri}]: each writes a post, which names `mentions` (DIDs), or answers (`as: 'reply'`) or quotes (`as: 'quote'`) the one at `uri`. */
    write({ dids, uri, as, mentions = [] }) {
      const now = Date.now();
      return each(dids, async (did, i) => {
        const about = uri === undefined ? null : written.get(uri);
        const record = {
          $type: 'app.bsky.feed.post',
          text: 'Look at this.',
          createdAt: new Date(now - i).toISOString(),
          ...(as === 'reply' && { reply: { parent: about.ref, root: about.root } }),
          ...(as === 'quote' && { embed: { $type: 'app.bsky.embed.record', record: about.ref } }),
          ...(mentions.length > 0 && {
            facets: mentions.map((did) => ({
              index: { byteStart: 0, byteEnd: 1 },
              features: [{ $type: 'app.bsky.richtext.facet#mention', did }],
            })),
          }),
        };
        const made = await createRecord(did, record);
        const ref = { uri: made.uri, cid: made.cid };
        written.set(made.uri, { ref, root: as === 'reply' ? about.root : ref });
        return { uri: made.uri };
      });
    },

    /** {dids, uri, as: 'like' | 'repost'}: each likes or reposts the post, no two at one instant (see `create`). */
    mark({ dids, uri, as }) {
      const now = Date.now();
      return each(dids, (did, i) =>
        createRecord(did, {
          $type: `app.bsky.feed.${as}`,
          subject: written.get(uri).ref,
          createdAt: new Date(now - i).toISOString(),
        }),
      );
    },

    /** {uri}: the record is deleted by whose it is. */
    remove({ uri }) {
      const [, , repo, collection, rkey] = uri.split('/');
      return post('com.atproto.repo.deleteRecord', { repo, collection, rkey }, repo);
    },

    /** {did, name, members} → {list, pack}: a moderation list, and a starter pack that leads to it. */
    async list({ did, name, members }) {
      const createdAt = new Date().toISOString();
      const { uri: list } = await createRecord(did, {
        $type: 'app.bsky.graph.list',
        purpose: 'app.bsky.graph.defs#modlist',
        name,
        createdAt,
      });
      const items = members.map((subject, i) => ({
        $type: 'com.atproto.repo.applyWrites#create',
        collection: 'app.bsky.graph.listitem',
        value: { $type: 'app.bsky.graph.listitem', subject, list, createdAt: new Date(Date.now() - i).toISOString() },
      }));
      for (const writes of chunks(items, 200)) await post('com.atproto.repo.applyWrites', { repo: did, writes }, did);
      const { uri: pack } = await createRecord(did, { $type: 'app.bsky.graph.starterpack', name, list, createdAt });
      return { list, pack };
    },

    /** {did, keys}: takes block records away as another app would. */
    unblock: ({ did, keys }) =>
      each(keys, (rkey) =>
        post('com.atproto.repo.deleteRecord', { repo: did, collection: 'app.bsky.graph.block', rkey }, did),
      ),

    /** {did, collection} → [{key, subject, createdAt}]: everything held, asked of the PDS itself, newest first. */
    async records({ did, collection }) {
      const all = [];
      for (let cursor; ; ) {
        const page = await get('com.atproto.repo.listRecords', {
          repo: did,
          collection,
          limit: '100',
          ...(cursor && { cursor }),
        });
        for (const { uri, value } of page.records) {
          all.push({ key: uri.split('/').at(-1), subject: value.subject, createdAt: value.createdAt });
        }
        if (page.cursor === undefined) return all;
        cursor = page.cursor;
      }
    },

    /** {did}: the account is put away by its owner. */
    deactivate: ({ did }) => post('com.atproto.server.deactivateAccount', {}, did),
    activate: ({ did }) => post('com.atproto.server.activateAccount', undefined, did),

    /** {did}: the account is taken down by the network, at its server and at the AppView. */
    async takedown({ did }) {
      const subject = { $type: 'com.atproto.admin.defs#repoRef', did };
      const body = JSON.stringify({ subject, takedown: { applied: true, ref: 'test' } });
      const admin = (authorization) => ({ method: 'POST', body, headers: { ...headers(), authorization } });
      await call(pds.url, 'com.atproto.admin.updateSubjectStatus', admin(pds.adminAuth()));
      await call(network.bsky.url, 'com.atproto.admin.updateSubjectStatus', admin(network.bsky.adminAuth()));
    },

    /** {did, name} → {password}: an app password. */
    appPassword: ({ did, name }) => post('com.atproto.server.createAppPassword', { name }, did),
    revokeAppPassword: ({ did, name }) => post('com.atproto.server.revokeAppPassword', { name }, did),

    /** {did}: all that the account has consented to is taken back, as its own settings page does it. */
    async revokeOAuth({ did }) {
      const { tokenManager } = pds.ctx.oauthProvider;
      for (const { id } of await tokenManager.listAccountTokens(did)) await tokenManager.deleteToken(id);
    },

    /** {token} → {token}: the same access token as if it had run out a minute ago. */
    expire({ token }) {
      const [head, payload] = token.split('.');
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
      const past = Math.floor(Date.now() / 1000) - 60;
      const body = Buffer.from(JSON.stringify({ ...claims, iat: past - 60, exp: past })).toString('base64url');
      const signature = createHmac('sha256', jwtSecret).update(`${head}.${body}`).digest('base64url');
      return { token: `${head}.${body}.${signature}` };
    },

    /** {}: returns when the AppView has seen everything that the PDS has. */
    settle: () => network.processAll(60_000),
  };
}

/**
 * `age` in milliseconds keeps records apart: two of one subject and one instant have one CID, and the AppView's
 * cursor (time, CID) then passes over all but one of them at the end of a page.
 */
function create(collection, subject, age = 0) {
  const value = { $type: collection, subject, createdAt: new Date(Date.now() - age).toISOString() };
  return { $type: 'com.atproto.repo.applyWrites#create', collection, value };
}

async function call(base, path, init) {
  const response = await fetch(`${base}/xrpc/${path}`, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return text === '' ? {} : JSON.parse(text);
}

async function each(items, work) {
  const results = new Array(items.length);
  let next = 0;
  const hand = async () => {
    for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i], i);
  };
  await Promise.all(Array.from({ length: PARALLEL }, hand));
  return results;
}

function chunks(items, size) {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
