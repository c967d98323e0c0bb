'use client';
import type { SpareReason } from '@secateur/core/shields/schemas';
import { type Messages, useTranslations } from 'next-intl';
import { useProblem } from '~/client/use-problem.ts';

/** Why a target is spared, over or failed, in words. */
export function useReason(): (reason: string) => string {
  const t = useTranslations();
  const problem = useProblem();
  const isSpare = (reason: string): reason is SpareReason => t.has(`spared.${reason as SpareReason}`);
  const isFailure = (reason: string): reason is keyof Messages['failures'] => t.has(`failures.${reason as 'rejected'}`);
  const isEnd = (reason: string): reason is keyof Messages['ended'] => t.has(`ended.${reason as 'undone'}`);
  return (reason) => {
    if (isSpare(reason)) return t(`spared.${reason}`);
    if (isEnd(reason)) return t(`ended.${reason}`);
    if (isFailure(reason)) return t(`failures.${reason}`);
    return problem(reason).what;
  };
}
