/**
 * What the worker is measured against, as a process of its own: graphile-worker at its defaults, concurrency 24, one job
 * an effect. Each reads its row, makes one call through the official client, writes its row and completes. Signs in, says
 * "ready", and begins when it is told to.
 */
import { once } from 'node:events';
import { AtpAgent } from '@atproto/api';
import { run } from 'graphile-worker';

const { DATABASE_URL = '', SANDBOX_URL = '', PLAYERS = '[]' } = process.env;
const players: { id: number; handle: string; password: string }[] = JSON.parse(PLAYERS);
const BLOCK = 'app.bsky.graph.block';

const agents = new Map<number, AtpAgent>();
for (const { id, handle, password } of players) {
  const agent = new AtpAgent({ service: SANDBOX_URL });
  await agent.login({ identifier: handle, password });
  agents.set(id, agent);
}
process.stdout.write('ready\n');
await once(process.stdin, 'data');
process.stdin.unref();

const runner = await run({
  connectionString: DATABASE_URL,
  concurrency: 24,
  noHandleSignals: true,
  taskList: {
    async block(payload, { query }) {
      const { id } = payload as { id: number };
      const { rows } = await query<{ account: number; subject: string }>(
        'SELECT account, subject FROM wanted WHERE id = $1',
        [id],
      );
      const row = rows[0];
      const agent = row && agents.get(row.account);
      if (!agent) throw new Error('no such row');
      const { data } = await agent.com.atproto.repo.createRecord({
        repo: agent.assertDid,
        collection: BLOCK,
        record: { $type: BLOCK, subject: row.subject, createdAt: new Date().toISOString() },
      });
      await query("UPDATE wanted SET state = 'applied', uri = $2, confirmed_at = now() WHERE id = $1", [id, data.uri]);
    },
  },
});
process.once('SIGTERM', () => void runner.stop());
await runner.promise;
