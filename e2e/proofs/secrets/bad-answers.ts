import { ANSWER_NAMES } from './answers.ts';
import { mutate } from './front.ts';
import { actEverywhere, allReady, comes, connectionsOf, done, mend, shield } from './life.ts';
import type { Stage } from './stage.ts';

const SIGN_IN = 'com.atproto.server.createSession';
const RENEW = 'com.atproto.server.refreshSession';
const BLOCK = 'com.atproto.repo.applyWrites';
const READ = 'app.bsky.graph.getMutes';
const MUTE = 'app.bsky.graph.muteActor';

/** Has every kind of call answered badly once for each account, each account in its own way, and mends what broke. */
export async function answerBadly(stage: Stage): Promise<void> {
  const { say } = stage;
  let again = true;
  await struck(stage, SIGN_IN, async () => {
    // An account that works already signs in once more.
    if (again) await reconnectReady(stage);
    again = false;
    await mend(stage);
  });
  await allReady(stage);
  say('every sign-in was answered badly once; all accounts are connected');
  for (const [method, action] of [
    [BLOCK, 'block'],
    [MUTE, 'mute'],
  ] as const) {
    await allReady(stage);
    const ids = (await connectionsOf(stage)).map((one) => one.id);
    let id = '';
    await struck(stage, method, async () => {
      id ||= await shield(stage, action, ids);
      await mend(stage);
    });
    await done(stage, id);
    say(`every ${action} was answered badly once; all are done`);
  }
  await allReady(stage);
  stage.relay.expire(1);
  // Nothing is called without a token that has run out, so each renewal is asked for, and answered badly.
  let id = '';
  const ids = (await connectionsOf(stage)).map((one) => one.id);
  await struck(stage, RENEW, async () => {
    id ||= await shield(stage, 'block', ids);
    await mend(stage);
  });
  stage.relay.expire(0);
  await done(stage, id);
  say('every renewal was answered badly once; all are done');
  await struck(stage, READ, () => wakeReadings(stage));
  await actEverywhere(stage, 'mute');
}

async function reconnectReady(stage: Stage): Promise<void> {
  for (const { id, handle, state } of await connectionsOf(stage)) {
    const password = stage.accounts.find((one) => one.handle === handle)?.password;
    if (state === 'ready' && password !== undefined)
      await mutate(stage.front, 'connections.reconnect', { id, password });
  }
}

/** Arms an answer for each account and does `so` until all were given. */
async function struck(stage: Stage, method: string, so: () => Promise<void>): Promise<void> {
  for (const [i, { did }] of stage.accounts.entries()) {
    const answer = ANSWER_NAMES[i % ANSWER_NAMES.length];
    if (answer) stage.relay.arm(did, method, answer);
  }
  await so();
  await comes(stage, `${method} was answered badly for every account`, async () => stage.relay.armed() === 0, so);
}

async function wakeReadings(stage: Stage): Promise<void> {
  await mend(stage);
  await stage.admin.query("UPDATE readings SET wake_at = '2000-01-01', tries = 0 WHERE kind = 'mutes'");
}
