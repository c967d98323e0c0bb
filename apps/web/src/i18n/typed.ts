import type messages from '../../messages/en.json';
import type { FORMATS } from './formats.ts';

declare module 'next-intl' {
  interface AppConfig {
    Locale: 'en';
    Messages: typeof messages;
    Formats: typeof FORMATS;
  }
}
