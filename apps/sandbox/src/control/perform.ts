import { revokeSessions } from '../bluesky/tokens.ts';
import { performFedi } from '../mastodon/perform.ts';
import type { Site } from '../site.ts';
import type { Change, Collection } from '../state/events.ts';
import { BLOCK, FOLLOW } from '../state/events.ts';
import { birthFollow, followKey, personByDid } from '../state/people.ts';
import { isXCommand } from '../x/command.ts';
import { performX } from '../x/perform.ts';
import { addAccounts } from './add-accounts.ts';
import type { ParsedCommand } from './command.ts';
import { CommandError } from './command-error.ts';
import { named } from './named.ts';
import { performPosts } from './perform-posts.ts';
import { isPostCommand } from './post-commands.ts';

/** Carries out one command. Throws CommandError. */
export function perform(site: Site, command: ParsedCommand): void {
  switch (command.do) {
    case 'add-accounts':
      addAccounts(site, command.accounts);
      break;
    case 'block':
      block(site, did(site, command.account), dids(site, command.subject), command.beside);
      break;
    case 'unblock':
      erase(site, BLOCK, did(site, command.account), dids(site, command.subject));
      break;
    case 'follow':
      follow(site, did(site, command.account), dids(site, command.subject));
      break;
    case 'unfollow':
      unfollow(site, did(site, command.account), dids(site, command.subject));
      break;
    case 'mute':
    case 'unmute':
      mute(site, did(site, command.account), dids(site, command.subject), command.do === 'mute');
      break;
    case 'set-status':
      site.record({ t: 'status', did: did(site, command.account), status: command.status });
      break;
    case 'rename':
      rename(site, did(site, command.account), command.handle);
      break;
    case 'revoke-sessions':
      revokeSessions(site, did(site, command.account));
      break;
    case 'add-client': {
      const { do: _, ...client } = command;
      site.record({ t: 'client', ...client });
      break;
    }
    case 'set-limits':
      site.record({ t: 'limits', on: command.on });
      break;
    case 'set-clock':
      site.record({ t: 'clock', offsetMs: command.offsetMs });
      break;
    case 'advance-clock':
      site.record({ t: 'clock', offsetMs: site.clock.offsetMs + command.ms });
      break;
    case 'clear-counters':
      site.counters.clear();
      break;
    default:
      if (isXCommand(command)) performX(site, command);
      else if (isPostCommand(command)) performPosts(site, command);
      else performFedi(site, command);
  }
}

function did(site: Site, name: string): string {
  return named(site.state, name).did;
}

function dids(site: Site, names: string | string[]): string[] {
  return [names].flat().map((name) => did(site, name));
}

function block(site: Site, by: string, subjects: string[], beside: boolean): void {
  const { blocks } = site.state.repo(by);
  const older = beside ? [] : subjects.flatMap((subject) => blocks.keysFor(subject));
  write(site, BLOCK, by, older, subjects);
}

function erase(site: Site, collection: Collection, by: string, subjects: string[]): void {
  const records = site.state.repo(by).of(collection);
  const keys = subjects.flatMap((subject) => records.keysFor(subject));
  if (keys.length > 0) write(site, collection, by, keys, []);
}

function follow(site: Site, by: string, subjects: string[]): void {
  const birth = site.state.hasUnfollowed(by) ? bornFollowing(site, by) : null;
  if (birth !== null && subjects.includes(birth)) site.record({ t: 'birth-follow', did: by, on: true });
  const fresh = subjects.filter((subject) => followKey(site.state, by, subject) === null);
  if (fresh.length > 0) write(site, FOLLOW, by, [], fresh);
}

function unfollow(site: Site, by: string, subjects: string[]): void {
  const birth = birthFollow(site.state, by);
  if (birth !== null && subjects.includes(birth.did)) site.record({ t: 'birth-follow', did: by, on: false });
  erase(site, FOLLOW, by, subjects);
}

/** Whom a computed person followed before they stopped. */
function bornFollowing(site: Site, of: string): string | null {
  const place = site.state.world.placeOf(of);
  return place === null ? null : (site.state.accounts[place.crowd]?.did ?? null);
}

function mute(site: Site, by: string, subjects: string[], on: boolean): void {
  for (const subject of subjects) site.record({ t: 'mute', did: by, subject, on });
}

function rename(site: Site, of: string, handle: string): void {
  if (personByDid(site.state, of)?.account === null) throw new CommandError('only accounts can be renamed');
  if (site.state.accountByHandle.has(handle)) throw new CommandError(`${handle} is taken`);
  site.record({ t: 'rename', did: of, handle });
}

/** One commit made by hand. */
function write(site: Site, collection: Collection, by: string, gone: string[], subjects: string[]): void {
  const createdAt = new Date(site.clock.now()).toISOString();
  const changes: Change[] = gone.map((key) => ['d', collection, key]);
  for (const subject of subjects) changes.push(['c', collection, site.newTid(), subject, createdAt]);
  site.commit(by, changes, true);
}
