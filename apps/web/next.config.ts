import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';
import { FIXED_HEADERS, NO_PAGE } from './src/policy/fixed-headers.ts';

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  typedRoutes: true,
  transpilePackages: [
    '@secateur/base',
    '@secateur/core',
    '@secateur/db',
    '@secateur/networks',
    '@secateur/queue',
    '@secateur/rpc',
    '@secateur/ui',
  ],
  serverExternalPackages: ['pino', 'nodemailer', 'pg', '@prisma/client', '@prisma/adapter-pg'],
  // The largest form that a server action takes is an e-mail address.
  experimental: { serverActions: { bodySizeLimit: '64kb' } },
  headers: async () => [
    { source: '/:path*', headers: [...FIXED_HEADERS] },
    { source: '/api/:path*', headers: [{ key: 'Content-Security-Policy', value: NO_PAGE }] },
  ],
};

export default createNextIntlPlugin('./src/i18n/request.ts')(config);
