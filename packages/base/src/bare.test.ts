import { expect, test } from 'vitest';
import { bare, bareError } from './bare.ts';

const SECRET = 'hunter2-eyJ0eXAi';
const written = (error: unknown) => JSON.stringify(bare(error));
const shown = (error: Error) => `${error.name} ${error.message} ${error.stack} ${JSON.stringify(error)}`;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}

test.for<[string, unknown]>([
  ['a message', new Error(`wrong password ${SECRET}`)],
  ['a parser that quotes', parse(`{"password":"${SECRET}`)],
  ['a cause', new Error('outer', { cause: new Error('middle', { cause: new Error(SECRET) }) })],
  ['properties', Object.assign(new Error('x'), { headers: { authorization: SECRET }, body: SECRET, detail: SECRET })],
  ['a code that is none', Object.assign(new Error('x'), { code: `${SECRET} and more`, problem: { SECRET } })],
  ['a name', Object.assign(new Error('x'), { name: `Error ${SECRET}` })],
  ['lines that look like frames', new Error(`x\n    at ${SECRET} (file:///a.ts:1:1)\n    at ${SECRET}`)],
  ['a stack that was changed', Object.assign(new Error('x'), { stack: `Error: x\n    at ${SECRET}\n${SECRET}` })],
  ['something that is no error', SECRET],
  ['an object', { message: SECRET }],
])('%s is not kept', ([, thrown]) => {
  expect(written(thrown)).not.toContain(SECRET);
  expect(shown(bareError(thrown))).not.toContain(SECRET);
});

test('what it was and where it came from is kept, causes included', () => {
  const cause = Object.assign(new TypeError('words'), { code: 'ECONNRESET', status: 500 });
  const error = bare(new RangeError('words', { cause }));
  expect(error).toMatchObject({
    type: 'RangeError',
    cause: { type: 'TypeError', codes: { code: 'ECONNRESET', status: 500 } },
  });
  expect(error.at[0]).toContain('bare.test.ts');
  expect(error.cause?.at[0]).toContain('bare.test.ts');
});

test('a circle of causes has an end', () => {
  const error = new Error('x');
  error.cause = error;
  expect(() => bare(error)).not.toThrow();
  expect(() => bareError(error)).not.toThrow();
});

test('as an error it still says what it was', () => {
  const kept = bareError(Object.assign(new TypeError('words'), { code: 'ECONNRESET' }));
  expect(kept).toMatchObject({ name: 'TypeError', message: 'ECONNRESET', code: 'ECONNRESET' });
  expect(kept.stack).toContain('bare.test.ts');
});
