import { randomUUID } from 'node:crypto';
import { BLOCK, type NewAccount, type NewFault, type SandboxControl, sandboxControl } from '@secateur/sandbox';

export { BLOCK };

/** The pretend network behind the product under test. */
export function sandbox(): SandboxControl {
  const url = process.env.SANDBOX_URL;
  if (!url) throw new Error('SANDBOX_URL names no sandbox.');
  return sandboxControl(url);
}

/** A word that nobody used before, in this process or in another. */
export function fresh(word: string): string {
  return `${word}${randomUUID().slice(-12)}`;
}

export const PASSWORD = 'abcd-efgh-ijkl-mnop';

/** An account of its own for a test. One that is given no password can't sign in. */
export async function addAccount(more: Partial<NewAccount> = {}): Promise<string> {
  const handle = `${fresh('p')}.sandbox.test`;
  await sandbox().addAccounts([{ handle, ...more }]);
  return handle;
}

/** Makes something go wrong. Name an account: other tests run in the same world. What it returns ends it. */
export async function fault(what: NewFault & { account: string }): Promise<() => Promise<void>> {
  const { id } = await sandbox().addFault(what);
  return () => sandbox().removeFault(id);
}

/** Keys of the blocks that an account holds on the network now, and whom each blocks. */
export async function blocksOf(handle: string): Promise<Map<string, string>> {
  const repos = await sandbox().records(BLOCK, handle);
  return new Map(repos.flatMap(({ records }) => records.map(({ key, subject }) => [key, subject])));
}
