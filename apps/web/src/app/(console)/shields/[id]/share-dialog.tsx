'use client';
import { AskDialog } from '@secateur/ui/ask-dialog';
import { Button } from '@secateur/ui/button';
import { buttonLook } from '@secateur/ui/button-look';
import { Choice, ChoiceGroup } from '@secateur/ui/choice';
import { Dialog } from '@secateur/ui/dialog';
import { TextField } from '@secateur/ui/field';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';

type ShareDialogProps = { shieldId: string; network: 'bluesky' | 'mastodon' | 'x' | null; onClose: () => void };

/** Says what others will learn, and makes the link. */
export function ShareDialog({ shieldId, network, onClose }: ShareDialogProps) {
  const t = useTranslations();
  const trpc = useTRPC();
  const [title, setTitle] = useState('');
  const [missing, setMissing] = useState(false);
  const [hears, setHears] = useState(true);
  const publish = useMutation(trpc.lists.publish.mutationOptions());
  const close = () => {
    publish.reset();
    onClose();
  };
  const submit = () => {
    setMissing(title.trim() === '');
    if (title.trim() === '') document.getElementById('list-title')?.focus();
    else if (network) publish.mutate({ shieldId, network, title: title.trim(), hears });
  };
  if (publish.data) return <LinkDialog token={publish.data.token} onClose={close} />;
  return (
    <AskDialog
      open={network !== null}
      title={t('lists.share.title')}
      yes={t('lists.share.make')}
      no={t('common.back')}
      busy={publish.isPending}
      onYes={submit}
      onClose={close}
    >
      <p>{t('lists.share.learns')}</p>
      <ul className="grid list-disc gap-2 pl-5">
        <li>{t('lists.share.crowd')}</li>
        <li>{t('lists.share.later')}</li>
      </ul>
      <p>{t('lists.share.never')}</p>
      <TextField
        id="list-title"
        label={t('lists.share.name')}
        hint={t('lists.share.nameHint')}
        error={missing ? t('lists.share.missing') : undefined}
        maxLength={80}
        autoComplete="off"
        value={title}
        onChange={(event) => {
          setTitle(event.target.value);
          setMissing(false);
        }}
      />
      <ChoiceGroup id="list-appeals" legend={t('lists.share.mistakes')}>
        <Choice
          id="list-hears"
          type="checkbox"
          label={t('lists.share.hears')}
          hint={t('lists.share.hearsHint')}
          checked={hears}
          onChange={(event) => setHears(event.target.checked)}
        />
      </ChoiceGroup>
      {publish.error ? <TroubleNotice error={publish.error} /> : null}
    </AskDialog>
  );
}

/** The link, this once. */
function LinkDialog({ token, onClose }: { token: string; onClose: () => void }) {
  const t = useTranslations();
  const [copied, setCopied] = useState(false);
  const link = `${location.origin}/list#${token}`;
  return (
    <Dialog
      open
      title={t('lists.share.link')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={() => void navigator.clipboard.writeText(link).then(() => setCopied(true))}>
            {t('lists.share.copy')}
          </Button>
          <Link href="/lists" className={buttonLook('quiet')}>
            {t('lists.share.toLists')}
          </Link>
        </>
      }
    >
      <TextField
        id="list-link"
        label={t('lists.share.link')}
        hint={t('lists.share.once')}
        readOnly
        value={link}
        onFocus={(event) => event.target.select()}
      />
      <p role="status" className="font-semibold text-good empty:hidden">
        {copied ? t('lists.share.copied') : null}
      </p>
    </Dialog>
  );
}
