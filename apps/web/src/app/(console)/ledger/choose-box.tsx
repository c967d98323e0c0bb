'use client';

type ChooseBoxProps = { label: string; checked: boolean; onChange: (checked: boolean) => void };

/** A box to tick in a table. Around it is room enough for a finger. */
export function ChooseBox({ label, checked, onChange }: ChooseBoxProps) {
  return (
    <label className="-m-2 inline-flex p-2">
      <span className="sr-only">{label}</span>
      <input
        type="checkbox"
        className="size-5 accent-brand"
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
      />
    </label>
  );
}
