import type { Scene, Tampering } from './scene.ts';

function edit(work: (scene: Scene, lines: string[]) => string[]): Tampering {
  return async (scene) => ({ lines: work(scene, [...scene.lines]) });
}

/** Changes one sign of a line to another. */
function misspell({ random }: Scene, line: string): string {
  const at = random.below(line.length);
  const other = line[at] === '7' ? '8' : '7';
  return line.slice(0, at) + other + line.slice(at + 1);
}

/** What somebody without the key can do to the anchor, if they get at it after all. */
export const ANCHOR: Record<string, Tampering> = {
  'misspell a line': edit((scene, lines) => {
    const at = scene.random.below(lines.length);
    return lines.toSpliced(at, 1, misspell(scene, lines[at] ?? ''));
  }),
  'claim more than was closed': edit(({ random }, lines) => {
    const at = random.below(lines.length);
    return lines.toSpliced(at, 1, (lines[at] ?? '').replace('"closed":"', '"closed":"9'));
  }),
  'remove a line': edit(({ random }, lines) => lines.toSpliced(random.below(lines.length - 1), 1)),
  'cut off its end': edit(({ random }, lines) => lines.slice(0, random.below(lines.length - 1))),
  'exchange two lines': edit(({ random }, lines) => {
    const at = random.below(lines.length - 1);
    return lines.toSpliced(at, 2, lines[at + 1] ?? '', lines[at] ?? '');
  }),
  'empty it': edit(() => []),
};
