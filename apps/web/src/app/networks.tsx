import { Tag } from '@secateur/ui/tag';
import { useTranslations } from 'next-intl';

const NETWORKS = [
  { name: 'bluesky', ready: true },
  { name: 'mastodon', ready: true },
  { name: 'x', ready: false },
] as const;

/** What works where, and what to know about it. */
export function Networks() {
  const t = useTranslations('landing.networks');
  return (
    <section aria-labelledby="networks" className="mx-auto max-w-6xl px-5 pt-14">
      <h2 id="networks" className="text-3xl">
        {t('heading')}
      </h2>
      <p className="mt-2 text-soft">{t('intro')}</p>
      <ul className="mt-6 divide-y divide-line border-line border-y">
        {NETWORKS.map(({ name, ready }) => (
          <li key={name} className="grid gap-x-8 gap-y-2 py-5 md:grid-cols-[9rem_7rem_1fr]">
            <h3 className="text-lg">{t(name)}</h3>
            <p>
              <Tag tone={ready ? 'good' : 'plain'}>{t(`${name}State`)}</Tag>
            </p>
            <p>{t(`${name}What`)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
