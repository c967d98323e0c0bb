'use client';
import type { ConsentNetwork } from '@secateur/core/oauth/schemas';
import { Button } from '@secateur/ui/button';

/** A button for each network, which submits the form that it stands in. The account's name decides where it leaves no doubt. */
export function NetworkButtons({
  busy,
  label,
  networks,
}: {
  busy: boolean;
  label: (network: ConsentNetwork) => string;
  /** Those that are offered here. */
  networks: readonly ConsentNetwork[];
}) {
  return (
    <div className="flex flex-wrap gap-3">
      {networks.map((network) => (
        <Button key={network} type="submit" name="network" value={network} busy={busy}>
          {label(network)}
        </Button>
      ))}
    </div>
  );
}

/** What the button says by which a form was sent. */
export function pressedIn(event: Event): unknown {
  return event instanceof SubmitEvent && event.submitter instanceof HTMLButtonElement ? event.submitter.value : null;
}
