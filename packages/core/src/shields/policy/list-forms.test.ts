import { expect, test } from 'vitest';
import { type Listed, WRITTEN } from './list-forms.ts';

const PEOPLE: Listed[] = [
  { nativeId: '1400000000000000001', handle: 'loud_1', displayName: 'Loud "One", really' },
  { nativeId: '1400000000000000002', handle: 'loud_2', displayName: null },
  { nativeId: '1400000000000000003', handle: 'loud_3', displayName: '=HYPERLINK("x")\nsecond line' },
];
const text = (form: keyof typeof WRITTEN, people = PEOPLE) => [...WRITTEN[form].lines(people)].join('');

test('Blue Blocker’s list has every field of every entry, since one gap ends its import', () => {
  const list = JSON.parse(text('blue_blocker')) as Record<string, unknown>[];
  expect(list).toHaveLength(3);
  expect(list[1]).toEqual({
    user_id: '1400000000000000002',
    user: { name: 'loud_2', screen_name: 'loud_2' },
    reason: -1,
    external_reason: 'prepared list',
  });
  expect(JSON.parse(text('blue_blocker', []))).toEqual([]);
});

test('Mass Block’s table has its five columns, one line a person, and no formulas', () => {
  const [head, ...rows] = text('mass_block').trimEnd().split('\r\n');
  expect(head).toBe('id,screen_name,name,description,profile_image_url');
  expect(rows).toEqual([
    '1400000000000000001,loud_1,"Loud ""One"", really",,',
    '1400000000000000002,loud_2,"loud_2",,',
    `1400000000000000003,loud_3,"'=HYPERLINK(""x"") second line",,`,
  ]);
});

test('ids stand one a line', () => {
  expect(text('ids')).toBe('1400000000000000001\n1400000000000000002\n1400000000000000003\n');
});
