'use client';
import { Button } from '@secateur/ui/button';
import { TextField } from '@secateur/ui/field';
import { type FormEvent, type ReactNode, useState } from 'react';
import { z } from 'zod';

const address = z.email().max(254);

type AddressFormProps = {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  wrong: ReactNode;
  submit: ReactNode;
  busy: boolean;
  /** Settles once the address was taken; what was typed stays until then. */
  onSend: (email: string) => Promise<unknown>;
};

/** Takes an address. */
export function AddressForm({ id, label, hint, wrong, submit, busy, onSend }: AddressFormProps) {
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);
  const send = (event: FormEvent) => {
    event.preventDefault();
    const fits = address.safeParse(typed.trim()).success;
    setWrong(!fits);
    if (!fits) document.getElementById(id)?.focus();
    else
      onSend(typed.trim()).then(
        () => setTyped(''),
        () => {},
      );
  };
  return (
    <form noValidate onSubmit={send} className="grid gap-4">
      <TextField
        id={id}
        type="email"
        inputMode="email"
        label={label}
        hint={hint}
        error={isWrong ? wrong : undefined}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <div>
        <Button type="submit" look="quiet" busy={busy}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
