'use client';
import { Button } from '@secateur/ui/button';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPCClient } from '~/client/trpc.ts';

/** Saves the allow list of a network as a file. */
export function TakeList() {
  const t = useTranslations();
  const client = useTRPCClient();
  const take = useMutation({
    mutationFn: async (network: 'bluesky' | 'mastodon') => {
      const file = await client.exemptions.file.query({ network });
      if (file.count > 0) save(file.name, file.text);
      return file.count;
    },
  });
  return (
    <section aria-labelledby="take-list" className="grid max-w-3xl gap-4">
      <h2 id="take-list" className="text-xl">
        {t('people.takeHeading')}
      </h2>
      <p>{t('people.takeText')}</p>
      <div className="flex flex-wrap gap-3">
        {(['bluesky', 'mastodon'] as const).map((network) => (
          <Button
            key={network}
            look="quiet"
            busy={take.isPending && take.variables === network}
            onClick={() => take.mutate(network)}
          >
            {t('people.take', { network: t(`accounts.network.${network}`) })}
          </Button>
        ))}
      </div>
      {take.error ? <TroubleNotice error={take.error} /> : null}
      <p role="status" className="empty:hidden">
        {take.data === undefined ? null : t('people.taken', { count: take.data })}
      </p>
    </section>
  );
}

function save(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
