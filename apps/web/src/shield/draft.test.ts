import { previewInput } from '@secateur/core/shields/schemas';
import { expect, test } from 'vitest';
import { actionOf, barring, chosenOf, draftSchema, EMPTY_DRAFT, inputOf, missingIn } from './draft.ts';
import { type DraftSource, draftSourcesOf, EMPTY_SOURCE, withTaken } from './draft-source.ts';

const HERE = { id: '0193a1b2-0000-7000-8000-000000000001', network: 'bluesky', rights: ['block', 'mute'] } as const;
const THERE = { id: '0193a1b2-0000-7000-8000-000000000002', network: 'mastodon', rights: ['block', 'mute'] } as const;
const BOTH = [HERE, THERE];
/** X sells blocks to companies only. */
const MUTING = { id: '0193a1b2-0000-7000-8000-000000000003', network: 'x', rights: ['mute'] } as const;

const source = (query: string, id = 'first', more: Partial<DraftSource> = {}) => ({
  ...EMPTY_SOURCE,
  id,
  query,
  ...more,
});
const draft = (...sources: DraftSource[]) => ({ ...EMPTY_DRAFT, sources });

test('an empty form says what it lacks', () => {
  expect(missingIn(EMPTY_DRAFT, [])).toEqual(['query-first', 'as']);
  const nothing = withTaken(withTaken(source('sam.example'), 'account', false), 'followers', false);
  expect(missingIn(draft(nothing), [HERE])).toEqual(['cover-first']);
});

test('the empty form spares everybody it can', () => {
  const { forFollows, forFollowers, forMutuals } = EMPTY_DRAFT;
  expect([forFollows, forFollowers, forMutuals]).toEqual(['spare', 'spare', 'spare']);
});

test('a form that lacks nothing is what the server takes', () => {
  const filled = draft(source(' grudge.sandbox.test '));
  expect(missingIn(filled, [HERE])).toEqual([]);
  expect(previewInput.parse(inputOf(filled, [HERE])).sources).toEqual([
    { kind: 'account', network: 'bluesky', query: 'grudge.sandbox.test' },
    { kind: 'followers', network: 'bluesky', query: 'grudge.sandbox.test' },
  ]);
});

test('a kept form comes back as it was', () => {
  expect(draftSchema.parse(JSON.parse(JSON.stringify(EMPTY_DRAFT)))).toEqual(EMPTY_DRAFT);
});

test('it acts as those who are where a source is, unless somebody chose', () => {
  expect(chosenOf(draft(source('sam.example')), BOTH)).toEqual([HERE]);
  expect(chosenOf(draft(source('sam@one.example')), BOTH)).toEqual([THERE]);
  expect(chosenOf(draft(source('sam.example'), source('sam@one.example', 'b')), BOTH)).toEqual(BOTH);
  expect(chosenOf(draft(source('sam.example', 'first', { network: 'mastodon' })), BOTH)).toEqual([THERE]);
  const chosen = { ...draft(source('sam.example'), source('sam@one.example', 'b')), connectionIds: [HERE.id] };
  expect(missingIn(chosen, BOTH)).toEqual(['as']);
});

test('of a post what is usual is taken, and quoting is not', () => {
  const { sources } = inputOf(draft(source('https://bsky.app/profile/sam.example/post/3abc')), [HERE]);
  expect(sources.map(({ kind }) => kind)).toEqual(['account', 'likers', 'reposters']);
});

test('no more is asked of a list than anybody can be in', () => {
  const two = draft(source('sam.example'), source('kim.example', 'b'));
  expect(inputOf({ ...two, threshold: 3 }, [HERE]).threshold).toBe(2);
  expect(inputOf({ ...draft(source('sam.example')), threshold: 3 }, [HERE]).threshold).toBe(1);
});

test('a form told from its preview names the same sources', () => {
  const file = { id: THERE.id, name: 'list.csv', network: 'mastodon' } as const;
  const made = draft(source('sam.example'), source('', 'b', { file }), source('kim.example', 'c'));
  const { sources } = inputOf(made, BOTH);
  const views = sources.map((one, ordinal) => ({
    ordinal,
    kind: one.kind,
    network: one.network,
    query: 'query' in one ? one.query : file.name,
    uploadId: 'uploadId' in one ? one.uploadId : null,
    state: 'ready' as const,
    problem: null,
    subject: null,
    title: null,
    listed: 0,
    expected: null,
    untold: 0,
  }));
  expect(inputOf({ ...made, sources: draftSourcesOf(views) }, BOTH).sources).toEqual(expect.arrayContaining(sources));
});

test('it begins with what the accounts allow, and blocks where they allow both', () => {
  const all = [...BOTH, MUTING];
  const onX = draft(source('https://x.com/loud'));
  expect(actionOf(draft(source('sam.example')), all)).toBe('block');
  expect(inputOf(onX, all)).toMatchObject({ action: 'mute', connectionIds: [MUTING.id] });
  // One that may only mute decides for all of them.
  const everywhere = draft(source('sam.example'), source('https://x.com/loud', 'b'));
  expect(inputOf(everywhere, all)).toMatchObject({ action: 'mute', connectionIds: [HERE.id, MUTING.id] });
  expect(barring('block', [HERE, MUTING])).toEqual([MUTING]);
  expect(previewInput.parse(inputOf(onX, all)).action).toBe('mute');
});

test('what somebody chose holds as long as the accounts allow it, and is there again when they do', () => {
  const all = [...BOTH, MUTING];
  const muting = { ...draft(source('sam.example')), action: 'mute' as const };
  expect(actionOf(muting, all)).toBe('mute');
  const blocking = { ...draft(source('sam.example'), source('https://x.com/loud', 'b')), action: 'block' as const };
  expect(actionOf(blocking, all)).toBe('mute');
  expect(actionOf({ ...blocking, connectionIds: [HERE.id] }, all)).toBe('block');
});
