'use client';
import type { PreviewView, SourceView } from '@secateur/core/shields/schemas';
import { FieldError } from '@secateur/ui/field';
import { Progress } from '@secateur/ui/progress';
import { useTranslations } from 'next-intl';
import { useProblem } from '~/client/use-problem.ts';
import { SourceName } from '~/shield/source-name.tsx';
import { SourceFaults } from './source-faults.tsx';

/** Each of several sources by itself: how far it is listed, or what is wrong with it. */
export function SourceList({ view }: { view: PreviewView }) {
  const t = useTranslations('preview.sources');
  return (
    <section aria-labelledby="sources" className="grid gap-2">
      <h2 id="sources" className="text-xl">
        {t('heading')}
      </h2>
      <ul className="divide-y divide-line rounded-card border border-line bg-surface">
        {view.sources.map((source) => (
          <Source key={source.ordinal} source={source} several={view.networks.length > 1} />
        ))}
      </ul>
    </section>
  );
}

function Source({ source, several }: { source: SourceView; several: boolean }) {
  const t = useTranslations();
  const problemSentence = useProblem();
  const { kind, state, problem, listed, expected, untold, network, uploadId } = source;
  const text =
    state === 'resolving'
      ? t('preview.sources.resolving')
      : state === 'ready' || expected === null
        ? t('preview.sources.listed', { listed })
        : t('preview.sources.listing', { listed, expected });
  return (
    <li data-source={source.ordinal} className="grid gap-2 px-4 py-3">
      <span className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="min-w-0">
          <SourceName source={source} />
          {several ? <span className="text-soft"> · {t(`accounts.network.${network}`)}</span> : null}
        </span>
        {problem || kind === 'account' ? null : <span className="text-soft tabular-nums">{text}</span>}
      </span>
      {problem ? (
        <FieldError>
          {problemSentence(problem).what} <span className="font-normal">{problemSentence(problem).next}</span>
        </FieldError>
      ) : state === 'listing' && kind !== 'account' ? (
        <Progress label={t('preview.progress')} text={text} value={listed} max={expected} />
      ) : null}
      {untold > 0 ? <span className="text-soft">{t('preview.untold', { count: untold })}</span> : null}
      {kind === 'quoters' ? <span className="text-soft">{t('newShield.quotersHint')}</span> : null}
      {uploadId ? <SourceFaults id={uploadId} /> : null}
    </li>
  );
}
