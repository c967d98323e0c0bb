'use client';
import { useTranslations } from 'next-intl';
import { stateLine } from './state-line.ts';

/** Where a shield stands, in one sentence. */
export function StateText({ shield }: { shield: Parameters<typeof stateLine>[0] }) {
  const t = useTranslations('shield.lines');
  const line = stateLine(shield);
  switch (line.key) {
    case 'preview':
    case 'discarded':
    case 'planning':
      return t(line.key);
    case 'gathering':
      return t(line.key, line.values);
    case 'gatheringUnknown':
      return t(line.key, line.values);
    case 'acting':
      return t(line.key, line.values);
    case 'paused':
      return t(line.key, line.values);
    case 'holding':
      return t(line.key, line.values);
    case 'holdingSome':
      return t(line.key, line.values);
    case 'lettingGo':
      return t(line.key, line.values);
    case 'stopped':
      return t(line.key, line.values);
    case 'lifting':
    case 'undoing':
      return t(line.key, line.values);
    case 'ended':
    case 'undone':
      return t(line.key, line.values);
  }
}
