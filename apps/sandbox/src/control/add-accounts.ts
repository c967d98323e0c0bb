import type { Site } from '../site.ts';
import type { Account } from '../state/events.ts';
import type { ParsedCommand } from './command.ts';
import { CommandError } from './command-error.ts';

type Parsed = (ParsedCommand & { do: 'add-accounts' })['accounts'];

/** Adds accounts, all or none. Their DIDs follow from the seed and how many there were before. */
export function addAccounts(site: Site, accounts: Parsed): void {
  const { state } = site;
  const first = state.accounts.length;
  const handles = new Set<string>();
  const made = accounts.map((account, i): Account => {
    if (state.accountByHandle.has(account.handle) || handles.has(account.handle))
      throw new CommandError(`${account.handle} is taken`);
    handles.add(account.handle);
    return { ...account, index: first + i, did: state.world.accountDid(first + i) };
  });
  if (made.length > 0) site.record({ t: 'accounts', accounts: made });
}
