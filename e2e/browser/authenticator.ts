import type { CDPSession, Page } from '@playwright/test';

/** A device that holds passkeys, plugged into one page's browser. */
export type Device = {
  cdp: CDPSession;
  id: string;
  /** Whether it recognises its user from now on. */
  recognise(user: boolean): Promise<void>;
  /** Takes its passkeys out, to be put into another browser's. */
  credentials(): Promise<Awaited<ReturnType<typeof credentialsOf>>>;
};

/** Plugs Chromium's virtual authenticator in: a phone or a laptop that asks for a finger. */
export async function plugIn(page: Page): Promise<Device> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId: id } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    cdp,
    id,
    async recognise(user) {
      await cdp.send('WebAuthn.setUserVerified', { authenticatorId: id, isUserVerified: user });
    },
    credentials: () => credentialsOf(cdp, id),
  };
}

/** Puts passkeys into a device, as a maker's cloud would. */
export async function putInto(device: Device, credentials: Awaited<ReturnType<Device['credentials']>>): Promise<void> {
  for (const credential of credentials) {
    await device.cdp.send('WebAuthn.addCredential', { authenticatorId: device.id, credential });
  }
}

async function credentialsOf(cdp: CDPSession, authenticatorId: string) {
  const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
  return credentials;
}
