import { expect, test } from 'vitest';
import messages from '../../messages/en.json' with { type: 'json' };

/** What stands on the page that shows mails is no mail. */
const { box: _, ...mails } = messages.mail;

function texts(node: object, path = 'mail'): [string, string][] {
  return Object.entries(node).flatMap(([key, value]: [string, object | string]) =>
    typeof value === 'string' ? [[`${path}.${key}`, value] as [string, string]] : texts(value, `${path}.${key}`),
  );
}

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

test('there are mails to look at', () => {
  expect(texts(mails).length).toBeGreaterThan(20);
});

test.each(texts(mails))('%s gives nothing away, neither before the mail is opened nor after', (_path, text) => {
  for (const word of TELLING) expect(text).not.toMatch(word);
});
