import { Writable } from 'node:stream';
import { logOptions } from '@secateur/base';
import { pino } from 'pino';
import { expect, test } from 'vitest';

const SECRET = 'hunter2';
function logger() {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { lines, log: pino(logOptions('test', 'info'), stream) };
}

const leaky = () =>
  Object.assign(new Error(`no ${SECRET}`, { cause: new Error(SECRET) }), {
    headers: { authorization: SECRET },
    code: 'E1',
  });

test('errors are logged without their words, wherever they stand', () => {
  const { lines, log } = logger();
  log.error({ err: leaky() }, 'one');
  log.error({ another: leaky(), n: 1 }, 'two');
  log.error(leaky(), 'three');
  log.error(leaky());
  log.error({ err: leaky() });
  log.error('five %o %s', leaky(), SECRET);
  expect(lines.join('')).not.toContain(SECRET);
  const [first, , , fourth] = lines.map((line) => JSON.parse(line));
  expect(first).toMatchObject({ msg: 'one', err: { type: 'Error', codes: { code: 'E1' }, cause: { type: 'Error' } } });
  expect(first.err.at[0]).toContain('log.test.ts');
  expect(fourth).toMatchObject({ msg: 'no words', err: { type: 'Error' } });
  expect(lines).toHaveLength(6);
});

test('fields and messages are logged as they are', () => {
  const { lines, log } = logger();
  log.info({ member: 'm', lanes: ['a'] }, 'working');
  log.info('only words');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ name: 'test', member: 'm', lanes: ['a'], msg: 'working' });
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ msg: 'only words' });
});
