'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { z } from 'zod';
import { Lost } from './lost.tsx';

const step = z.union([
  z.object({ go: z.string() }),
  z.object({ problem: z.string(), connects: z.boolean(), links: z.boolean().optional() }),
  z.object({ wait: z.literal(true) }),
]);
/** Milliseconds until the next question after one that could not be asked. */
const AGAIN = 2_000;

/** Says that it takes a moment, and goes on by itself as soon as there is somewhere to go. */
export function Moment({ id, account }: { id: string; account: string }) {
  const t = useTranslations('moment');
  const [failed, setFailed] = useState<{ problem: string; connects: boolean; links?: boolean | undefined } | null>(
    null,
  );
  useEffect(() => {
    const leaving = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      const next = await askNext(id, leaving.signal);
      if (leaving.signal.aborted) return;
      if (next === null) timer = setTimeout(ask, AGAIN);
      else if ('go' in next) window.location.replace(next.go);
      else if ('problem' in next) setFailed(next);
      else void ask();
    };
    void ask();
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, [id]);
  if (failed) return <Lost {...failed} />;
  return (
    <div className="grid gap-5" role="status">
      <h1 className="text-3xl">{t('heading')}</h1>
      <p>{t.rich('text', { who: () => <strong className="wrap-anywhere">{account}</strong> })}</p>
      <p className="text-soft">{t('safe')}</p>
    </div>
  );
}

/** Null when it could not be asked, or the answer could not be read. */
async function askNext(id: string, signal: AbortSignal): Promise<z.infer<typeof step> | null> {
  try {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`/api/flows/${id}`, { method: 'POST', headers, body: '{}', signal });
    return step.safeParse(await answer.json()).data ?? null;
  } catch {
    return null;
  }
}
