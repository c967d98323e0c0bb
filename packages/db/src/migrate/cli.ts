/** `node cli.ts deploy`, `drift` or `create <name>`, on the database that DATABASE_URL names. */
import { create } from './create.ts';
import { deploy } from './deploy.ts';
import { drift } from './drift.ts';
import { databaseUrl } from './env.ts';

const say = (text: string) => {
  process.stdout.write(`${text}\n`);
};

const commands: Record<string, (url: string, argument: string | undefined) => Promise<void>> = {
  async deploy(url) {
    const applied = await deploy(url);
    say(applied.length === 0 ? 'nothing to apply' : applied.join('\n'));
  },
  async drift(url) {
    const sql = await drift(url);
    say(sql ?? 'the migrations and the schema agree');
    process.exitCode = sql === null ? 0 : 1;
  },
  async create(url, name) {
    if (!name) throw new Error('create needs a name');
    const file = await create(url, name);
    say(file ?? 'the migrations and the schema agree');
  },
};

const [name = '', argument] = process.argv.slice(2);
const command = commands[name];
if (!command) throw new Error('deploy, drift or create <name>?');
await command(databaseUrl(), argument);
