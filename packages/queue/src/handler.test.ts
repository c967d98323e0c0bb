import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineCatalogue } from './catalogue.ts';
import { bind, handlers, type Run } from './handler.ts';
import { defineJob } from './job.ts';
import { done } from './outcome.ts';

const greet = defineJob({
  name: 'greet',
  lane: 'standard',
  payload: z.object({ personId: z.string() }),
  key: ({ personId }) => personId,
});
const count = defineJob({
  name: 'count',
  lane: 'background',
  payload: z.object({ upTo: z.number() }),
  key: () => null,
});
const catalogue = defineCatalogue({ greet, count });

const bindGreet = bind(greet, async () => done());
const bindCount = bind(count, async () => done());
const run: Run = { jobId: '1', attempt: 1, maxAttempts: 8, memberId: 'm', signal: new AbortController().signal };

test('every job of a catalogue is bound', () => {
  expect([...handlers(catalogue, [bindGreet, bindCount]).keys()]).toEqual(['greet', 'count']);
});

test('one left out does not compile', () => {
  // @ts-expect-error 'count' is unbound
  expect(handlers(catalogue, [bindGreet]).size).toBe(1);
});

test('a handler of another payload does not compile', () => {
  // @ts-expect-error `upTo` belongs to another job
  bind(greet, async ({ upTo }) => (upTo ? done() : done()));
});

test('a schema that changes what it reads does not compile, since a payload is read twice', () => {
  // @ts-expect-error a string goes in and a number comes out
  defineJob({ ...greet, payload: z.object({ personId: z.string().transform(Number) }) });
});

test('one bound twice, or a stranger, is refused', () => {
  expect(() => handlers(catalogue, [bindGreet, bindCount, bindGreet])).toThrow('greet is bound twice');
  const stranger = bind(defineJob({ ...greet, name: 'stranger' }), async () => done());
  expect(() => handlers(catalogue, [bindGreet, bindCount, stranger])).toThrow('stranger is not in the catalogue');
});

test('two jobs of one name are refused', () => {
  expect(() => defineCatalogue({ greet, other: defineJob({ ...count, name: 'greet' }) })).toThrow('named greet');
});

test('what does not fit is told by place and kind, without quoting it', () => {
  expect(bindGreet.handle({ personId: 7, secret: 'hunter2' }, run)).toEqual({ unfit: ['personId: invalid_type'] });
  expect(bindGreet.handle(null, run)).toEqual({ unfit: [': invalid_type'] });
});
