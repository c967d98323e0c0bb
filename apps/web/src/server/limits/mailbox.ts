/**
 * What mails to an address are counted under: its mailbox. What stands behind a plus is the reader's own sorting at nearly
 * every provider, so that `sam+1`, `sam+2` and so on would fill one mailbox as if they were many. Not for links to sign in
 * with: a stranger who asks for `sam+1` would use up what is Sam's.
 */
export function mailboxOf(address: string): string {
  const at = address.lastIndexOf('@');
  const [name = ''] = address.slice(0, at).split('+');
  return `${name}${address.slice(at)}`.toLowerCase();
}
