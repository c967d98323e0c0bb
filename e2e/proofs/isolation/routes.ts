import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { headersOf } from './ask.ts';
import { CALLERS, type Caller } from './callers.ts';
import { marksIn, type Tally } from './matrix.ts';
import type { World } from './world.ts';

const BUILT = join(import.meta.dirname, '../../../apps/web/.next');

/**
 * Who gets an answer: everybody, or those who are signed in (others are led to the sign-in). Some only end the caller's own
 * session, which we still need; one is asked procedure by procedure, and files are asked for in files.ts.
 */
type Route = 'public' | 'signed-in' | 'ends' | 'procedures' | 'file';

const ROUTES: Record<string, Route> = {
  '/': 'public',
  '/_global-error': 'public',
  '/_not-found': 'public',
  '/accounts': 'signed-in',
  '/activity': 'signed-in',
  '/api/auth/[...nextauth]': 'public',
  '/api/files/data': 'file',
  '/api/flows/[id]': 'public',
  '/api/files/activity': 'file',
  // Asks `uploads.add`, like the call of that name.
  '/api/files/upload': 'file',
  '/api/files/ledger': 'file',
  '/api/files/prepared': 'file',
  '/api/health': 'public',
  '/api/leave': 'ends',
  '/api/trpc/[trpc]': 'procedures',
  '/appeal': 'public',
  '/dev/mail': 'public',
  '/help': 'public',
  '/icon.svg': 'public',
  '/invitation': 'public',
  '/leave': 'ends',
  '/leave/over': 'ends',
  '/ledger': 'signed-in',
  '/link': 'public',
  '/list': 'public',
  '/lists': 'signed-in',
  '/members': 'signed-in',
  '/network/[id]': 'public',
  '/oauth/callback': 'public',
  '/oauth/client-metadata.json': 'public',
  '/oauth/jwks.json': 'public',
  '/people': 'signed-in',
  '/receipt': 'public',
  '/settings': 'signed-in',
  '/settings/contact': 'signed-in',
  '/settings/data': 'signed-in',
  '/settings/security': 'signed-in',
  '/settings/spending': 'signed-in',
  '/shields': 'signed-in',
  '/shields/[id]': 'signed-in',
  '/shields/[id]/preview': 'signed-in',
  '/shields/new': 'signed-in',
  '/sign-in': 'public',
  '/sign-in/again': 'signed-in',
  '/sign-in/check-mail': 'public',
  '/sign-in/confirm': 'public',
  '/sign-in/second': 'public',
};

/** Functions that pages call on the server: they change only the caller's own session, or send a mail they asked for. */
const ACTIONS = ['askForLink', 'continueWithNetwork', 'endSession', 'proveAgain'];

/** What next-auth answers on its own. */
const NEXT_AUTH = ['session', 'providers', 'csrf'];

/** Every route and server function that was built and that nobody said anything about. */
export function unclassified(): string[] {
  const routes = Object.values(read<Record<string, string>>('app-path-routes-manifest.json'));
  const { node } = read<{ node: Record<string, { exportedName?: string }> }>('server/server-reference-manifest.json');
  const actions = Object.values(node).map(({ exportedName }) => exportedName ?? 'one without a name');
  return [...routes.filter((route) => !(route in ROUTES)), ...actions.filter((name) => !ACTIONS.includes(name))];
}

/** Opens every page as everybody. Wrong is a page for who should sign in first, and a word of somebody else's in any. */
export async function openEverything(url: string, world: World): Promise<Tally> {
  const tally: Tally = { calls: 0, wrong: [] };
  for (const [route, who] of Object.entries(ROUTES)) {
    if (who === 'procedures' || who === 'file' || who === 'ends' || route === '/dev/mail') continue;
    for (const caller of CALLERS) {
      for (const path of pathsOf(route, world, caller)) {
        const response = await fetch(new URL(path, url), {
          headers: headersOf(url, world, caller),
          redirect: 'manual',
        });
        const text = (await response.text()) + (response.headers.get('location') ?? '');
        tally.calls += 1;
        const say = (what: string) => tally.wrong.push(`${route} by ${caller}: ${what} (${response.status})`);
        const ledAway = response.status >= 300 && response.status < 400;
        if (who === 'signed-in' && ledAway !== (caller === 'anonymous')) say(ledAway ? 'led away' : 'let in');
        if (response.status >= 500 && route !== '/_global-error') say('a fault');
        const seen = marksIn(world, text, caller, path);
        if (seen.length > 0) say(`was told of ${seen.join(', ')}`);
      }
    }
  }
  return tally;
}

function pathsOf(route: string, world: World, caller: Caller): string[] {
  if (route === '/api/auth/[...nextauth]') return NEXT_AUTH.map((name) => `/api/auth/${name}`);
  const { shieldId, previewId } = world.things[caller];
  return [route.replace('[id]', route.endsWith('preview') ? previewId : shieldId)];
}

function read<Manifest>(file: string): Manifest {
  return JSON.parse(readFileSync(join(BUILT, file), 'utf8')) as Manifest;
}
