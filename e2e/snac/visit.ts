/** Fills the server's own sign-in page as a browser would, and reads where it leads. It has no "no". */
export async function visitSnac(url: string, login: { name: string; password: string }): Promise<URLSearchParams> {
  const page = await (await fetch(url)).text();
  const form = new URLSearchParams({ login: login.name, passwd: login.password });
  for (const [, name = '', value = ''] of page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g))
    form.set(name, value.replaceAll('&amp;', '&'));
  const action = /<form method="post" action="([^"]*)"/.exec(page)?.[1] ?? url;
  const answer = await fetch(action, { method: 'POST', body: form, redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? '').searchParams;
}
