import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { environmentWrap } from './environment-wrap.ts';

const key = () => randomBytes(32).toString('base64');
const plain = new Uint8Array(randomBytes(32));
const aad = new TextEncoder().encode('tenant 1');

test('the first key wraps, all of them unwrap', async () => {
  const [a, b] = [`a:${key()}`, `b:${key()}`];
  const wrapped = await environmentWrap(a).wrap(plain, aad);
  const both = environmentWrap(`${b}, ${a}`);
  expect(both.id).toBe('b');
  expect(await both.unwrap('a', wrapped, aad)).toEqual(plain);
});

test('what was wrapped for one tenant does not unwrap for another', async () => {
  const keys = environmentWrap(`a:${key()}`);
  const wrapped = await keys.wrap(plain, aad);
  await expect(keys.unwrap('a', wrapped, new TextEncoder().encode('tenant 2'))).rejects.toThrow('no_key');
});

test('a key that is not there, or another under its name, is named', async () => {
  const wrapped = await environmentWrap(`a:${key()}`).wrap(plain, aad);
  await expect(environmentWrap(`b:${key()}`).unwrap('a', wrapped, aad)).rejects.toThrow('no_key: wrapped by a');
  await expect(environmentWrap(`a:${key()}`).unwrap('a', wrapped, aad)).rejects.toThrow('a is not the key');
});

test.for([
  ['', 'key 1 is not name:key'],
  ['hunter2', 'key 1 is not name:key'],
  [`a:${key()},b:hunter2`, 'key 2 is not name:key'],
  [`a:${key()},a:${key()}`, 'key 2 has the name of another'],
  [`spaces are not in names:${key()}`, 'key 1 is not name:key'],
])('keys that are none are refused (%#)', ([text, sentence]) => {
  const attempt = () => environmentWrap(text ?? '');
  expect(attempt).toThrow(sentence);
  expect(attempt).not.toThrow('hunter2');
});
