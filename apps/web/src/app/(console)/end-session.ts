'use server';
import { signOut } from '~/server/sign-in/auth.ts';

/** Deletes the session and its cookie, and leads to the start page. */
export async function endSession(): Promise<void> {
  await signOut({ redirectTo: '/' });
}
