import { expect, test } from 'vitest';
import { shownMailer, smtpMailer, withHelp } from './mailer.ts';

test('a shown mail is printed and kept, the newest first', async () => {
  const printed: string[] = [];
  const mailer = shownMailer((text) => printed.push(text));
  await mailer.send({ to: 'sam@example.org', subject: 'One', text: 'https://here.example/1' });
  await mailer.send({ to: 'sam@example.org', subject: 'Two', text: 'https://here.example/2' });
  expect(mailer.shown()?.map(({ subject }) => subject)).toEqual(['Two', 'One']);
  expect(printed.join('')).toContain('https://here.example/2');
});

test('only the last fifty are kept', async () => {
  const mailer = shownMailer(() => {});
  for (let i = 0; i < 60; i++) await mailer.send({ to: 'sam@example.org', subject: String(i), text: '' });
  expect(mailer.shown()).toHaveLength(50);
  expect(mailer.shown()?.[0]?.subject).toBe('59');
});

test.each([
  ['us@mail.example', { name: 'Account service', address: 'us@mail.example' }],
  ['Front desk <us@mail.example>', 'Front desk <us@mail.example>'],
])('a mail from %s has a sender that gives nothing away', async (from, sender) => {
  const sent: unknown[] = [];
  const sendMail = async (mail: object) => sent.push(mail);
  await smtpMailer({ sendMail }, from).send({ to: 'sam@example.org', subject: 'One', text: 'Text' });
  expect(sent).toEqual([{ from: sender, xMailer: false, to: 'sam@example.org', subject: 'One', text: 'Text' }]);
});

test('every mail ends with where there is help', async () => {
  const mailer = withHelp(
    shownMailer(() => {}),
    'https://secateur.example',
  );
  await mailer.send({ to: 'sam@example.org', subject: 'One', text: 'Hello,\n\nthis.\n' });
  expect(mailer.shown()?.[0]?.text).toMatch(/^Hello,\n\nthis\.\n\n.*https:\/\/secateur\.example\/help\n$/);
});
