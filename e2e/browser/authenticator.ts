import type { CDPSession, Page } from '@playwright/test';

type Credentials = Awaited<ReturnType<typeof credentialsOf>>;

/** A device that holds passkeys, plugged into one page's browser. */
export type Device = {
  /** Whether it recognises its user from now on. */
  recognise(user: boolean): Promise<void>;
  /** Whether its user touches it when it is asked. At first nobody does, so that no page is answered by itself. */
  touch(user: boolean): Promise<void>;
  /** The passkeys in it. */
  credentials(): Promise<Credentials>;
  /** Takes up passkeys that another one made, as by a maker's cloud. */
  take(credentials: Credentials): Promise<void>;
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
      automaticPresenceSimulation: false,
    },
  });
  return {
    async recognise(user) {
      await cdp.send('WebAuthn.setUserVerified', { authenticatorId: id, isUserVerified: user });
    },
    async touch(enabled) {
      await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId: id, enabled });
    },
    credentials: () => credentialsOf(cdp, id),
    async take(credentials) {
      for (const credential of credentials) {
        await cdp.send('WebAuthn.addCredential', { authenticatorId: id, credential });
      }
    },
  };
}

async function credentialsOf(cdp: CDPSession, authenticatorId: string) {
  const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
  return credentials;
}
