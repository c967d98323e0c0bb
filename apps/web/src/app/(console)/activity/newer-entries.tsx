'use client';
import type { Newer } from '@secateur/core/trail/schemas';
import { Button } from '@secateur/ui/button';
import { useTranslations } from 'next-intl';

type NewerEntriesProps = { newer: Newer | undefined; busy: boolean; onShow: () => void };

/**
 * Says that more was done than is shown. Its place is always there, so that nothing moves when it comes; it is said aloud once,
 * and not again for every further entry.
 */
export function NewerEntries({ newer, busy, onShow }: NewerEntriesProps) {
  const t = useTranslations('activity.newer');
  const { count, more } = newer ?? { count: 0, more: false };
  return (
    <div className="flex min-h-12 items-center">
      <p role="status" className="sr-only">
        {count > 0 ? t('said') : null}
      </p>
      {count > 0 ? (
        <Button look="quiet" busy={busy} onClick={onShow}>
          {more ? t('many', { count }) : t('show', { count })}
        </Button>
      ) : null}
    </div>
  );
}
