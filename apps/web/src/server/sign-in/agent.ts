/** What is kept of a browser: words that its owner recognises, too coarse to tell people apart by. */
export const BROWSERS = ['firefox', 'edge', 'opera', 'samsung', 'chrome', 'safari', 'other'] as const;
export const SYSTEMS = ['ios', 'android', 'windows', 'macos', 'chromeos', 'linux', 'other'] as const;
export type Agent = { browser: (typeof BROWSERS)[number]; system: (typeof SYSTEMS)[number] };

/** In this order: most browsers name those they descend from too. */
const BROWSER_SIGNS: readonly [RegExp, Agent['browser']][] = [
  [/\b(Firefox|FxiOS)\//, 'firefox'],
  [/\bEdg(e|A|iOS)?\//, 'edge'],
  [/\b(OPR|OPiOS)\//, 'opera'],
  [/\bSamsungBrowser\//, 'samsung'],
  [/\b(Chrome|Chromium|CriOS|HeadlessChrome)\//, 'chrome'],
  [/\bSafari\//, 'safari'],
];
const SYSTEM_SIGNS: readonly [RegExp, Agent['system']][] = [
  [/\b(iPhone|iPad|iPod)\b/, 'ios'],
  [/\bAndroid\b/, 'android'],
  [/\bWindows\b/, 'windows'],
  [/\bMac OS X\b/, 'macos'],
  [/\bCrOS\b/, 'chromeos'],
  [/\bLinux\b/, 'linux'],
];

/** The browser and the system that a User-Agent header speaks of. */
export function agentOf(userAgent: string | null): Agent {
  const named = <T>(signs: readonly [RegExp, T][]) => signs.find(([sign]) => sign.test(userAgent ?? ''))?.[1];
  return { browser: named(BROWSER_SIGNS) ?? 'other', system: named(SYSTEM_SIGNS) ?? 'other' };
}
