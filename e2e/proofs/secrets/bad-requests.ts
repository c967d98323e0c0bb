import { mutate } from './front.ts';
import { comes, connectionsOf } from './life.ts';
import type { Stage } from './stage.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Everything that a browser, or somebody with one, may send wrongly, each with a password of its own inside. */
export async function sendBadly(stage: Stage): Promise<number> {
  const { front, canaries, admin } = stage;
  const input = (more: object) => ({
    network: 'bluesky',
    handle: 'nobody.sandbox.test',
    password: canaries.password(),
    ...more,
  });
  const body = (more: object) => JSON.stringify({ json: input(more) });
  const connect = '/api/trpc/connections.connect';
  const bodies: [path: string, body: string, headers?: Record<string, string>][] = [
    [connect, body({ password: { inside: canaries.password() } })],
    [connect, body({ password: `${canaries.password()}${'x'.repeat(300)}` })],
    [connect, body({ network: canaries.password() })],
    [connect, body({ handle: 'a\u0000b' })],
    [connect, body({}).slice(0, -2)],
    [connect, `{"json": ${canaries.password()}`],
    [connect, JSON.stringify([canaries.password()])],
    [connect, body({}), { 'content-type': 'text/plain' }],
    [connect, body({}), { 'content-type': 'multipart/form-data; boundary=x' }],
    [connect, body({}), { 'content-type': 'application/json', 'x-note': encodeURIComponent(canaries.password()) }],
    [`${connect},connections.nothing?batch=1`, JSON.stringify({ 0: { json: input({}) }, 1: { json: input({}) } })],
    ['/api/trpc/connections.nothing', body({})],
    ['/api/trpc/connections.reconnect', JSON.stringify({ json: { id: 'none', password: canaries.password() } })],
    [
      '/api/trpc/connections.reconnect',
      JSON.stringify({ json: { id: '01900000-0000-7000-8000-000000000000', password: canaries.password() } }),
    ],
  ];
  for (const [path, sent, headers = JSON_TYPE] of bodies)
    await front.send(path, { method: 'POST', headers, body: sent });

  // A database that refuses the row, with the row in its words.
  await admin.query(`ALTER TABLE connections ADD CONSTRAINT proof CHECK (handle <> 'refused.sandbox.test') NOT VALID`);
  await front.send(connect, { method: 'POST', headers: JSON_TYPE, body: body({ handle: 'refused.sandbox.test' }) });
  await admin.query('ALTER TABLE connections DROP CONSTRAINT proof');

  // Somebody else's password, and one for nobody: only the network can say so.
  const wrong = [stage.accounts.at(-1)?.handle ?? '', 'nobody.sandbox.test'];
  for (const handle of wrong) await mutate(front, 'connections.connect', input({ handle }));
  await comes(stage, 'wrong passwords are refused', async () => {
    const refused = (await connectionsOf(stage)).filter((one) => one.state === 'refused').map((one) => one.handle);
    return wrong.every((handle) => refused.includes(handle));
  });
  await admin.query(`DELETE FROM connections WHERE handle = 'nobody.sandbox.test'`);
  return bodies.length + 1 + wrong.length;
}
