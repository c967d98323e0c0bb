'use client';
import type { LedgerEntry, Standing } from '@secateur/core/ledger/schemas';
import { Tag } from '@secateur/ui/tag';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ComponentProps } from 'react';
import { useReason } from '~/shield/reason.ts';

const TONES: Record<Standing, ComponentProps<typeof Tag>['tone']> = {
  planned: 'plain',
  done: 'good',
  already: 'note',
  by_shield: 'good',
  spared: 'note',
  failed: 'danger',
  expired: 'plain',
  undone: 'note',
  withdrawn: 'plain',
  kept: 'note',
};

/** What became of somebody, why, since when and until when. */
export function WhatBecame({ entry, hidden }: { entry: LedgerEntry; hidden: boolean }) {
  const t = useTranslations();
  const reasonText = useReason();
  const { action, standing, outcome, reason, weakened, confirmedAt, liftAt, by } = entry;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Tag tone={TONES[standing]}>{t(`outcomes.${outcome}`, { action })}</Tag>
      <span className="text-soft text-sm">
        {weakened ? `${t('shield.targets.weakened', { reason: reasonText(weakened) })} · ` : null}
        {reason ? reasonText(reason) : null}
        {confirmedAt ? t('shield.targets.confirmed', { date: confirmedAt }) : null}
        {liftAt ? ` · ${t('shield.targets.liftAt', { date: liftAt })}` : null}
      </span>
      {by ? (
        <span className="text-soft text-sm">
          {t.rich('ledger.by', {
            name: hidden ? '…' : by.name,
            link: (chunks) => (
              <Link href={`/shields/${by.id}`} className="underline underline-offset-4">
                {chunks}
              </Link>
            ),
          })}
        </span>
      ) : null}
    </div>
  );
}
