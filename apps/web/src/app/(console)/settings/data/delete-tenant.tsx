'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { AskDeletion } from './ask-deletion.tsx';
import { KeepReceipt } from './keep-receipt.tsx';
import { PendingDeletion } from './pending-deletion.tsx';

/** The end of everything that is kept here: how to ask for it, or how it stands. */
export function DeleteTenant() {
  const trpc = useTRPC();
  const [receipt, setReceipt] = useState<string | null>(null);
  const { data, error, refetch } = useQuery(trpc.deletion.view.queryOptions());
  if (error) return <TroubleNotice error={error} onRetry={refetch} />;
  if (data === undefined) return null;
  if (data === null) return <AskDeletion onAsked={setReceipt} />;
  return (
    <>
      {receipt ? <KeepReceipt token={receipt} onKept={() => setReceipt(null)} /> : null}
      <PendingDeletion deletion={data} />
    </>
  );
}
