import { expect, test } from 'vitest';
import { mailboxOf } from './mailbox.ts';

test.each([
  ['sam@example.org', 'sam@example.org'],
  ['sam+1@example.org', 'sam@example.org'],
  ['Sam+a+b@Example.org', 'sam@example.org'],
  ['sam.lee@example.org', 'sam.lee@example.org'],
])('%s fills the mailbox of %s', (address, mailbox) => {
  expect(mailboxOf(address)).toBe(mailbox);
});
