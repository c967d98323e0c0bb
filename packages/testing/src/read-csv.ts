/** The rows of a CSV file (RFC 4180) by their column's names. Throws where a line has another length than the head. */
export function readCsv(text: string): Record<string, string>[] {
  const [head = [], ...lines] = cellsOf(text);
  return lines.map((cells) => {
    if (cells.length !== head.length) throw new Error(`a line of ${cells.length} cells below a head of ${head.length}`);
    return Object.fromEntries(head.map((name, i) => [name, cells[i] ?? '']));
  });
}

function cellsOf(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  for (const [whole, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (whole === '' && line.length === 0) break;
    line.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    lines.push(line);
    line = [];
  }
  return lines;
}
