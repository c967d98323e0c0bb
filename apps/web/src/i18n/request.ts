import { getRequestConfig } from 'next-intl/server';
import messages from '../../messages/en.json' with { type: 'json' };
import { FORMATS } from './formats.ts';

/** English is the only language so far. Dates are shown in the browser, in its own time zone. */
export default getRequestConfig(async () => ({ locale: 'en', messages, formats: FORMATS, timeZone: 'UTC' }));
