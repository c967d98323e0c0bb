'use client';
import type { connectFlowInput } from '@secateur/core/oauth/schemas';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import type { z } from 'zod';
import { useTRPC } from '~/client/trpc.ts';

type Wanted = z.input<typeof connectFlowInput>;

/** Sends the browser to the account's own server, and back here in the end. */
export function useConsent() {
  const trpc = useTRPC();
  const router = useRouter();
  return useMutation(
    trpc.connections.beginConsent.mutationOptions({
      onSuccess: ({ id }) => router.push(`/network/${id}`),
    }),
  );
}

/** Where it ends. */
export const BACK = '/accounts' satisfies Wanted['back'];
