'use client';
import { MOST_SOURCES } from '@secateur/core/shields/schemas';
import { Button } from '@secateur/ui/button';
import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { type DraftSource, EMPTY_SOURCE, inputsOf } from '~/shield/draft-source.ts';
import { BringFile } from './bring-file.tsx';
import { FileSource } from './file-source.tsx';
import { NamedSource } from './named-source.tsx';
import { SharedSource } from './shared-source.tsx';
import type { SourcePartProps } from './source-part.ts';

type SourcesProps = Pick<SourcePartProps, 'usable' | 'missing'> & {
  sources: readonly DraftSource[];
  setSources: (sources: DraftSource[]) => void;
};

/** Where it is coming from: for most people one account, for others more of them, posts, lists and files. */
export function Sources({ sources, setSources, usable, missing }: SourcesProps) {
  const t = useTranslations('newShield');
  const added = useRef<string | null>(null);
  useEffect(() => {
    if (added.current) document.getElementById(added.current)?.focus();
    added.current = null;
  });
  const add = (more: Partial<DraftSource>) => {
    const id = crypto.randomUUID();
    added.current = more.file ? `source-${id}` : `query-${id}`;
    const typed = sources.filter((one) => more.file === undefined || one.file !== null || one.query.trim() !== '');
    setSources([...typed, { ...EMPTY_SOURCE, ...more, id }]);
  };
  const remove = (id: string) => {
    const left = sources.filter((one) => one.id !== id);
    added.current = 'add-source';
    setSources(left.length > 0 ? left : [{ ...EMPTY_SOURCE, id: 'first' }]);
  };
  const count = sources.reduce((sum, one) => sum + inputsOf(one, usable).length, 0);
  const networks = [...new Set(usable.map(({ network }) => network))];
  return (
    <div className="grid gap-6">
      {sources.map((source, n) => {
        const setSource = (next: DraftSource) => setSources(sources.map((one) => (one.id === next.id ? next : one)));
        const part = { source, setSource, usable, missing };
        if (source.id === 'first' && !source.file) return <NamedSource key={source.id} {...part} />;
        return (
          <section
            key={source.id}
            id={`source-${source.id}`}
            tabIndex={-1}
            aria-label={t('sourceNumber', { number: n + 1 })}
            className="grid gap-4 rounded-card border border-line bg-surface p-4 sm:p-5"
          >
            {source.file ? <FileSource file={source.file} /> : <NamedSource {...part} />}
            <div>
              <Button
                type="button"
                look="plain"
                size="small"
                aria-label={t('removeNumber', { number: n + 1 })}
                onClick={() => remove(source.id)}
              >
                <X aria-hidden size={18} />
                {t('remove')}
              </Button>
            </div>
          </section>
        );
      })}
      {count < MOST_SOURCES && networks.length > 0 ? (
        <div className="flex flex-wrap gap-3">
          <Button id="add-source" type="button" look="quiet" onClick={() => add({})}>
            <Plus aria-hidden size={20} />
            {t('add')}
          </Button>
          <BringFile networks={networks} onBrought={(file) => add({ file })} />
          <SharedSource networks={networks} onChosen={(file) => add({ file })} />
        </div>
      ) : null}
    </div>
  );
}
