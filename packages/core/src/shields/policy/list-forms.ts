/** One person of a list that somebody takes along. */
export type Listed = { nativeId: string; handle: string; displayName: string | null };

/** How a list is written down, each as something outside reads it. */
export const LIST_FORMS = ['blue_blocker', 'mass_block', 'ids'] as const;
export type ListForm = (typeof LIST_FORMS)[number];

/** A file's name tells nobody whose it is, or of what. */
export type Written = { name: string; type: string; lines: (people: readonly Listed[]) => Iterable<string> };

/** What the extension shows beside each, in its own words for "from elsewhere". */
const FROM_ELSEWHERE = -1;

export const WRITTEN: Record<ListForm, Written> = {
  /**
   * Blue Blocker (kheina-com/Blue-Blocker, last changed 2025-03-10; src/pages/queue/index.html): a JSON list, of which one entry with
   * a gap ends the import.
   */
  blue_blocker: {
    name: 'accounts.json',
    type: 'application/json; charset=utf-8',
    *lines(people) {
      yield '[';
      for (const [i, { nativeId, handle, displayName }] of people.entries()) {
        const user = { name: displayName ?? handle, screen_name: handle };
        const entry = { user_id: nativeId, user, reason: FROM_ELSEWHERE, external_reason: 'prepared list' };
        yield `${i === 0 ? '' : ','}\n${JSON.stringify(entry)}`;
      }
      yield '\n]\n';
    },
  },
  /**
   * Mass Block Twitter (rxliuli/mass-block-twitter, released 2026-07-10; packages/plugin/src/lib/util/downloadUsersToCSV.ts): the columns that
   * it writes and asks for.
   */
  mass_block: {
    name: 'accounts.csv',
    type: 'text/csv; charset=utf-8',
    *lines(people) {
      yield 'id,screen_name,name,description,profile_image_url\r\n';
      for (const { nativeId, handle, displayName } of people)
        yield `${nativeId},${handle},${quoted(displayName ?? handle)},,\r\n`;
    },
  },
  /** Ids, one a line: what most read that read anything, Red Block (gaeulbyul/RedBlock, last changed 2022) among them. */
  ids: {
    name: 'accounts.txt',
    type: 'text/plain; charset=utf-8',
    *lines(people) {
      for (const { nativeId } of people) yield `${nativeId}\n`;
    },
  },
};

/** A cell: no line breaks, and nothing that a spreadsheet would take for a formula. */
function quoted(text: string): string {
  const line = text.replace(/[\r\n\t]+/g, ' ').trim();
  const safe = /^[=+\-@]/.test(line) ? `'${line}` : line;
  return `"${safe.replaceAll('"', '""')}"`;
}
