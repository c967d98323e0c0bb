/** The page that helps anybody, as mails link to it. */
export function helpAddress(origin: string): string {
  return new URL('/help', origin).href;
}
