import { helpPage } from '~/help/page.ts';
import { builtOnce } from '~/server/door/door.ts';

export const dynamic = 'force-static';

/** Help for anybody, with or without an account. Its content policy comes with every page's, from what was built. */
export const GET = builtOnce(
  () => new Response(helpPage(), { headers: { 'content-type': 'text/html; charset=utf-8' } }),
);
