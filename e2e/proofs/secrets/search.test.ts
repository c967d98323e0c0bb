import { expect, test } from 'vitest';
import { ENCODINGS } from './encodings.ts';
import { searchFor } from './search.ts';

const secret = Buffer.from(`s<ec>"ret'\\&é %`);
const search = searchFor([{ kind: 'k', secret }]);

test.for(ENCODINGS.map((encoding) => encoding.name))('a secret in %s is found in the middle of anything', (name) => {
  const forms = ENCODINGS.find((encoding) => encoding.name === name)?.of(secret) ?? [];
  for (const form of forms) {
    const where = Buffer.concat([Buffer.from('before '), Buffer.from(form, 'latin1'), Buffer.from(' after')]);
    expect(search(where).map((hit) => hit.kind)).toContain('k');
  }
});

test.for(['base64', 'base64url'] as const)('in %s it is found wherever it begins', (alphabet) => {
  for (let before = 0; before < 9; before += 1) {
    const whole = Buffer.concat([Buffer.alloc(before, 7), secret, Buffer.alloc(5, 9)]).toString(alphabet);
    expect(search(Buffer.from(whole))).not.toEqual([]);
  }
});

test('what is no secret is not found', () => {
  expect(search(Buffer.from(`s<ec>"ret'\\&é ${secret.subarray(2).toString()} s<ec>`))).toEqual([]);
  expect(search(Buffer.alloc(0))).toEqual([]);
});
