import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

export type NoticeTone = 'note' | 'good' | 'warn' | 'danger';

const TONES = {
  note: { look: 'bg-note-wash border-note', sign: Info, ink: 'text-note' },
  good: { look: 'bg-good-wash border-good', sign: CircleCheck, ink: 'text-good' },
  warn: { look: 'bg-warn-wash border-warn', sign: TriangleAlert, ink: 'text-warn' },
  danger: { look: 'bg-danger-wash border-danger', sign: CircleAlert, ink: 'text-danger' },
} as const;

type NoticeProps = {
  tone?: NoticeTone;
  title?: ReactNode;
  /** Read out at once (`alert`) or when there is a pause (`status`). */
  live?: 'alert' | 'status';
  /** What to do next. */
  actions?: ReactNode;
  children?: ReactNode;
};

/** Something to know before going on. */
export function Notice({ tone = 'note', title, live, actions, children }: NoticeProps) {
  const { look, sign: Sign, ink } = TONES[tone];
  return (
    <div role={live} className={`flex gap-3 rounded-card border-l-4 px-4 py-3.5 ${look}`}>
      <Sign aria-hidden size={22} className={`mt-0.5 shrink-0 ${ink}`} />
      <div className="grid min-w-0 gap-1.5">
        {title ? <p className="font-semibold wrap-anywhere">{title}</p> : null}
        {children ? <div className="min-w-0 wrap-anywhere">{children}</div> : null}
        {actions ? <div className="mt-1.5 flex flex-wrap gap-2">{actions}</div> : null}
      </div>
    </div>
  );
}
