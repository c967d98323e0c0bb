import { join } from 'node:path';
import type { NextRequest, NextResponse } from 'next/server';
import { DEVELOPMENT, env } from './env.ts';
import { guardPage } from './page-guard.ts';
import { type BuiltPages, readBuiltPages } from './policy/built-pages.ts';

let built: BuiltPages | null = null;

/** Every request for a page comes by here. */
export function proxy(request: NextRequest): NextResponse {
  if (!DEVELOPMENT) built ??= readBuiltPages(join(process.cwd(), '.next'));
  return guardPage(request, { authUrl: env().AUTH_URL, built });
}

export const config = { matcher: ['/((?!api/|_next/|icon\\.svg$).*)'] };
