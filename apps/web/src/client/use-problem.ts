'use client';
import type { Problem } from '@secateur/base';
import { useTranslations } from 'next-intl';

/** The two sentences of a problem: what it is, and what to do next. */
export function useProblem(): (problem: string) => { what: string; next: string } {
  const t = useTranslations();
  const isKnown = (problem: string): problem is Problem => t.has(`problems.${problem as Problem}.what`);
  return (problem) =>
    isKnown(problem)
      ? { what: t(`problems.${problem}.what`), next: t(`problems.${problem}.next`) }
      : { what: t('trouble.unknown.what'), next: t('trouble.unknown.next') };
}
