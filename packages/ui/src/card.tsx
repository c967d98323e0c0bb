import type { ReactNode } from 'react';

type CardProps = { children: ReactNode; className?: string };

/** A sheet on the page that holds what belongs together. */
export function Card({ children, className = '' }: CardProps) {
  return <div className={`rounded-card border border-line bg-surface p-5 sm:p-6 ${className}`}>{children}</div>;
}
