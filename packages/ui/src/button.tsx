'use client';
import type { ComponentProps } from 'react';
import { type ButtonLook, type ButtonSize, buttonLook } from './button-look.tsx';

type ButtonProps = ComponentProps<'button'> & {
  look?: ButtonLook;
  size?: ButtonSize;
  /** Work is under way: presses are ignored, and focus stays where it is. */
  busy?: boolean;
};

/** A button that stays focusable while it works. */
export function Button({ look, size, busy = false, onClick, className = '', children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
      className={`${buttonLook(look, size)} ${busy ? 'opacity-70' : ''} ${className}`}
    >
      {children}
    </button>
  );
}
