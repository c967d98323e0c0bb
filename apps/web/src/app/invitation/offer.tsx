'use client';
import { Button } from '@secateur/ui/button';
import { buttonLook } from '@secateur/ui/button-look';
import { Skeleton } from '@secateur/ui/skeleton';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { forgetToken, useToken } from './use-token.ts';

/** What somebody is invited to, and the button that takes it. */
export function Offer({ signedIn, signedInAs }: { signedIn: boolean; signedInAs: string | null }) {
  const t = useTranslations();
  const token = useToken();
  if (token === undefined) return <Skeleton label={t('common.loading')} />;
  if (token === null) {
    return (
      <div className="grid gap-5">
        <h1 className="text-3xl">{t('invitation.noneHeading')}</h1>
        <p>{t('invitation.none')}</p>
      </div>
    );
  }
  if (!signedIn) {
    return (
      <div className="grid gap-5">
        <h1 className="text-3xl">{t('invitation.heading')}</h1>
        <p>{t('invitation.signIn')}</p>
        <div>
          <Link href="/sign-in?back=/invitation" className={buttonLook()}>
            {t('invitation.toSignIn')}
          </Link>
        </div>
      </div>
    );
  }
  return <Take token={token} signedInAs={signedInAs} />;
}

function Take({ token, signedInAs }: { token: string; signedInAs: string | null }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const { mutate, data, error } = useMutation(trpc.tenants.lookAtInvitation.mutationOptions());
  const choose = useMutation(trpc.tenants.choose.mutationOptions({ onSuccess: () => location.assign('/shields') }));
  const accept = useMutation(
    trpc.tenants.acceptInvitation.mutationOptions({
      onSuccess: ({ tenantId }) => {
        forgetToken();
        choose.mutate({ tenantId });
      },
    }),
  );
  useEffect(() => mutate({ token }), [mutate, token]);
  if (error) return <TroubleNotice error={error} onRetry={() => mutate({ token })} />;
  if (!data) return <Skeleton label={t('common.loading')} />;
  const trouble = accept.error ?? choose.error;
  return (
    <div className="grid gap-5">
      <h1 className="text-3xl wrap-anywhere">{t('invitation.offer', { tenant: data.tenantName })}</h1>
      <p>{t(`invitation.roles.${data.role}`)}</p>
      <p className="text-soft wrap-anywhere">{t('invitation.until', { email: data.email, date: data.expiresAt })}</p>
      {signedInAs ? (
        <p className="text-soft wrap-anywhere">{t('invitation.signedInAs', { email: signedInAs })}</p>
      ) : null}
      {trouble ? <TroubleNotice error={trouble} /> : null}
      <div>
        <Button busy={accept.isPending || choose.isPending} onClick={() => accept.mutate({ token })}>
          {t('invitation.accept')}
        </Button>
      </div>
    </div>
  );
}
