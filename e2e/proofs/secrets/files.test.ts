import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesIn } from './files.ts';

test('a file that goes or comes while others are read is passed over, or read', () => {
  const dir = mkdtempSync(join(tmpdir(), 'secateur-files-'));
  const names = ['1', '2', '3'];
  for (const name of names) writeFileSync(join(dir, name), name);
  const read: string[] = [];
  for (const { path, bytes } of filesIn(dir)) {
    expect(bytes.toString()).toBe(path);
    read.push(path);
    if (read.length > 1) continue;
    const [gone = ''] = names.filter((name) => name !== path);
    rmSync(join(dir, gone));
    names.splice(names.indexOf(gone), 1, '4');
    writeFileSync(join(dir, '4'), '4');
  }
  rmSync(dir, { recursive: true });
  expect(read.sort()).toEqual(names.sort());
});
