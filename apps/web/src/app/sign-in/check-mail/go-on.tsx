'use client';
import { useEffect } from 'react';
import { z } from 'zod';

const session = z.object({ user: z.object({ id: z.string() }) });
/** Milliseconds between two looks. */
const EVERY = 3_000;

/** Leads on once somebody has signed in, most likely in the tab that the mail's link opened. */
export function GoOn({ to }: { to: string }) {
  useEffect(() => {
    const look = async () => {
      if (document.hidden) return;
      const response = await fetch('/api/auth/session').catch(() => null);
      const answer: unknown = await response?.json().catch(() => null);
      if (session.safeParse(answer).success) window.location.assign(to);
    };
    const timer = setInterval(() => void look(), EVERY);
    const onVisible = () => void look();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [to]);
  return null;
}
