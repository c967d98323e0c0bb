'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '~/client/trpc.ts';
import { FileFaults } from '~/shield/file-faults.tsx';

/** What of a file can't be used, for those who may look into it. */
export function SourceFaults({ id }: { id: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.uploads.get.queryOptions({ id }, { retry: false }));
  return data ? <FileFaults upload={data} /> : null;
}
