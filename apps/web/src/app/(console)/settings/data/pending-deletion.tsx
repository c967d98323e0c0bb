'use client';
import type { DeletionView } from '@secateur/core/deletion/schemas';
import { Card } from '@secateur/ui/card';
import { Notice } from '@secateur/ui/notice';
import { useTranslations } from 'next-intl';
import { CallOff } from '~/deletion/call-off.tsx';

/** How a deletion that was asked for stands, and for owners the way back. */
export function PendingDeletion({ deletion }: { deletion: DeletionView }) {
  const t = useTranslations('deletion');
  const { stage, blocks, held, stuck, mine } = deletion;
  return (
    <section aria-labelledby="pending-deletion" className="grid gap-5">
      <h2 id="pending-deletion" className="text-2xl">
        {t('heading')}
      </h2>
      <Card className="grid gap-3">
        <p>{t('asked', { askedAt: deletion.askedAt })}</p>
        {stage === 'waits' ? (
          <p className="font-semibold">{t('waits', { leaveAt: deletion.leaveAt })}</p>
        ) : (
          <p className="font-semibold" role="status">
            {t('leaves', { accounts: deletion.accounts, held })}
          </p>
        )}
        <p>{t(`blocks.${blocks}`)}</p>
        <p>{t('due', { dueAt: deletion.dueAt })}</p>
        {stuck ? (
          <Notice tone="warn" title={t('stuck', { held })}>
            {t('stuckText', { keepAt: stuck.keepAt })}
          </Notice>
        ) : null}
        {stage === 'leaves' && mine ? <p className="text-soft">{t('cancelLeaves')}</p> : null}
        {mine ? <CallOff size="normal" /> : <p className="text-soft">{t('cancelOwner')}</p>}
      </Card>
    </section>
  );
}
