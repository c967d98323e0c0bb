/** What a request is judged by: the headers that browsers add and that pages can't forge. */
type Asking = Pick<Request, 'headers' | 'method'>;

const READING = ['GET', 'HEAD'];

/**
 * Whether a request was made by a page of `origin`, ours. A request that may change something has to show where it
 * comes from; one that only reads may come without, from browsers older than Sec-Fetch-Site: what it is answered stays
 * unreadable to other sites.
 */
export function fromOwnPages({ headers, method }: Asking, origin: string): boolean {
  const site = headers.get('sec-fetch-site');
  const from = headers.get('origin');
  if (site !== null && site !== 'same-origin') return false;
  if (from !== null && from !== origin) return false;
  return site !== null || from !== null || READING.includes(method);
}
