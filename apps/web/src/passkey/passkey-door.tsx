'use client';
import { Button } from '@secateur/ui/button';
import { browserSupportsWebAuthn, browserSupportsWebAuthnAutofill } from '@simplewebauthn/browser';
import { useMutation } from '@tanstack/react-query';
import { TRPCClientError } from '@trpc/client';
import { useTranslations } from 'next-intl';
import { useEffect, useSyncExternalStore } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPCClient } from '~/client/trpc.ts';
import { PasskeyTrouble } from './passkey-trouble.tsx';
import { showPasskey } from './show-passkey.ts';

/** Milliseconds after which the browser's own list of passkeys gets a new question: an old one can't be answered. */
const AGAIN = 4 * 60_000;

type PasskeyDoorProps = {
  back: string;
  /** Offer passkeys where the address is typed, too. */
  atField?: boolean;
  look?: 'primary' | 'quiet';
};

/** The button that opens the door with a passkey. */
export function PasskeyDoor({ back, atField = false, look = 'quiet' }: PasskeyDoorProps) {
  const t = useTranslations('signIn.passkey');
  const client = useTRPCClient();
  const able = useSyncExternalStore(never, browserSupportsWebAuthn, () => true);
  const enter = useMutation({
    mutationFn: async ({ autofill }: { autofill: boolean }) => {
      const answer = await showPasskey(await client.signIn.ask.mutate(), autofill);
      return client.signIn.byPasskey.mutate({ answer, back });
    },
    onSuccess: ({ to }) => window.location.assign(to),
  });
  const { mutate } = enter;
  useEffect(() => {
    if (!atField) return;
    let timer: ReturnType<typeof setInterval> | undefined;
    let left = false;
    const offer = () => mutate({ autofill: true });
    void browserSupportsWebAuthnAutofill().then((can) => {
      if (!can || left) return;
      offer();
      timer = setInterval(offer, AGAIN);
    });
    return () => {
      left = true;
      clearInterval(timer);
    };
  }, [atField, mutate]);
  if (!able) return <p>{t('unable')}</p>;
  const pressed = enter.variables?.autofill === false;
  return (
    <div className="grid gap-4">
      {isSilent(enter.error, pressed) ? null : (
        <PasskeyTrouble error={enter.error} otherwise={(error) => <TroubleNotice error={error} />} />
      )}
      <div>
        <Button look={look} busy={enter.isPending && pressed} onClick={() => mutate({ autofill: false })}>
          {t('use')}
        </Button>
      </div>
    </div>
  );
}

const never = () => () => {};

/** What a browser says to an offer that nobody asked for is no trouble; what the server says to a passkey that was chosen is. */
function isSilent(error: Error | null, pressed: boolean): boolean {
  return !pressed && !(error instanceof TRPCClientError);
}
