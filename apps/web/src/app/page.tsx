import { buttonLook } from '@secateur/ui/button-look';
import { Hedge, type HedgePart, type StemKind, StemSign } from '@secateur/ui/hedge';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { HelpLink } from '~/parts/help-link.tsx';
import { SkipLink } from '~/parts/skip-link.tsx';
import { Wordmark } from '~/parts/wordmark.tsx';
import { HowItGoes } from './how-it-goes.tsx';
import { Networks } from './networks.tsx';
import { Promises } from './promises.tsx';

/** The picture on the start page: a crowd partway through. */
const CROWD: HedgePart[] = [
  { kind: 'done', count: 60 },
  { kind: 'spared', count: 6 },
  { kind: 'waiting', count: 30 },
];

/** The public start page. Nothing on it depends on who looks. */
export default async function Landing() {
  const t = await getTranslations('landing');
  const nav = await getTranslations('nav');
  const legend: [StemKind, string][] = [
    ['done', t('pictureDone')],
    ['spared', t('pictureSpared')],
    ['waiting', t('pictureWaiting')],
  ];
  return (
    <>
      <script async src="/leave.js" />
      <SkipLink />
      <header className="bg-band text-on-band">
        <div className="mx-auto flex max-w-6xl items-center justify-between gap-4 px-5 py-2">
          <Wordmark />
          <div className="flex flex-wrap items-center justify-end gap-x-6">
            <HelpLink className="font-medium" />
            <Link
              href="/shields"
              className="inline-flex min-h-11 items-center rounded-control px-2 font-medium underline-offset-8 hover:underline"
            >
              {t('toShields')}
            </Link>
          </div>
        </div>
      </header>
      <main id="content" tabIndex={-1} className="flex-1">
        <div className="on-band bg-band text-on-band">
          <div className="mx-auto grid max-w-6xl gap-6 px-5 pt-10 sm:pt-16">
            <h1 className="max-w-4xl text-4xl sm:text-5xl lg:text-6xl">{t('heading')}</h1>
            <p className="max-w-2xl text-band-soft text-lg sm:text-xl">{t('lead')}</p>
            <div className="grid justify-items-start gap-3">
              <Link href="/sign-in" className={buttonLook('band')}>
                {t('start')}
              </Link>
              <p className="text-band-soft text-sm">{t('startNote')}</p>
            </div>
            <figure className="mt-6 sm:mt-10">
              <Hedge parts={CROWD} size={96} narrow={36} className="h-24 sm:h-40" />
              <figcaption className="flex flex-wrap gap-x-6 gap-y-1.5 py-4 text-band-soft text-sm">
                <span className="sr-only">{t('pictureCaption')}</span>
                {legend.map(([kind, name]) => (
                  <span key={kind} className="flex items-center gap-2">
                    <StemSign kind={kind} />
                    {name}
                  </span>
                ))}
              </figcaption>
            </figure>
          </div>
        </div>
        <HowItGoes />
        <Promises />
        <Networks />
        <section aria-labelledby="limits" className="mx-auto grid max-w-6xl gap-10 px-5 py-14 lg:grid-cols-2 lg:gap-16">
          <div className="grid content-start gap-4">
            <h2 id="limits" className="text-3xl">
              {t('limits.heading')}
            </h2>
            <ul className="grid list-disc gap-3 pl-5">
              <li>{t('limits.bystanders')}</li>
              <li>{t('limits.newAccounts')}</li>
              <li>{t('limits.report')}</li>
              <li>{t('limits.rights')}</li>
            </ul>
          </div>
          <div className="grid content-start gap-4">
            <h2 className="text-3xl">{t('time.heading')}</h2>
            <p>{t('time.text')}</p>
            <div>
              <Link href="/sign-in" className={buttonLook()}>
                {t('start')}
              </Link>
            </div>
          </div>
        </section>
      </main>
      <footer className="border-line border-t">
        <p className="mx-auto flex max-w-6xl flex-wrap gap-x-6 px-5 py-3 text-soft text-sm">
          <HelpLink />
          <Link href="/appeal" className="inline-flex min-h-11 items-center underline-offset-8 hover:underline">
            {nav('appeal')}
          </Link>
        </p>
      </footer>
    </>
  );
}
