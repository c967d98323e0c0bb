import type { ComponentProps, ReactNode } from 'react';
import { FieldError } from './field.tsx';

type GroupProps = {
  id: string;
  legend: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  children: ReactNode;
};

/** Choices that belong together, under one legend. */
export function ChoiceGroup({ id, legend, hint, error, children }: GroupProps) {
  const ids = [hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter((one) => one !== null);
  return (
    <fieldset id={id} tabIndex={-1} aria-describedby={ids.length > 0 ? ids.join(' ') : undefined} className="min-w-0">
      <legend className="mb-1.5 font-semibold">{legend}</legend>
      {hint ? (
        <p id={`${id}-hint`} className="mb-2 text-soft text-[0.94rem]">
          {hint}
        </p>
      ) : null}
      {error ? (
        <div className="mb-2">
          <FieldError id={`${id}-error`}>{error}</FieldError>
        </div>
      ) : null}
      <div className="divide-y divide-line overflow-clip rounded-control border border-edge bg-surface">{children}</div>
    </fieldset>
  );
}

type ChoiceProps = Omit<ComponentProps<'input'>, 'id' | 'type'> & {
  id: string;
  type: 'checkbox' | 'radio';
  label: ReactNode;
  hint?: ReactNode;
};

/** A box or a button to tick, the whole row being its target. */
export function Choice({ id, label, hint, ...rest }: ChoiceProps) {
  return (
    <label
      htmlFor={id}
      className="flex gap-3 px-4 py-3 hover:bg-sunk has-[input[type=radio]:checked]:bg-wash has-disabled:text-soft"
    >
      <input
        id={id}
        aria-labelledby={`${id}-label`}
        aria-describedby={hint ? `${id}-hint` : undefined}
        {...rest}
        className="mt-0.5 size-5 shrink-0 accent-brand"
      />
      <span className="min-w-0">
        <span id={`${id}-label`} className="block font-medium wrap-anywhere">
          {label}
        </span>
        {hint ? (
          <span id={`${id}-hint`} className="mt-0.5 block text-soft text-[0.94rem]">
            {hint}
          </span>
        ) : null}
      </span>
    </label>
  );
}
