'use client';
import { MODES } from '@secateur/core/sharing/schemas';
import { Button } from '@secateur/ui/button';
import { Choice, ChoiceGroup } from '@secateur/ui/choice';
import { Skeleton } from '@secateur/ui/skeleton';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { forgetToken } from '~/client/kept-token.ts';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';

/** The name under which the link that was opened is kept. */
export const LIST_TOKEN = 'list';

/** What is on the list, and in which way it is taken. */
export function TakeList({ token }: { token: string }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const [mode, setMode] = useState<(typeof MODES)[number]>('follow');
  const { mutate, data, error } = useMutation(trpc.lists.lookAt.mutationOptions());
  const take = useMutation(
    trpc.lists.subscribe.mutationOptions({
      onSuccess: () => {
        forgetToken(LIST_TOKEN);
        location.assign('/lists');
      },
    }),
  );
  useEffect(() => mutate({ token }), [mutate, token]);
  if (error) return <TroubleNotice error={error} onRetry={() => mutate({ token })} />;
  if (!data) return <Skeleton label={t('common.loading')} />;
  const network = t(`accounts.network.${data.network}`);
  return (
    <form
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        take.mutate({ token, mode });
      }}
    >
      <h1 className="text-3xl">{t('lists.offer.heading')}</h1>
      <p className="wrap-anywhere">
        <bdi className="font-semibold">{data.title}</bdi>
        <br />
        <span className="text-soft">{t('lists.size', { count: data.size, network })}</span>
      </p>
      <p>{t('lists.offer.text')}</p>
      <p>{t('lists.offer.trust')}</p>
      <ChoiceGroup id="mode" legend={t('lists.offer.how')}>
        {MODES.map((one) => (
          <Choice
            key={one}
            id={`mode-${one}`}
            type="radio"
            name="mode"
            label={t(`lists.offer.${one}`)}
            hint={t(`lists.offer.${one}Hint`)}
            checked={mode === one}
            onChange={() => setMode(one)}
          />
        ))}
      </ChoiceGroup>
      {take.error ? <TroubleNotice error={take.error} /> : null}
      <div>
        <Button type="submit" busy={take.isPending || take.isSuccess}>
          {t('lists.offer.submit')}
        </Button>
      </div>
    </form>
  );
}
