'use client';
import type { ShieldView } from '@secateur/core/shields/schemas';
import { Hedge, StemSign } from '@secateur/ui/hedge';
import { Progress } from '@secateur/ui/progress';
import { useFormatter, useTranslations } from 'next-intl';
import { hedgeParts } from '~/shield/hedge-parts.ts';
import { StateText } from '~/shield/state-text.tsx';

/** Where it stands: a sentence, a picture, and the picture in words. */
export function Standing({ shield }: { shield: ShieldView }) {
  const t = useTranslations('shield');
  const format = useFormatter();
  const { counts, action, state, listed, expected } = shield;
  const parts = hedgeParts(counts);
  const listing = state === 'gathering' && counts.total === 0;
  return (
    <section aria-labelledby="standing" className="rounded-card border border-line bg-surface p-5 sm:p-6">
      <h2 id="standing" className="sr-only">
        {t('picture')}
      </h2>
      <p role="status" data-state={state} className="mb-5 font-semibold text-2xl tabular-nums tracking-tight">
        <StateText shield={shield} />
      </p>
      {listing ? (
        <Progress label={t('picture')} text={format.number(listed)} value={listed} max={expected} />
      ) : (
        <Hedge parts={parts} size={56} />
      )}
      <dl className="mt-5 grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-6">
        {(['done', 'waiting', 'spared', 'already', 'failed', 'over'] as const).map((kind) => (
          <div key={kind} className="flex flex-col-reverse justify-end gap-0.5">
            <dt className="flex items-start gap-2 text-soft text-sm">
              <StemSign kind={kind} />
              {t(`counts.${kind}`, { action })}
            </dt>
            <dd data-count={kind} className="font-semibold text-2xl tabular-nums tracking-tight">
              {format.number(parts.find((part) => part.kind === kind)?.count ?? 0)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
