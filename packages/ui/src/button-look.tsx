export type ButtonLook = 'primary' | 'quiet' | 'danger' | 'plain' | 'band';

const LOOKS: Record<ButtonLook, string> = {
  primary: 'bg-brand text-on-brand hover:bg-brand-strong border-transparent',
  quiet: 'bg-surface text-ink border-edge hover:bg-sunk',
  danger: 'bg-danger text-on-danger hover:bg-danger-strong border-transparent',
  plain: 'bg-transparent text-brand border-transparent underline underline-offset-4 hover:bg-wash',
  band: 'bg-on-band text-band border-transparent hover:bg-band-soft dark:bg-brand dark:text-on-brand dark:hover:bg-brand-strong',
};

export type ButtonSize = 'normal' | 'small';

const SIZES: Record<ButtonSize, string> = {
  normal: 'min-h-11 px-5 py-2 text-base',
  small: 'min-h-9 px-3 py-1 text-sm',
};

/** The look of a button, for a link that is pressed like one. */
export function buttonLook(look: ButtonLook = 'primary', size: ButtonSize = 'normal'): string {
  return `inline-flex items-center justify-center gap-2 rounded-control border font-semibold text-center no-underline motion-safe:transition-colors ${SIZES[size]} ${LOOKS[look]}`;
}
