'use client';
import { EXPORT_FORMATS } from '@secateur/core/trail/schemas';
import { Button } from '@secateur/ui/button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type Choice, filterOf } from '~/activity/choice.ts';
import { download } from '~/client/download.ts';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { useConfirmed } from '~/step-up/use-confirmed.ts';

/** The trail as a file. */
export function TakeCopy({ choice }: { choice: Choice }) {
  const t = useTranslations('activity.take');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const confirmed = useConfirmed();
  const take = useMutation({
    mutationFn: (format: (typeof EXPORT_FORMATS)[number]) =>
      confirmed(() => download('/api/files/activity', { ...filterOf(choice), format })),
    onSuccess: () => queryClient.invalidateQueries(trpc.trail.newer.pathFilter()),
  });
  return (
    <section aria-labelledby="take-copy" className="grid gap-3 border-line border-t pt-6">
      <h2 id="take-copy" className="text-xl">
        {t('heading')}
      </h2>
      <p className="text-soft">{t('text')}</p>
      <div className="flex flex-wrap gap-3">
        {EXPORT_FORMATS.map((format) => (
          <Button key={format} look="quiet" busy={take.isPending} onClick={() => take.mutate(format)}>
            {t(format)}
          </Button>
        ))}
      </div>
      {take.error ? <TroubleNotice error={take.error} /> : null}
      <p role="status" className="font-semibold text-good empty:hidden">
        {take.isSuccess ? t('done') : null}
      </p>
    </section>
  );
}
