'use client';
import { Button } from '@secateur/ui/button';
import { Progress } from '@secateur/ui/progress';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { BringFile } from '~/app/(console)/shields/new/bring-file.tsx';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { FileFaults } from '~/shield/file-faults.tsx';

/** Milliseconds between looks at how far a file is looked up: nothing else tells. */
const EVERY = 1_500;

/** Takes a file of accounts in, shows what of it is understood, and puts those on the allow list. */
export function BringList() {
  const t = useTranslations('people');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [id, setId] = useState<string | null>(null);
  const { data: upload } = useQuery(
    trpc.uploads.get.queryOptions(
      { id: id ?? '' },
      { enabled: id !== null, refetchInterval: ({ state }) => (state.data?.complete ? false : EVERY) },
    ),
  );
  const add = useMutation(
    trpc.exemptions.bring.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.exemptions.pathFilter()),
    }),
  );
  const done = upload ? upload.size + upload.unknown : 0;
  const looking = upload ? t('looking', { name: upload.name, done, readable: upload.readable }) : '';
  return (
    <section aria-labelledby="bring-list" className="grid max-w-3xl gap-4">
      <h2 id="bring-list" className="text-xl">
        {t('bringHeading')}
      </h2>
      <p>{t('bringText')}</p>
      <div className="flex flex-wrap items-center gap-3">
        <BringFile
          networks={['bluesky', 'mastodon']}
          onBrought={(file) => {
            add.reset();
            setId(file.id);
          }}
        />
      </div>
      {upload ? (
        <>
          {upload.complete ? (
            <p role="status">{t('found', { count: upload.size, name: upload.name })}</p>
          ) : (
            <>
              <Progress label={t('bringHeading')} text={looking} value={done} max={upload.readable} />
              <p className="tabular-nums">{looking}</p>
            </>
          )}
          <FileFaults upload={upload} />
          {upload.complete && upload.size > 0 && !add.isSuccess ? (
            <div>
              <Button busy={add.isPending} onClick={() => add.mutate({ uploadId: upload.id })}>
                {add.isPending ? t('adding') : t('add', { count: upload.size })}
              </Button>
            </div>
          ) : null}
        </>
      ) : null}
      {add.error ? <TroubleNotice error={add.error} /> : null}
      {add.data ? (
        <p role="status" className="font-semibold text-good">
          {t('brought', { added: add.data.added })}
        </p>
      ) : null}
    </section>
  );
}
