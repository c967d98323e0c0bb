#!/usr/bin/env node
// Needs Node 20 or newer and npm, and nothing else: gets pnpm, installs what the lockfile names when it has changed,
// then runs a script of this folder with the Node that the lockfile pins. `node run.mjs up|test|check|prove …`
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const begun = Date.now();
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const [, , script = 'up', ...args] = process.argv;
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const pnpm = `pnpm@${manifest.devEngines.packageManager.version}`;

const env = {
  ...process.env,
  // pnpm would otherwise ask before it replaces node_modules.
  CI: process.env.CI ?? '1',
  CHECKPOINT_DISABLE: '1',
  DO_NOT_TRACK: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  TURBO_TELEMETRY_DISABLED: '1',
};

const lock = createHash('sha256')
  .update(readFileSync(join(root, 'pnpm-lock.yaml')))
  .update(readFileSync(join(root, 'pnpm-workspace.yaml')))
  .digest('hex');
const stampFile = join(root, 'node_modules/.installed.json');
let stamp = readStamp();
if (stamp.lock !== lock || !existsSync(stamp.pnpm)) {
  say(`getting ${pnpm}`);
  const bin = pnpmFolder();
  say('installing packages');
  runOrExit('pnpm', ['install', '--frozen-lockfile', '--reporter=append-only'], bin);
  stamp = { lock, pnpm: bin };
  writeFileSync(stampFile, JSON.stringify(stamp));
  say('packages installed');
}

const pinned = join(root, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
const node = existsSync(pinned) ? pinned : process.execPath;
if (node === process.execPath && Number(process.versions.node.split('.')[0]) < 24) {
  fail(`There is no packaged Node for ${process.platform}-${process.arch}: run this with Node 24 or newer.`);
}

// pnpm stays on the PATH because turbo runs it.
const path = [dirname(node), join(root, 'node_modules/.bin'), stamp.pnpm, env.PATH].join(delimiter);
const child = spawn(node, [join(root, 'infra/launcher', `${script}.ts`), ...args], {
  cwd: root,
  stdio: 'inherit',
  env: { ...env, PATH: path, LAUNCHER_BEGUN: String(begun) },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));

function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return {};
  }
}

/** npm keeps what it runs in a cache; this asks for the folder of that cache that pnpm is in. */
function pnpmFolder() {
  const asked = ['exec', '--yes', `--package=${pnpm}`, '--', 'node', '-p', 'process.env.PATH'];
  const found = spawnSync('npm', asked, { cwd: root, encoding: 'utf8', env });
  if (found.status !== 0) fail(`npm could not get ${pnpm}:\n${found.stderr}`);
  const folders = found.stdout.trim().split('\n').at(-1).split(delimiter);
  const folder = folders.find((one) => existsSync(join(one, 'pnpm')));
  if (!folder) fail(`npm got ${pnpm} but put it nowhere on the PATH.`);
  return folder;
}

function runOrExit(command, its, folder) {
  const done = spawnSync(command, its, {
    cwd: root,
    stdio: 'inherit',
    env: { ...env, PATH: folder + delimiter + env.PATH },
  });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

function say(text) {
  process.stdout.write(`[${((Date.now() - begun) / 1000).toFixed(1).padStart(5)} s] ${text}\n`);
}

function fail(text) {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
