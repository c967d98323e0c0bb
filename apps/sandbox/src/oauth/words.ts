const SENTENCES: [RegExp, string][] = [
  [/^repo[:?].*app\.bsky\.graph\.block/, 'Block accounts for you, and take blocks away'],
  [/^rpc[:?].*app\.bsky\.graph\.muteActor/, 'Mute accounts for you, unmute them, and see whom you mute'],
  [/^transition:generic$/, 'Do almost everything that you can do yourself'],
];

/** What a permission means, for the person who is asked for it. */
export function sentenceFor(permission: string): string {
  return SENTENCES.find(([of]) => of.test(permission))?.[1] ?? permission;
}
