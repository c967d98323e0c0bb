import '@fontsource-variable/inter/index.css';
import './globals.css';
import type { Metadata, Viewport } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('app');
  return {
    title: { default: t('title'), template: t('titleOf', { page: '%s' }) },
    description: t('description'),
    robots: { index: true, follow: false },
  };
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#0b3b32' },
    { media: '(prefers-color-scheme: dark)', color: '#08110e' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations('app');
  return (
    <html lang="en">
      <body className="flex min-h-dvh flex-col">
        <a
          href="#content"
          className="absolute top-2 left-2 z-50 -translate-y-24 rounded-control bg-surface px-4 py-2 font-semibold text-ink focus-visible:translate-y-0"
        >
          {t('skip')}
        </a>
        {children}
      </body>
    </html>
  );
}
