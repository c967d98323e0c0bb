'use client';
import { Button } from '@secateur/ui/button';
import { Card } from '@secateur/ui/card';
import { TextArea } from '@secateur/ui/field';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { useMay } from '~/tenant/use-may.ts';

/** What the owner wants helpers to know. It stands above everything a helper sees here. */
export function WishesForm() {
  const t = useTranslations('members');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data } = useQuery(trpc.tenants.current.queryOptions());
  const [typed, setTyped] = useState<string | null>(null);
  const write = useMutation(
    trpc.tenants.writeWishes.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.tenants.pathFilter()),
    }),
  );
  const may = useMay();
  if (!data || !may('members.look')) return null;
  const wishes = typed ?? data.wishes;
  return (
    <Card>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          write.mutate({ wishes });
        }}
        className="grid gap-5"
      >
        <h2 className="text-xl">{t('wishesHeading')}</h2>
        <TextArea
          id="wishes"
          label={t('wishes')}
          hint={t('wishesHint')}
          rows={5}
          maxLength={4_000}
          value={wishes}
          onChange={(event) => setTyped(event.target.value)}
        />
        {write.error ? <TroubleNotice error={write.error} /> : null}
        <div className="flex flex-wrap items-center gap-4">
          <Button type="submit" busy={write.isPending}>
            {t('wishesSubmit')}
          </Button>
          <p role="status" className="font-semibold text-good empty:hidden">
            {write.isSuccess && wishes === data.wishes ? t('wishesSaved') : null}
          </p>
        </div>
      </form>
    </Card>
  );
}
