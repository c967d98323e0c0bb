'use client';
import type { PreviewView } from '@secateur/core/shields/schemas';
import { Notice } from '@secateur/ui/notice';
import { Progress } from '@secateur/ui/progress';
import { useTranslations } from 'next-intl';
import { useProblem } from '~/client/use-problem.ts';
import { PersonName } from '~/parts/person-name.tsx';
import { hasSeveral } from '~/shield/has-several.ts';

/** Whom it is about, and how far their crowd is listed. */
export function Listing({ view }: { view: PreviewView }) {
  const t = useTranslations('preview');
  const text = useListingText()(view);
  const problemSentence = useProblem();
  const several = hasSeveral(view.sources);
  const untold = view.sources.reduce((sum, source) => sum + source.untold, 0);
  // Of several, each says so itself.
  const problem = several ? null : (view.sources.find((source) => source.problem !== null)?.problem ?? null);
  return (
    <div className="grid gap-3">
      {view.subject && !several ? (
        <p className="text-xl">
          <PersonName displayName={view.subject.displayName} handle={view.subject.handle} />
          {view.subject.followers === null ? null : (
            <span className="text-soft"> · {t('followers', { count: view.subject.followers })}</span>
          )}
        </p>
      ) : null}
      {view.state === 'ready' ? null : (
        <Progress label={t('progress')} text={text} value={view.listed} max={view.expected} />
      )}
      <p role="status" className={view.state === 'ready' ? 'text-soft' : 'font-medium tabular-nums'}>
        {text}
      </p>
      {problem ? (
        <Notice tone="warn" live="status" title={problemSentence(problem).what}>
          {problemSentence(problem).next}
        </Notice>
      ) : null}
      {!several && untold > 0 ? <p className="text-soft">{t('untold', { count: untold })}</p> : null}
      {view.talksUntold.map((handle) => (
        <p key={handle} className="text-soft">
          {t('talksUntold', { handle })}
        </p>
      ))}
      {view.peopleKnown || view.state === 'resolving' ? null : <p className="text-soft">{t('people')}</p>}
    </div>
  );
}

function useListingText(): (view: PreviewView) => string {
  const t = useTranslations('preview');
  return ({ state, listed, expected, query, sources, meant }) => {
    if (state === 'resolving') return t('resolving', { query });
    if (state === 'ready' && hasSeveral(sources)) return t('readySeveral', { listed, meant: meant.soFar });
    if (state === 'ready') return t('ready', { listed });
    return expected === null ? t('listingUnknown', { listed }) : t('listing', { listed, expected });
  };
}
