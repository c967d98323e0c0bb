import { expect, test } from 'vitest';
import { capabilityOf } from './capability.ts';

test('what is promised on each network', () => {
  expect(capabilityOf('bluesky', 'block')).toMatchObject({
    public: true,
    endsFollows: false,
    perHour: 1_153,
    perDay: 8_719,
    leftForUserPerDay: 2_916,
  });
  expect(capabilityOf('bluesky', 'mute')).toMatchObject({ public: false, points: 0, perHour: 3_600 });
  expect(capabilityOf('mastodon', 'block')).toMatchObject({
    public: false,
    endsFollows: true,
    windows: [{ seconds: 300, points: 225 }],
    perHour: 1_221,
    perDay: 29_323,
  });
  expect(capabilityOf('mastodon', 'mute')).toMatchObject({ public: false, endsFollows: false, perHour: 1_221 });
  expect(capabilityOf('x', 'mute')).toMatchObject({ perHour: 134, perDay: 3_229 });
});
