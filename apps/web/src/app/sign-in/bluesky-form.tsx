'use client';
import { Button } from '@secateur/ui/button';
import { Choice } from '@secateur/ui/choice';
import { TextField } from '@secateur/ui/field';
import { Notice } from '@secateur/ui/notice';
import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { continueWithBluesky, type Typed } from './continue-with-bluesky.ts';

const EMPTY: Typed = { account: '', connect: true, missing: false };

/** Signing in with an account on Bluesky, and having it connected if one likes. */
export function BlueskyForm({ back }: { back: string }) {
  const t = useTranslations('signIn.bluesky');
  const [typed, send, busy] = useActionState(continueWithBluesky, EMPTY);
  return (
    <form action={send} noValidate aria-labelledby="with-bluesky" className="grid gap-5">
      <h2 id="with-bluesky" className="text-xl">
        {t('heading')}
      </h2>
      <p>{t('intro')}</p>
      <input type="hidden" name="back" value={back} />
      <TextField
        id="account"
        name="account"
        label={t('handle')}
        hint={t('handleHint')}
        error={typed.missing ? t('missing') : undefined}
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        defaultValue={typed.account}
        required
      />
      <div className="overflow-clip rounded-control border border-edge bg-surface">
        <Choice
          id="connect"
          name="connect"
          type="checkbox"
          label={t('connect')}
          hint={t('connectHint')}
          defaultChecked={typed.connect}
        />
      </div>
      {typed.minutes === undefined ? null : (
        <Notice tone="danger" live="alert" title={t('tooMany')}>
          {t('tooManyText', { minutes: typed.minutes })}
        </Notice>
      )}
      <div>
        <Button type="submit" busy={busy}>
          {t('submit')}
        </Button>
      </div>
    </form>
  );
}
