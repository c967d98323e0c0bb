import { expect, test } from 'vitest';
import messages from '../../messages/en.json' with { type: 'json' };

const { box, sender, ...mails } = messages.mail;
const MAILS: [string, { subject: string; text: string }][] = Object.entries(mails);

/** Words that would tell somebody who sees a locked screen, or one line of a mailbox, what this is about. */
const TELLING = [
  /secateur/i,
  /\bblock/i,
  /\bmute/i,
  /shield/i,
  /haras/i,
  /abus/i,
  /\bstalk/i,
  /threat/i,
  /danger/i,
  /bluesky|mastodon|twitter/i,
  /protect/i,
  /\bsafe/i,
];

test.each(MAILS)('the mail “%s” gives nothing away before it is opened, nor after', (_, { subject, text }) => {
  for (const word of TELLING) expect([subject, text].join(' ')).not.toMatch(word);
});

test('neither does its sender', () => {
  for (const word of TELLING) expect(sender).not.toMatch(word);
  expect(box.title).not.toBe('');
});

test.each(MAILS)('the mail “%s” says where there is help', (_, { text }) => {
  expect(text).toContain('{help}');
});
