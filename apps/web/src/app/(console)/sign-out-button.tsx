'use client';
import { useTranslations } from 'next-intl';
import { forgetDrafts } from '~/client/use-draft.ts';
import { endSession } from './end-session.ts';

/** Ends the session and forgets what was typed in this tab. */
export function SignOutButton() {
  const t = useTranslations('nav');
  return (
    <form action={endSession} onSubmit={forgetDrafts}>
      <button
        type="submit"
        className="min-h-11 rounded-control px-2 font-medium max-sm:-mr-2 max-sm:text-sm text-on-band underline-offset-8 hover:underline"
      >
        {t('signOut')}
      </button>
    </form>
  );
}
