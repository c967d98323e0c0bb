/** The path of the app that browsers come back to from whatever server people signed in at. */
export const CALLBACK = '/oauth/callback';
