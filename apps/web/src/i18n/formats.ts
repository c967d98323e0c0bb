import type { Formats } from 'next-intl';
import type messages from '../../messages/en.json';

/** How dates and numbers look. */
export const FORMATS = {
  dateTime: {
    moment: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
    day: { day: 'numeric', month: 'long', year: 'numeric' },
    full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  },
} satisfies Formats;

declare module 'next-intl' {
  interface AppConfig {
    Locale: 'en';
    Messages: typeof messages;
    Formats: typeof FORMATS;
  }
}
