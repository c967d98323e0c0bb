import type { ReactNode } from 'react';
import type { NoticeTone } from './notice.tsx';

const TONES: Record<NoticeTone | 'plain', string> = {
  plain: 'bg-sunk text-ink',
  note: 'bg-note-wash text-note',
  good: 'bg-good-wash text-good',
  warn: 'bg-warn-wash text-warn',
  danger: 'bg-danger-wash text-danger',
};

/** A state in a word or two. */
export function Tag({ tone = 'plain', children }: { tone?: keyof typeof TONES; children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 font-semibold text-sm ${TONES[tone]}`}
    >
      {children}
    </span>
  );
}
