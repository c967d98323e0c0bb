import type { ServerResponse } from 'node:http';
import { html } from '@secateur/base';
import { z } from 'zod';
import { CommandError } from '../control/command-error.ts';

import type { SandboxControl } from '../control/control.ts';
import { named } from '../control/named.ts';
import { readBody } from '../http/body.ts';
import { replySeeOther } from '../http/reply.ts';
import type { Desk } from '../http/server.ts';
import type { Site } from '../site.ts';
import { BLOCK } from '../state/events.ts';
import { personByDid } from '../state/people.ts';
import { accountPage } from './account-page.ts';
import { accountsSection } from './accounts-section.ts';
import { byHandSection } from './by-hand-section.ts';
import { clockSection } from './clock-section.ts';
import { faultsSection } from './faults-section.ts';
import { formsOf } from './forms.ts';
import { replyPage, type Told } from './layout.ts';
import { postsSection, type Shown, type ShownList } from './posts-section.ts';
import { requestsSection } from './requests-section.ts';
import { xSection } from './x-section.ts';

const REQUESTS_SHOWN = 30;
const MOST_BYTES = 100_000;

/** The page for people: what is so now, and the means to move it. Plain forms, no scripts. */
export function pageDesk(site: Site, control: SandboxControl): Desk {
  const forms = formsOf(control);
  return (req, res, path, query) => {
    const told = { done: query.get('done'), problem: query.get('problem') };
    const form = forms[path];
    if (req.method === 'GET' && path === '/') void showAll(site, control, res, told);
    else if (req.method === 'GET' && path === '/accounts')
      void showOne(site, control, res, told, query.get('name') ?? '');
    else if (req.method === 'POST' && form !== undefined)
      readBody(req, MOST_BYTES, (text) => {
        const { back = '/', ...fields } = Object.fromEntries(new URLSearchParams(text ?? ''));
        void form(fields).then(
          (done) => replySeeOther(res, backTo(back, { done })),
          (error: unknown) => replySeeOther(res, backTo(back, { problem: sentence(error) })),
        );
      });
    else return false;
    return true;
  };
}

async function showAll(site: Site, control: SandboxControl, res: ServerResponse, told: Told): Promise<void> {
  const view = await control.state();
  const nameOf = (did: string) => personByDid(site.state, did)?.handle ?? did;
  const recent = site.recent.list(REQUESTS_SHOWN);
  const body = html`${clockSection(view.clock)}${accountsSection(view)}${xSection(site)}${postsSection(await allPosts(control), await allLists(control))}${byHandSection(view)}${faultsSection(
    await control.faults(),
    view.limits,
  )}${requestsSection(recent, nameOf)}`;
  replyPage(res, 'Sandbox network', told, body);
}

async function allPosts({ posts, fediverse }: SandboxControl): Promise<Shown[]> {
  return [...(await posts()), ...(await fediverse.posts())];
}

async function allLists({ lists, fediverse }: SandboxControl): Promise<ShownList[]> {
  return [...(await lists()), ...(await fediverse.lists()).map((list) => ({ ...list, link: list.address }))];
}

async function showOne(
  site: Site,
  control: SandboxControl,
  res: ServerResponse,
  told: Told,
  name: string,
): Promise<void> {
  try {
    const person = named(site.state, name);
    const [repo] = await control.records(BLOCK, person.did);
    replyPage(
      res,
      person.handle,
      told,
      accountPage(site, person, repo?.records ?? [], await control.mutes(person.did)),
    );
  } catch (error) {
    replySeeOther(res, backTo('/', { problem: sentence(error) }));
  }
}

/** Only addresses of this page: a form can't be made to lead elsewhere. */
function backTo(path: string, told: Record<string, string>): string {
  const url = new URL(path.startsWith('/accounts?') ? path : '/', 'http://sandbox.test');
  for (const [name, value] of Object.entries(told)) url.searchParams.set(name, value);
  return `${url.pathname}${url.search}`;
}

function sentence(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof CommandError ? error.message : `Something went wrong: ${String(error)}`;
}
