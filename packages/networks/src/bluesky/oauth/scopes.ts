import type { Action } from '../../port.ts';

/** Proves whose an account is, and allows nothing: atproto.com/specs/oauth. Every request has to name it. */
const PROOF = 'atproto';

const BLOCK = 'app.bsky.graph.block';
const MUTING = ['app.bsky.graph.getMutes', 'app.bsky.graph.muteActor', 'app.bsky.graph.unmuteActor'];

/**
 * The least that each action needs: atproto.com/specs/permission. A mute is kept at whatever AppView the account's own
 * server works with, which only that server knows: hence any `aud`, of three methods.
 */
const NEEDED: Record<Action, string> = {
  block: `repo:${BLOCK}?action=create&action=delete`,
  mute: `rpc?${MUTING.map((lxm) => `lxm=${lxm}`).join('&')}&aud=*`,
};

/** What a server that knows no finer rights has for us: as much as an app password allows. */
const BROAD = 'transition:generic';

/** Everything that may ever be asked for: a client has to declare it beforehand. */
export const DECLARED = [PROOF, NEEDED.block, NEEDED.mute, BROAD].join(' ');

export function scopeFor(rights: readonly Action[], broad: boolean): string {
  if (rights.length === 0) return PROOF;
  return [PROOF, ...(broad ? [BROAD] : rights.map((right) => NEEDED[right]))].join(' ');
}

/** What a granted scope lets us do. People may take away from what was asked, and servers may word it differently. */
export function rightsIn(scope: string): Action[] {
  const granted = scope.split(' ').map(parse);
  const repo = (action: string) =>
    granted.some(
      (one) =>
        one.kind === 'repo' &&
        has(one.named('collection'), BLOCK) &&
        // Without an action it is all of them.
        (one.query.getAll('action').length === 0 || one.query.getAll('action').includes(action)),
    );
  const rpc = (lxm: string) => granted.some((one) => one.kind === 'rpc' && has(one.named('lxm'), lxm));
  if (isBroad(scope)) return ['block', 'mute'];
  const rights: Action[] = [];
  if (repo('create') && repo('delete')) rights.push('block');
  if (MUTING.every(rpc)) rights.push('mute');
  return rights;
}

export function isBroad(scope: string): boolean {
  return scope.split(' ').includes(BROAD);
}

/** `kind:positional?name=value&…`, where the positional part stands for the permission's main name. */
function parse(scope: string) {
  const [head = '', query = ''] = split(scope, '?');
  const [kind = '', positional] = split(head, ':');
  const parameters = new URLSearchParams(query);
  return {
    kind,
    query: parameters,
    named: (name: string) => (positional === undefined ? parameters.getAll(name) : [decodeURIComponent(positional)]),
  };
}

function split(text: string, at: string): string[] {
  const found = text.indexOf(at);
  return found < 0 ? [text] : [text.slice(0, found), text.slice(found + 1)];
}

function has(names: string[], wanted: string): boolean {
  return names.includes(wanted) || names.includes('*');
}
