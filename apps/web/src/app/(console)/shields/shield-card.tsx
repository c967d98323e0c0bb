'use client';
import type { ShieldRow } from '@secateur/core/shields/schemas';
import { Hedge } from '@secateur/ui/hedge';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Handle } from '~/parts/handle.tsx';
import { hedgeParts } from '~/shield/hedge-parts.ts';
import { StateText } from '~/shield/state-text.tsx';

/** One shield in the list: whom, where it stands, until when. */
export function ShieldCard({ shield }: { shield: ShieldRow }) {
  const t = useTranslations('shields');
  const { id, state, subject, query, raisedAt, lastLiftAt, endedAt, counts } = shield;
  const href = state === 'preview' ? (`/shields/${id}/preview` as const) : (`/shields/${id}` as const);
  return (
    <li className="relative grid gap-4 rounded-card border border-line bg-surface p-5 hover:border-edge sm:grid-cols-[1fr_15rem] sm:items-end sm:p-6">
      <div className="grid gap-1.5">
        <h2 className="text-xl wrap-anywhere">
          <Link href={href} className="after:absolute after:inset-0 hover:underline">
            {subject ? <Handle handle={subject.handle} /> : query}
          </Link>
        </h2>
        <p className="font-medium">
          <StateText shield={shield} />
        </p>
        <p className="text-soft text-sm">
          {raisedAt ? t('raised', { date: raisedAt }) : t('notRaised')}
          {lastLiftAt && !endedAt ? ` · ${t('lastLift', { date: lastLiftAt })}` : null}
        </p>
      </div>
      {counts.total > 0 ? (
        <div className="max-sm:hidden">
          <Hedge size={30} parts={hedgeParts(counts)} />
        </div>
      ) : null}
    </li>
  );
}
