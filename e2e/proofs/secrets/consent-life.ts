import { ANSWER_NAMES } from './answers.ts';
import { consent, consented, type Ended } from './consent.ts';
import { mutate } from './front.ts';
import { comes, connectionsOf, done, shield } from './life.ts';
import type { Account, Stage } from './stage.ts';

/**
 * What happens to somebody who consents at their own server, each step with a server that answers badly in so many ways: begun, finished, refused by its owner, renewed, revoked, given back. Ends with everybody connected. Returns the endings.
 */
export async function liveByConsent(stage: Stage, ways: number): Promise<Record<string, number>> {
  const { say, relay, control, consenting } = stage;
  const answers = ANSWER_NAMES.slice(0, ways);
  const [first] = consenting;
  if (!first) throw new Error('nobody consents');
  const endings: Record<string, number> = {};
  const ended = ({ problem }: Ended) => {
    const name = problem ?? 'connected';
    endings[name] = (endings[name] ?? 0) + 1;
  };
  for (const method of ['oauth/par', 'oauth/token']) {
    for (const answer of answers) {
      relay.arm('consent', method, answer);
      ended(await consent(stage, first));
      if (relay.armed() > 0) throw new Error(`nobody called ${method}: ${JSON.stringify(endings)}`);
    }
  }
  ended(await consent(stage, first, { no: true }));
  say('every consent was answered badly once in each way');
  for (const who of consenting) await consented(stage, who);
  await actByConsent(stage);

  for (const answer of answers) {
    relay.arm('consent', 'oauth/token', answer);
    await comes(
      stage,
      'a renewal is answered badly',
      async () => relay.armed() === 0,
      () => tend(stage, first),
    );
    await lettingIn(stage, first);
  }
  say('every renewal of a consent was answered badly once; it works again');

  for (const who of consenting) {
    await control.perform({ do: 'revoke-sessions', account: who.handle });
    await comes(
      stage,
      'a revoked session is seen',
      async () => (await stateOf(stage, who)) === 'revoked',
      () => tend(stage, who),
    );
    await consented(stage, who);
  }
  say('every consent was revoked at its server, and given again');

  for (const answer of answers) {
    relay.arm('consent', 'oauth/revoke', answer);
    await leave(stage, first);
    if (relay.armed() > 0) throw new Error('nothing was given back');
    await consented(stage, first);
  }
  const before = relay.counts.consents;
  for (const who of consenting) {
    await leave(stage, who);
    const sessions = (await control.grants(who.handle)).filter(({ dead, renewedAt }) => !dead && renewedAt > 0);
    if (who !== first && sessions.length > 0) throw new Error('a session outlived its being given back');
    await consented(stage, who);
  }
  say(`everything was given back when its owner left; ${relay.counts.consents - before} calls`);
  await actByConsent(stage);
  return endings;
}

const connectionOf = async (stage: Stage, { handle }: Account) =>
  (await connectionsOf(stage)).find((one) => one.handle === handle && one.state !== 'gone');
const stateOf = async (stage: Stage, who: Account) => (await connectionOf(stage, who))?.state;

/** Says that it is time to renew the session. */
async function tend({ admin }: Stage, { handle }: Account): Promise<void> {
  await admin.query("UPDATE connections SET tend_at = '2000-01-01' WHERE handle = $1", [handle]);
}

/** Has it renewed, by a new consent where the old one is over. */
async function lettingIn(stage: Stage, who: Account): Promise<void> {
  const issued = () => stage.canaries.count()['OAuth refresh token']?.worked ?? 0;
  const before = issued();
  await comes(
    stage,
    'a consent works again',
    async () => (await stateOf(stage, who)) === 'ready' && issued() > before,
    async () => {
      if ((await stateOf(stage, who)) === 'revoked') await consented(stage, who);
      await tend(stage, who);
    },
  );
}

/** Disconnects, and waits until the credentials are gone. */
async function leave(stage: Stage, who: Account): Promise<void> {
  const connection = await connectionOf(stage, who);
  await mutate(stage.front, 'connections.disconnect', { id: connection?.id, blocks: 'keep' });
  await comes(stage, 'a connection is gone', async () => (await connectionOf(stage, who)) === undefined);
}

/** A shield by everybody who consented. */
async function actByConsent(stage: Stage): Promise<void> {
  const handles = new Set(stage.consenting.map(({ handle }) => handle));
  const ids = (await connectionsOf(stage)).filter((one) => handles.has(one.handle)).map(({ id }) => id);
  for (const action of ['block', 'mute'] as const) await done(stage, await shield(stage, action, ids));
}
