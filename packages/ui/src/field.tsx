import { CircleAlert } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';

type Around = { id: string; label: ReactNode; hint?: ReactNode; error?: ReactNode };

/** Ids of the hint and the error of a field, for `aria-describedby`. */
function described({ id, hint, error }: Around): string | undefined {
  const ids = [hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter((one) => one !== null);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

/** What went wrong with a field, with a sign beside the colour. */
export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} className="flex items-start gap-2 font-semibold text-danger">
      <CircleAlert aria-hidden size={20} className="mt-0.5 shrink-0" />
      <span>{children}</span>
    </p>
  );
}

const CONTROL =
  'w-full min-h-12 rounded-control border bg-surface px-3.5 py-2 text-ink placeholder:text-soft aria-invalid:border-2 aria-invalid:border-danger border-edge';

/** What every control has, whatever its kind. */
function control(around: Around, className: string) {
  return {
    id: around.id,
    'aria-invalid': around.error ? true : undefined,
    'aria-describedby': described(around),
    className: `${CONTROL} ${className}`,
  };
}

function Frame({ children, ...around }: Around & { children: ReactNode }) {
  return (
    <div className="grid gap-1.5">
      <label htmlFor={around.id} className="justify-self-start font-semibold">
        {around.label}
      </label>
      {around.hint ? (
        <p id={`${around.id}-hint`} className="text-soft text-[0.94rem]">
          {around.hint}
        </p>
      ) : null}
      {around.error ? <FieldError id={`${around.id}-error`}>{around.error}</FieldError> : null}
      {children}
    </div>
  );
}

type TextFieldProps = Around & Omit<ComponentProps<'input'>, 'id'>;

/** A line of text with its label, a hint and what is wrong with it. */
export function TextField({ id, label, hint, error, className = '', ...rest }: TextFieldProps) {
  const around = { id, label, hint, error };
  return (
    <Frame {...around}>
      <input {...rest} {...control(around, className)} />
    </Frame>
  );
}

type TextAreaProps = Around & Omit<ComponentProps<'textarea'>, 'id'>;

/** Several lines of text with their label. */
export function TextArea({ id, label, hint, error, className = '', ...rest }: TextAreaProps) {
  const around = { id, label, hint, error };
  return (
    <Frame {...around}>
      <textarea {...rest} {...control(around, className)} />
    </Frame>
  );
}

type SelectFieldProps = Around & Omit<ComponentProps<'select'>, 'id'>;

/** One of a list, with its label. */
export function SelectField({ id, label, hint, error, className = '', children, ...rest }: SelectFieldProps) {
  const around = { id, label, hint, error };
  return (
    <Frame {...around}>
      <select {...rest} {...control(around, className)}>
        {children}
      </select>
    </Frame>
  );
}
