'use client';
import { Card } from '@secateur/ui/card';
import { Skeleton } from '@secateur/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { Section } from '~/parts/section.tsx';
import { AddPasskey } from './add-passkey.tsx';
import { AloneChoice } from './alone-choice.tsx';
import { PasskeyRow } from './passkey-row.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

/** One's passkeys, when they are asked for, and the codes for when they are lost. */
export function PasskeyList() {
  const t = useTranslations();
  const trpc = useTRPC();
  const said = useRef<HTMLParagraphElement>(null);
  const [words, setWords] = useState<string | null>(null);
  const { data, error, isPending, refetch } = useQuery(trpc.passkeys.list.queryOptions());
  const onRemoved = (name: string) => {
    flushSync(() => setWords(t('security.passkeys.removed', { name })));
    said.current?.focus();
  };
  return (
    <>
      <Section id="passkeys" heading={t('security.passkeys.heading')} intro={t('security.passkeys.intro')}>
        <p ref={said} tabIndex={-1} role="status" className="font-medium empty:hidden">
          {words}
        </p>
        {isPending ? <Skeleton label={t('common.loading')} /> : null}
        {!isPending && !data ? <TroubleNotice error={error} onRetry={() => void refetch()} /> : null}
        {data && data.passkeys.length > 0 ? (
          <Card>
            <ul aria-label={t('security.passkeys.listLabel')} className="-my-3 divide-y divide-line">
              {data.passkeys.map((passkey) => (
                <PasskeyRow key={passkey.id} passkey={passkey} onRemoved={() => onRemoved(passkey.name)} />
              ))}
            </ul>
          </Card>
        ) : null}
        {data ? <AddPasskey first={data.passkeys.length === 0} /> : null}
        {data && data.passkeys.length > 0 ? <AloneChoice alone={data.alone} /> : null}
      </Section>
      {data && data.passkeys.length > 0 ? <RecoveryCodes left={data.codesLeft} /> : null}
    </>
  );
}
