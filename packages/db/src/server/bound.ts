import { existsSync } from 'node:fs';

const SETPRIV = '/usr/bin/setpriv';
type Command = [string, ...string[]];

/**
 * A command whose process gets `signal` from the kernel when ours ends, be it by SIGKILL. Needs util-linux, which every
 * Debian has; without it the command is returned as it is.
 */
export function bound(signal: 'INT' | 'TERM', command: Command): Command {
  return existsSync(SETPRIV) ? [SETPRIV, '--pdeathsig', signal, '--', ...command] : command;
}
