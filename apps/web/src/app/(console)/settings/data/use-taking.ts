'use client';
import type { ExportForm } from '@secateur/core/exports/schemas';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { download } from '~/client/download.ts';
import { useConfirmed } from '~/step-up/use-confirmed.ts';

export type Taking = {
  /** What is on its way; null when nothing is. */
  form: ExportForm | null;
  /** What was asked for last. */
  last: ExportForm | null;
  bytes: number;
  isDone: boolean;
  isStopped: boolean;
  error: Error | null;
  begin(form: ExportForm): void;
  stop(): void;
};

/** Takes a file along, one at a time. */
export function useTaking(): Taking {
  const confirmed = useConfirmed();
  const [bytes, setBytes] = useState(0);
  const leaving = useRef(new AbortController());
  const take = useMutation({
    mutationFn: (form: ExportForm) => {
      setBytes(0);
      leaving.current = new AbortController();
      const { signal } = leaving.current;
      return confirmed(() => download('/api/files/data', { form }, { onProgress: setBytes, signal }));
    },
  });
  const isStopped = take.isError && take.error.name === 'AbortError';
  return {
    form: take.isPending ? take.variables : null,
    last: take.variables ?? null,
    bytes,
    isDone: take.isSuccess,
    isStopped,
    error: isStopped ? null : take.error,
    begin: take.mutate,
    stop: () => leaving.current.abort(),
  };
}
