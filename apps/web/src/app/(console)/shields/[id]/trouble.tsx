'use client';
import type { ShieldView } from '@secateur/core/shields/schemas';
import { buttonLook } from '@secateur/ui/button-look';
import { Notice } from '@secateur/ui/notice';
import Link from 'next/link';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { useProblem } from '~/client/use-problem.ts';

/** Why the shield isn't going on, until when, and what mends it. */
export function Trouble({ shield }: { shield: ShieldView }) {
  const { problem, connections, waiting, talksUntold } = shield;
  const t = useTranslations();
  const problemSentence = useProblem();
  const broken = connections.filter(({ state }) => state === 'revoked' || state === 'refused');
  const toAccounts = (
    <Link href="/accounts" className={buttonLook('quiet', 'small')}>
      {t('newShield.toAccounts')}
    </Link>
  );
  return (
    <div className="grid gap-3 empty:hidden">
      {problem ? (
        <Notice tone="danger" live="status" title={problemSentence(problem).what}>
          {problemSentence(problem).next}
        </Notice>
      ) : null}
      {broken.map(({ id, handle }) => (
        <Notice
          key={id}
          tone="warn"
          live="status"
          title={t('shield.connectionTrouble', { handle })}
          actions={toAccounts}
        >
          {t('shield.connectionTroubleText')}
        </Notice>
      ))}
      {waiting && broken.length === 0 ? <Waiting waiting={waiting} /> : null}
      {talksUntold.map((handle) => (
        <Notice key={handle} live="status" title={t('shield.talksUntold', { handle })}>
          {t('shield.talksUntoldText')}
        </Notice>
      ))}
    </div>
  );
}

function Waiting({ waiting: { why, until } }: { waiting: NonNullable<ShieldView['waiting']> }) {
  const t = useTranslations('waiting');
  const now = useNow();
  const format = useFormatter();
  const sameDay = until && format.dateTime(until, 'day') === format.dateTime(now, 'day');
  return (
    <Notice tone={why === 'connection' ? 'warn' : 'note'} live="status" title={t(`${why}.what`)}>
      {t(`${why}.why`)}
      {until ? ` ${sameDay ? t('until', { time: until }) : t('untilDay', { time: until })}` : null}
    </Notice>
  );
}
