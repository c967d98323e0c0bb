import { SECOND } from '@secateur/base';
import type { Context } from '@secateur/core/context';
import { type News, tellOfDeletions } from '@secateur/core/deletion';
import type { Notice } from '../notices/notice.ts';
import type { Notify } from '../notices/notify.ts';

/** Milliseconds between two looks whether somebody is to be told of a deletion. */
const EVERY = 5 * SECOND;

type TellDeps = {
  context: Context;
  notify: Notify;
  log: { error(fields: Record<string, unknown>, message: string): void };
};

/** Tells members by mail what becomes of their tenant's deletion, as long as the process lives: workers know no addresses. */
export function tellMembers({ context, notify, log }: TellDeps, signal: AbortSignal): void {
  let busy = false;
  const look = async () => {
    if (busy) return;
    busy = true;
    try {
      await tellOfDeletions(context, (news) => tellAll(notify, news));
    } catch (err) {
      log.error({ err }, 'nobody could be told of a deletion');
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => void look(), EVERY);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

/** Whether any mail could be handed over. A mailbox that is refused is not asked again and again, with all others. */
export async function tellAll(notify: Notify, news: News): Promise<boolean> {
  let sent = 0;
  let failed = 0;
  for (const userId of news.userIds) {
    const told = await notify(userId, noticeOf(news));
    sent += told.sent;
    failed += told.failed;
  }
  return sent > 0 || failed === 0;
}

function noticeOf({ about, organisation, leaveAt, dueAt, keepAt, remaining }: News): Notice {
  const tenant = organisation ?? 'none';
  if (about === 'stuck') return { about: 'deletionStuck', tenant, remaining, keepAt };
  return { about: 'deletionAsked', tenant, leaveAt, dueAt };
}
