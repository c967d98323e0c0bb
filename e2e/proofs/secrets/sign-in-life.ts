import { ANSWER_NAMES } from './answers.ts';
import { visit } from './consent.ts';
import { comes } from './life.ts';
import type { Stage } from './stage.ts';

/**
 * What happens to those who sign in at their own server and consent to being connected there and then: what they consented to
 * waits, sealed, until they are let in. One is, and is connected; the others never come back, and what waits for them is given
 * back, to a server that answers badly in so many ways and once well. Returns how many of each there were.
 */
export async function liveBySigningIn(
  stage: Stage,
  ways: number,
): Promise<{ connected: number; waiting: number; givenBack: number }> {
  const { front, admin, relay, control, say } = stage;
  const [newcomer, absent] = stage.newcomers;
  if (!newcomer || !absent) throw new Error('nobody is new');
  const signIn = (who: typeof newcomer, stays: boolean) =>
    front.signIn(who.handle, (url) => visit(stage, who, url), stays);

  await signIn(newcomer, true);
  await comes(stage, 'who signed in is connected', async () => {
    const { rowCount } = await admin.query(
      "SELECT FROM connections WHERE handle = $1 AND state = 'ready' AND way = 'oauth' AND sealed IS NOT NULL",
      [newcomer.handle],
    );
    return rowCount === 1;
  });

  const answers = ANSWER_NAMES.slice(0, ways);
  const ids: string[] = [];
  for (let n = 0; n <= answers.length; n += 1) ids.push(await signIn(absent, false));
  const waiting = async (stage: string) => {
    const of = 'SELECT FROM oauth_flows WHERE id = ANY($1) AND stage = $2 AND secret IS NOT NULL';
    return (await admin.query(of, [ids, stage])).rowCount;
  };
  await comes(stage, 'consents wait for who gave them', async () => (await waiting('proven')) === ids.length);
  for (const answer of answers) relay.arm('consent', 'oauth/revoke', answer);
  await admin.query('UPDATE oauth_flows SET expires_at = clock_timestamp() WHERE id = ANY($1)', [ids]);
  await comes(
    stage,
    'nobody came for a consent: it is forgotten',
    async () => (await admin.query('SELECT FROM oauth_flows WHERE id = ANY($1)', [ids])).rowCount === 0,
  );
  if (relay.armed() > 0) throw new Error('what nobody came for was not given back');
  const givenBack = (await control.grants(absent.handle)).filter(({ dead }) => dead).length;
  if (givenBack === 0) throw new Error('a session that nobody came for outlived its being given back');
  say(`somebody was connected by signing in; ${ids.length} never came back, and nothing waits for them`);
  return { connected: 1, waiting: ids.length, givenBack };
}
