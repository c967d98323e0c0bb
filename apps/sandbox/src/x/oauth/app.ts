/** The one app that the sandbox's X knows: as a developer console would hand it out, and no secret at all. */
export const X_APP = {
  id: 'c2FuZGJveC14LWFwcA',
  secret: 'sandbox-x-secret',
  bearer: 'sandbox-x-bearer',
} as const;
