'use client';
import { Button } from '@secateur/ui/button';
import { buttonLook } from '@secateur/ui/button-look';
import { Skeleton } from '@secateur/ui/skeleton';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { troubleOf } from '~/client/trouble.ts';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { useLinkToken } from '~/client/use-link-token.ts';
import type { LinkView } from '~/server/links/follow.ts';

/** What a link would do, the button that does it, and that it was done. */
export function Follow() {
  const t = useTranslations();
  const trpc = useTRPC();
  const token = useLinkToken();
  const { mutate, data, error } = useMutation(trpc.links.lookAt.mutationOptions());
  const follow = useMutation(trpc.links.follow.mutationOptions());
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (token) mutate({ token });
  }, [mutate, token]);
  useEffect(() => {
    if (follow.isSuccess) heading.current?.focus();
  }, [follow.isSuccess]);
  const trouble = error ? troubleOf(error) : null;
  if (token === '' || (trouble?.kind === 'problem' && trouble.problem === 'not_found')) {
    return (
      <div className="grid gap-5">
        <h1 className="text-3xl">{t('link.goneHeading')}</h1>
        <p>{t('link.gone')}</p>
        <div>
          <Link href="/sign-in" className={buttonLook('quiet')}>
            {t('link.toSignIn')}
          </Link>
        </div>
      </div>
    );
  }
  if (error) return <TroubleNotice error={error} onRetry={() => mutate({ token: token ?? '' })} />;
  if (!token || !data) return <Skeleton label={t('common.loading')} />;
  const kind = kindOf(data);
  const { wait: _, ...values } = { email: '', who: '', deed: '', wait: false, ...data };
  if (follow.isSuccess) {
    return (
      <div className="grid gap-5">
        <h1 ref={heading} tabIndex={-1} className="text-3xl">
          {t(`link.${kind}.doneHeading`)}
        </h1>
        <p className="wrap-anywhere">{t(`link.${kind}.done`, values)}</p>
      </div>
    );
  }
  return (
    <div className="grid gap-5">
      <h1 className="text-3xl">{t(`link.${kind}.heading`)}</h1>
      <p className="wrap-anywhere">{t(`link.${kind}.text`, values)}</p>
      {follow.error ? <TroubleNotice error={follow.error} /> : null}
      <div>
        <Button busy={follow.isPending} onClick={() => follow.mutate({ token })}>
          {t(`link.${kind}.submit`)}
        </Button>
      </div>
      <p className="text-soft text-sm">{t(`link.${kind}.otherwise`)}</p>
    </div>
  );
}

function kindOf(view: LinkView): Exclude<LinkView['kind'], 'step_up'> | 'confirm' | 'wait' {
  if (view.kind !== 'step_up') return view.kind;
  return view.wait ? 'wait' : 'confirm';
}
