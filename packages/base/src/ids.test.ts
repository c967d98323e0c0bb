import { expect, test } from 'vitest';
import { newId, profileId } from './ids.ts';

const VERSION_7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const VERSION_8 = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('ids sort by the millisecond they were made in', () => {
  const ids = [1_700_000_000_000, 1_700_000_000_001, 1_800_000_000_000].map((at) => newId(at));
  expect([...ids].sort()).toEqual(ids);
  for (const id of ids) expect(id).toMatch(VERSION_7);
  expect(newId(1_700_000_000_000)).not.toBe(ids[0]);
});

test('a profile has one id in every process, and another on another network', () => {
  const id = profileId('bluesky', 'did:plc:abc');
  expect(id).toMatch(VERSION_8);
  expect(profileId('bluesky', 'did:plc:abc')).toBe(id);
  expect(profileId('mastodon', 'did:plc:abc')).not.toBe(id);
  // Where one name ends and the next begins is part of what is hashed.
  expect(profileId('blueskyd', 'id:plc:abc')).not.toBe(profileId('bluesky', 'did:plc:abc'));
});
