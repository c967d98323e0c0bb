'use client';
import type { PreviewView } from '@secateur/core/shields/schemas';
import { Hedge, type StemKind, StemSign } from '@secateur/ui/hedge';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

/** The three numbers that matter, as a picture and in words. */
export function Outcome({ view }: { view: PreviewView }) {
  const t = useTranslations('preview');
  const spared = view.spared.reduce((sum, { count }) => sum + count, 0);
  const weakened = view.weakened.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="rounded-card border border-line bg-surface p-5 sm:p-6">
      <Hedge
        parts={[
          { kind: 'waiting', count: view.toDo },
          { kind: 'already', count: view.already },
          { kind: 'spared', count: spared },
        ]}
      />
      <ul className="mt-5 grid gap-4 sm:grid-cols-3">
        <Figure
          name="toDo"
          kind="waiting"
          count={view.toDo}
          note={weakened > 0 ? t('weakened', { count: weakened }) : null}
        >
          {t('toDo', { action: view.action, count: view.toDo })}
        </Figure>
        <Figure name="spared" kind="spared" count={spared}>
          {t('spare', { count: spared })}
        </Figure>
        <Figure name="already" kind="already" count={view.already} note={view.already > 0 ? t('alreadyNote') : null}>
          {t('already', { action: view.action })}
        </Figure>
      </ul>
    </div>
  );
}

type FigureProps = { name: string; kind: StemKind; count: number; note?: ReactNode; children: ReactNode };

function Figure({ name, kind, count, note, children }: FigureProps) {
  const format = useFormatter();
  return (
    <li className="flex gap-3">
      <span className="pt-2.5">
        <StemSign kind={kind} />
      </span>
      <span className="grid">
        <span data-figure={name} className="font-semibold text-3xl tabular-nums tracking-tight">
          {format.number(count)}
        </span>
        <span>{children}</span>
        {note ? <span className="text-soft text-sm">{note}</span> : null}
      </span>
    </li>
  );
}
