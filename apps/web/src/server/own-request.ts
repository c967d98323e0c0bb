/**
 * Whether a request comes from a page of ours, judged by what browsers add and pages can't forge. Anything that may
 * change something is JSON: a form on a stranger's page can't send that.
 */
export function isOurOwn(request: Request, origin: string): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') return false;
  if (request.method === 'GET') return true;
  if (request.method !== 'POST') return false;
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  return type === 'application/json' && (site === 'same-origin' || request.headers.get('origin') === origin);
}
