/** The apps that the sandbox's X knows: as a developer console would hand them out, and no secrets at all. */
export const X_APP = {
  id: 'c2FuZGJveC14LWFwcA',
  secret: 'sandbox-x-secret',
  bearer: 'sandbox-x-bearer',
} as const;
/** One more, with which people only sign in. */
export const X_SIGN_IN_APP = { id: 'c2FuZGJveC14LXNpZ24taW4', secret: 'sandbox-x-sign-in-secret' } as const;

const APPS = [X_APP, X_SIGN_IN_APP];

/** Whether there is such an app. */
export function isApp(id: string | null): boolean {
  return APPS.some((app) => app.id === id);
}

/** The app that a header of RFC 6749, 2.3.1 names, and shows the secret of; null where it does neither. */
export function appIn(authorization: string | undefined): string | null {
  const given = Buffer.from(/^Basic (.+)$/i.exec(authorization ?? '')?.[1] ?? '', 'base64').toString();
  return APPS.find(({ id, secret }) => given === `${id}:${secret}`)?.id ?? null;
}
