'use client';
import type { ShieldView } from '@secateur/core/shields/schemas';
import { Button } from '@secateur/ui/button';
import { Card } from '@secateur/ui/card';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { useMay } from '~/tenant/use-may.ts';
import { NotesForm } from './notes-form.tsx';

/** Why it was raised, and what is to be remembered about it, in the members' own words. */
export function Notes({ shield }: { shield: ShieldView }) {
  const t = useTranslations('shield.note');
  const may = useMay();
  const heading = useRef<HTMLHeadingElement>(null);
  const [writing, setWriting] = useState(false);
  const { reason, note, connections } = shield;
  const isEmpty = reason === null && note === null;
  const mayWrite = may(
    'prepare',
    connections.map(({ id }) => id),
  );
  const close = () => {
    setWriting(false);
    // The button that was pressed is gone.
    heading.current?.focus();
  };
  return (
    <Card className="grid gap-3">
      <h2 ref={heading} tabIndex={-1} className="text-xl">
        {t('heading')}
      </h2>
      {writing ? (
        <NotesForm shield={shield} onClose={close} />
      ) : (
        <>
          {isEmpty ? <p className="text-soft">{t('empty')}</p> : null}
          {reason ? <p className="font-medium wrap-anywhere">{reason}</p> : null}
          {note ? <p className="max-w-3xl whitespace-pre-line wrap-anywhere">{note}</p> : null}
          {mayWrite ? (
            <div>
              <Button look="quiet" size="small" onClick={() => setWriting(true)}>
                {isEmpty ? t('edit') : t('change')}
              </Button>
            </div>
          ) : null}
        </>
      )}
    </Card>
  );
}
