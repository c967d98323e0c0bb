'use client';
import { Button } from '@secateur/ui/button';
import { Dialog } from '@secateur/ui/dialog';
import { Skeleton } from '@secateur/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import { Share2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import type { DraftSource } from '~/shield/draft-source.ts';
import { useMay } from '~/tenant/use-may.ts';

type SharedSourceProps = {
  networks: readonly NonNullable<DraftSource['network']>[];
  onChosen: (list: NonNullable<DraftSource['file']>) => void;
};

/** Takes a list that somebody else shares as a source. A helper's grant reaches none. */
export function SharedSource({ networks, onChosen }: SharedSourceProps) {
  const t = useTranslations();
  const may = useMay();
  const [open, setOpen] = useState(false);
  if (!may('lists')) return null;
  return (
    <>
      <Button type="button" look="quiet" onClick={() => setOpen(true)}>
        <Share2 aria-hidden size={20} />
        {t('newShield.sharedList.use')}
      </Button>
      <Dialog
        open={open}
        title={t('newShield.sharedList.which')}
        onClose={() => setOpen(false)}
        actions={
          <Button type="button" look="quiet" onClick={() => setOpen(false)}>
            {t('common.back')}
          </Button>
        }
      >
        <Taken
          networks={networks}
          onChosen={(list) => {
            setOpen(false);
            onChosen(list);
          }}
        />
      </Dialog>
    </>
  );
}

function Taken({ networks, onChosen }: SharedSourceProps) {
  const t = useTranslations();
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.lists.list.queryOptions());
  if (error) return <TroubleNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton label={t('common.loading')} />;
  const usable = data.taken.filter(({ network }) => networks.includes(network));
  if (usable.length === 0) return <p>{t('newShield.sharedList.none')}</p>;
  return (
    <ul className="grid gap-2">
      {usable.map(({ id, title, network, size, mode, endedAt }) => (
        <li key={id}>
          <button
            type="button"
            className="grid w-full gap-0.5 rounded-control border border-edge bg-surface px-4 py-3 text-left hover:bg-sunk"
            onClick={() => onChosen({ id, name: title, network })}
          >
            <bdi className="font-medium wrap-anywhere">{title}</bdi>
            <span className="text-soft text-[0.94rem]">
              {t('lists.size', { count: size, network: t(`accounts.network.${network}`) })} ·{' '}
              {t(`newShield.sharedList.${endedAt ? 'ended' : mode}`)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
