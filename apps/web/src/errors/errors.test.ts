import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { BLUESKY } from './fixtures/bluesky.ts';
import { documented } from './fixtures/documented.ts';
import { MASTODON } from './fixtures/mastodon.ts';
import { openStage, type Stage } from './fixtures/stage.ts';
import { X } from './fixtures/x.ts';

/**
 * Every error that a network is known to answer with, played by the sandbox against the real adapters and the real engine, up to
 * the sentence that a member reads and the step they are offered: row for row what docs/errors.md says.
 */
const CASES = { Bluesky: BLUESKY, Mastodon: MASTODON, X };
const page = documented();

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterEach(() => stage.rest());
afterAll(() => stage.close());

test('the page has a part for every network', () => {
  expect(page.map(({ name }) => name)).toEqual(Object.keys(CASES));
});

describe.each(page)('$name', ({ name, cases, rows }) => {
  const plays = new Map(CASES[name as keyof typeof CASES] ?? []);

  test('every row is played, and what is played has a row', () => {
    expect([...plays.keys()]).toEqual(rows.map(({ row }) => row));
  });

  test('its rows begin with 1a and leave out no case', () => {
    const numbers = [...new Set(rows.map(({ row }) => Number.parseInt(row, 10)))];
    expect(numbers).toEqual(Array.from({ length: cases }, (_, i) => i + 1));
  });

  test.each(rows)('$row $answer', async ({ row, answer: _, ...said }) => {
    expect(await plays.get(row)?.(stage)).toEqual(said);
  });
});
