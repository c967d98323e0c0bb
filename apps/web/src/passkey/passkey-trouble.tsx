'use client';
import { Notice } from '@secateur/ui/notice';
import { TRPCClientError } from '@trpc/client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

type PasskeyTroubleProps = { error: unknown; otherwise: (error: unknown) => ReactNode };

/** What kept the browser from showing or making a passkey; `otherwise` shows what the server said. */
export function PasskeyTrouble({ error, otherwise }: PasskeyTroubleProps) {
  const t = useTranslations('passkeyTrouble');
  if (!error) return null;
  const kind = kindOf(error);
  if (!kind) return otherwise(error);
  return (
    <Notice tone={kind === 'stopped' ? 'note' : 'warn'} live="alert" title={t(`${kind}.what`)}>
      {t(`${kind}.next`)}
    </Notice>
  );
}

/**
 * The browser's own names for it (WebAuthn level 3, 5.1.3 and 5.1.4), of which a person who says no and a timeout share
 * one. Null for what the server said.
 */
function kindOf(error: unknown): 'stopped' | 'there' | 'unable' | null {
  if (!(error instanceof Error) || error instanceof TRPCClientError) return null;
  if (error.name === 'NotAllowedError' || error.name === 'AbortError') return 'stopped';
  return error.name === 'InvalidStateError' ? 'there' : 'unable';
}
