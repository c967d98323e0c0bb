'use client';
import type { ReceiptView } from '@secateur/core/deletion/schemas';
import { Card } from '@secateur/ui/card';
import { Tag } from '@secateur/ui/tag';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

/** What was asked for and what has been done of it, step by step. */
export function Steps({ receipt: { askedAt, dueAt, blocks, kept, shredded, erased } }: { receipt: ReceiptView }) {
  const t = useTranslations('receipt');
  return (
    <ol aria-label={t('listLabel')} className="grid gap-4">
      <Step name="asked" heading={t('asked')} done>
        <p>{t('askedText', { date: askedAt, dueAt })}</p>
      </Step>
      <Step name="left" heading={t('left')} done={shredded !== null}>
        <p>{t(blocks === 'now' ? 'leftNow' : 'leftKeep')}</p>
        {kept === null ? null : <p>{t('kept', { kept })}</p>}
      </Step>
      <Step name="shredded" heading={t('shredded')} done={shredded !== null}>
        {shredded ? (
          <>
            <p>{t('shreddedText', { date: shredded.at, keys: shredded.keys, accounts: shredded.accounts })}</p>
            <p>
              {t('digest')}: <code className="font-mono text-sm break-all">{shredded.digest}</code>
            </p>
          </>
        ) : null}
      </Step>
      <Step name="erased" heading={t('erased')} done={erased !== null}>
        {erased ? <p>{t('erasedText', { date: erased.at, rows: erased.rows })}</p> : null}
      </Step>
    </ol>
  );
}

type StepProps = { name: string; heading: string; done: boolean; children: ReactNode };

function Step({ name, heading, done, children }: StepProps) {
  const t = useTranslations('receipt');
  return (
    <li data-step={name} data-done={done}>
      <Card className="grid gap-2">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <h2 className="text-lg">{heading}</h2>
          <Tag tone={done ? 'good' : 'plain'}>{t(done ? 'done' : 'notYet')}</Tag>
        </div>
        {children}
      </Card>
    </li>
  );
}
