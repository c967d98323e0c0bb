'use client';
import type { GrantView } from '@secateur/core/tenants/schemas';
import { useFormatter, useTranslations } from 'next-intl';

/** A grant as a sentence: which account, which verbs, until when. */
export function useGrantWords(): (grant: GrantView) => string {
  const t = useTranslations('members');
  const format = useFormatter();
  return ({ handle, verbs, expiresAt, live }) => {
    const list = format.list(verbs.map((verb) => t(`verbs.${verb}`)));
    return t(live ? 'grant' : 'grantOver', { handle, verbs: list, date: expiresAt });
  };
}
