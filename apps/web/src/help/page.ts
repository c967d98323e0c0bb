import { type Html, html, nothing } from '@secateur/base';
import { createTranslator } from 'next-intl';
import messages from '../../messages/en.json' with { type: 'json' };
import { EMERGENCY, ORGANISATIONS, type Organisation } from './organisations.ts';
import { STYLE } from './style.ts';

const t = createTranslator({ locale: 'en', messages, namespace: 'help' });
const leave = createTranslator({ locale: 'en', messages, namespace: 'leave' });
const app = createTranslator({ locale: 'en', messages, namespace: 'app' });

const STEPS = ['tell', 'keep', 'out', 'lock', 'quiet', 'shield', 'report'] as const;
const IS = ['blocks', 'spares', 'undoes', 'free'] as const;
const IS_NOT = ['watched', 'law', 'emergency', 'public', 'others', 'report'] as const;

const countries = new Intl.DisplayNames('en', { type: 'region' });
const languages = new Intl.DisplayNames('en', { type: 'language' });

/** The whole page as one file: no framework and no font, so that it opens on a slow line and without scripts. */
export function helpPage(): string {
  const body = html`
<aside class="exit" aria-label="${leave('region')}"><div class="wrap">
<p>${leave('keys')}</p><a href="/leave" rel="noreferrer" data-leave>${leave('now')}</a>
</div></aside>
<a class="skip" href="#content">${app('skip')}</a>
<header class="band"><div class="wrap"><a href="/">${app('name')}</a><a href="/sign-in">${t('signIn')}</a></div></header>
<main id="content" tabindex="-1" class="wrap">
<section><h1>${t('heading')}</h1><p class="lead">${t('lead')}</p></section>
${danger()}
<section aria-labelledby="watched"><h2 id="watched">${t('watchedHeading')}</h2><p>${t('watched')}</p></section>
${firstHour()}
${whatItIs()}
${whoHelps()}
</main>
<footer><p class="wrap">${t('foot')}</p></footer>`;
  const title = app('titleOf', { page: t('title') });
  const head = html`<meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="description" content="${t('description')}">
<link rel="icon" href="/icon.svg" type="image/svg+xml"><script defer src="/leave.js"></script>
<style>${STYLE}</style>`;
  return html`<!DOCTYPE html><html lang="en"><head>${head}</head><body>${body}</body></html>`.text;
}

function danger(): Html {
  const numbers = Object.entries(EMERGENCY)
    .map(([country, number]) => ({ name: nameOf(country), number }))
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(({ name, number }) => html`<li>${name}: ${call(number)}</li>`);
  return html`<section class="now" aria-labelledby="danger"><h2 id="danger">${t('dangerHeading')}</h2><p>${t('danger')}</p>
<ul class="numbers">${numbers}</ul></section>`;
}

function firstHour(): Html {
  const steps = STEPS.map((step) => html`<li><h3>${t(`steps.${step}Title`)}</h3><p>${t(`steps.${step}`)}</p></li>`);
  return html`<section aria-labelledby="hour"><h2 id="hour">${t('hourHeading')}</h2><ol class="steps">${steps}</ol></section>`;
}

function whatItIs(): Html {
  return html`<section aria-labelledby="is"><h2 id="is">${t('isHeading')}</h2>
<ul class="plain">${IS.map((one) => html`<li>${t(`is.${one}`)}</li>`)}</ul></section>
<section aria-labelledby="not"><h2 id="not">${t('isNotHeading')}</h2>
<ul class="plain">${IS_NOT.map((one) => html`<li>${t(`isNot.${one}`)}</li>`)}</ul></section>`;
}

function whoHelps(): Html {
  const places = [...new Set(ORGANISATIONS.map(({ country }) => country))].sort((a, b) =>
    a === null || b === null ? Number(b === null) - Number(a === null) : nameOf(a).localeCompare(nameOf(b)),
  );
  const parts = places.map((place) => {
    const there = ORGANISATIONS.filter(({ country }) => country === place);
    const name = place === null ? t('anywhere') : nameOf(place);
    const list = html`<summary>${name}</summary><ul class="who">${there.map(entry)}</ul>`;
    return place === null ? html`<details open>${list}</details>` : html`<details>${list}</details>`;
  });
  return html`<section aria-labelledby="who"><h2 id="who">${t('whoHeading')}</h2><p>${t('who')}</p><div class="places">${parts}</div></section>`;
}

function entry({ id, name, url, phone, languages: spoken, source, checked }: (typeof ORGANISATIONS)[number]): Html {
  const names = spoken.map((one) => languages.of(one) ?? one).join(', ');
  const tel = phone === null ? nothing : html`<p class="tel">${call(phone)}</p>`;
  return html`<li><p><a href="${url}" rel="noreferrer">${name}</a></p><p>${t(`organisations.${id}`)}</p>${tel}
<p class="soft">${t('spoken', { languages: names })} <a href="${source}" rel="noreferrer">${t('source', { date: checked })}</a></p></li>`;
}

function call(phone: string): Html {
  return html`<a href="tel:${phone.replaceAll(' ', '')}">${phone}</a>`;
}

function nameOf(country: NonNullable<Organisation['country']>): string {
  return countries.of(country) ?? country;
}
