import { expect, test } from 'vitest';
import { streamOf } from './stream-of.ts';
import { unlessBegun } from './unless-begun.ts';

/** Three chunks, and what became of whoever made them. */
function made(fault?: Error, all: (string | Uint8Array)[] = ['a', new Uint8Array([98]), 'ç']) {
  const told = { made: 0, ended: false, givenBack: 0 };
  async function* chunks() {
    try {
      for (const chunk of all) {
        told.made += 1;
        yield chunk;
      }
      if (fault) throw fault;
    } finally {
      told.ended = true;
    }
  }
  const giveBack = async () => {
    told.givenBack += 1;
  };
  return { told, stream: streamOf(unlessBegun(chunks(), giveBack)) };
}

test('a body is all of its chunks', async () => {
  const { told, stream } = made();
  expect(await new Response(stream).text()).toBe('abç');
  expect(told).toEqual({ made: 3, ended: true, givenBack: 0 });
});

test('one that breaks does not end like a whole one, and what it took is used up', async () => {
  const { told, stream } = made(new Error('the database is gone'));
  await expect(new Response(stream).text()).rejects.toThrow('the database is gone');
  expect(told).toEqual({ made: 3, ended: true, givenBack: 0 });
});

test('one that breaks before anything was sent gives back what it took', async () => {
  const { told, stream } = made(new Error('the database is gone'), []);
  await expect(new Response(stream).text()).rejects.toThrow('the database is gone');
  expect(told).toEqual({ made: 0, ended: true, givenBack: 1 });
});

test('nothing more is made for who has left, and what it took is used up: they have nearly all of it', async () => {
  const { told, stream } = made();
  const reader = stream.getReader();
  await reader.read();
  await reader.cancel();
  expect(told.ended).toBe(true);
  expect(told.made).toBeLessThan(3);
  expect(told.givenBack).toBe(0);
});
