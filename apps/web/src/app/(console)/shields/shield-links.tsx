'use client';
import { buttonLook } from '@secateur/ui/button-look';
import { BookOpenText, Share2 } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { NewShieldLink } from './new-shield-link.tsx';

/** From the list of shields: to everyone they cover, and to a new one. */
export function ShieldLinks() {
  const t = useTranslations('ledger');
  const lists = useTranslations('lists');
  return (
    <div className="flex flex-wrap gap-3">
      <Link href="/ledger" className={buttonLook('quiet')}>
        <BookOpenText aria-hidden size={20} />
        {t('open')}
      </Link>
      <Link href="/lists" className={buttonLook('quiet')}>
        <Share2 aria-hidden size={20} />
        {lists('open')}
      </Link>
      <NewShieldLink />
    </div>
  );
}
