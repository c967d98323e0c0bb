'use client';
import { Button } from '@secateur/ui/button';
import { Tag } from '@secateur/ui/tag';
import { useTranslations } from 'next-intl';
import type { SessionView } from '~/server/sign-in/sessions.ts';

type SessionRowProps = { session: SessionView; busy: boolean; onEnd: () => void };

/** One browser that is signed in, as its owner may recognise it. */
export function SessionRow({ session, busy, onEnd }: SessionRowProps) {
  const t = useTranslations('security');
  const name = t('device', { browser: session.browser, system: session.system });
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
      <div className="grid gap-0.5">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 font-medium">
          {name}
          {session.here ? <Tag tone="good">{t('sessions.here')}</Tag> : null}
        </p>
        <p className="text-soft text-sm">
          {t(`how.${session.how}`)} · {t('sessions.since', { date: session.createdAt })}
        </p>
        <p className="text-soft text-sm">{t('sessions.seen', { date: session.lastSeenAt })}</p>
      </div>
      {session.here ? null : (
        <Button
          look="quiet"
          size="small"
          busy={busy}
          aria-label={t('sessions.endOf', { device: name, date: session.createdAt })}
          onClick={onEnd}
        >
          {t('sessions.end')}
        </Button>
      )}
    </li>
  );
}
