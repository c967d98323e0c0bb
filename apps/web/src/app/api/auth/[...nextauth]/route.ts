import { handlers } from '~/server/sign-in/auth.ts';

export const { GET, POST } = handlers;
