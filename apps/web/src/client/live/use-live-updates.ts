'use client';
import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Told } from '~/server/follow.ts';
import { isSignedOut } from '../trouble.ts';
import { useTRPC, useTRPCClient } from '../trpc.ts';
import { followEvents, type OpenStream } from './follow-events.ts';
import { gather } from './gather.ts';

/** Keeps everything on the page as new as the server's history, while the page can be seen. */
export function useLiveUpdates(): void {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();

  useEffect(() => {
    const open: OpenStream = (lastEventId, { onData, onConnected, onEnded }) => {
      const subscription = client.events.follow.subscribe(
        { lastEventId },
        {
          onData,
          onConnectionStateChange: ({ state }) => onConnected(state === 'pending'),
          onError: (error) => onEnded(isSignedOut(error)),
          onStopped: () => onEnded(false),
        },
      );
      return () => subscription.unsubscribe();
    };
    const stale = (event: Told): QueryKey[] => {
      switch (event.kind) {
        case 'shield': {
          const input = { id: event.subjectId };
          return [
            trpc.shields.get.queryKey(input),
            trpc.shields.preview.queryKey(input),
            trpc.shields.targets.pathKey(),
            trpc.shields.list.pathKey(),
            trpc.ledger.pathKey(),
            trpc.quotas.pathKey(),
            trpc.spending.pathKey(),
          ];
        }
        case 'connection':
        case 'account':
          return [trpc.connections.pathKey(), trpc.shields.pathKey(), trpc.deletion.view.pathKey()];
        case 'member':
        case 'tenant':
          return [trpc.tenants.pathKey(), trpc.members.pathKey(), trpc.deletion.view.pathKey()];
        case 'list':
          return [trpc.lists.pathKey()];
        case 'trail':
          return [];
        case 'resync':
          return [[]];
      }
    };
    const { tell, end } = gather((events) => {
      // Whatever happened, somebody did it. What is read of the trail itself stays as it is until its reader asks.
      for (const queryKey of [trpc.trail.newer.pathKey(), ...events.flatMap(stale)])
        void queryClient.invalidateQueries({ queryKey });
    });
    const stop = followEvents(open, tell);
    return () => {
      stop();
      end();
    };
  }, [trpc, client, queryClient]);
}
