import { isLoopback } from '../http/index.ts';
import { NetworkError } from '../port.ts';

/** How hosts that strangers name become addresses; loopback ones are reached over http, where they may be at all. */
export type Hosts = {
  /** The origin of a host as handles name it. Throws `not_found` for what is no host. */
  originOf(host: string): string;
  /** The origin of an actor. Throws `not_found` for what is no actor's URI. */
  serverOf(actor: string): string;
};

const NAME = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;
const HERE = /^(?:localhost|127\.\d+\.\d+\.\d+):\d+$/;
const LONGEST_ACTOR = 500;

export function createHosts(allowLoopback: boolean): Hosts {
  const here = (host: string) => allowLoopback && HERE.test(host) && isLocal(host.replace(/:\d+$/, ''));
  const originOf = (host: string) => {
    const name = canonical(host);
    if (here(name)) return `http://${name}`;
    if (!NAME.test(name)) throw new NetworkError('not_found');
    return `https://${name}`;
  };
  return {
    originOf,
    serverOf(actor) {
      const url = URL.canParse(actor) && actor.length <= LONGEST_ACTOR ? new URL(actor) : null;
      if (url === null || url.username !== '' || url.password !== '' || url.hash !== '')
        throw new NetworkError('not_found');
      const origin = originOf(url.host);
      if (url.origin !== origin) throw new NetworkError('not_found');
      return origin;
    },
  };
}

/** As addresses spell it: lower case, international names in their ASCII form. */
function canonical(host: string): string {
  if (/[@/?#\\\s]/.test(host)) return '';
  const url = `https://${host}`;
  return URL.canParse(url) ? new URL(url).host : '';
}

function isLocal(name: string): boolean {
  return name === 'localhost' || isLoopback(name);
}
