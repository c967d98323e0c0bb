'use client';
import { Button } from '@secateur/ui/button';
import { Card } from '@secateur/ui/card';
import { TextField } from '@secateur/ui/field';
import { type ReactNode, useState } from 'react';

type NameFormProps = {
  id: string;
  words: { heading: string; text: string; label: string; missing: string; submit: string };
  /** What stands there at first. */
  known: string;
  busy: boolean;
  onSubmit: (name: string) => void;
  /** What came of it. */
  children: ReactNode;
};

/** A form with one name in it. */
export function NameForm({ id, words, known, busy, onSubmit, children }: NameFormProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const name = typed ?? known;
  return (
    <Card>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setMissing(name.trim() === '');
          if (name.trim() === '') document.getElementById(id)?.focus();
          else onSubmit(name.trim());
        }}
        className="grid gap-5"
      >
        <h2 className="text-xl">{words.heading}</h2>
        <TextField
          id={id}
          label={words.label}
          hint={words.text}
          error={missing ? words.missing : undefined}
          maxLength={80}
          autoComplete="off"
          value={name}
          onChange={(event) => setTyped(event.target.value)}
        />
        {children}
        <div>
          <Button type="submit" busy={busy}>
            {words.submit}
          </Button>
        </div>
      </form>
    </Card>
  );
}
