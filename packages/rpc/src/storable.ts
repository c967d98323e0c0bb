/**
 * Whether a database can keep every string in what somebody sent: Postgres takes neither NUL nor half of a surrogate pair. Goes
 * through it without recursion: who sends thousands of brackets in each other gets the same answer.
 */
export function isStorable(sent: unknown): boolean {
  const left: unknown[] = [sent];
  while (left.length > 0) {
    const one = left.pop();
    if (typeof one === 'string') {
      if (one.includes('\0') || !one.isWellFormed()) return false;
    } else if (one instanceof Map || one instanceof Set) left.push(...one);
    else if (typeof one === 'object' && one !== null) left.push(...Object.keys(one), ...Object.values(one));
  }
  return true;
}
