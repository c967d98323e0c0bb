import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import pg from 'pg';

/** The roles that the apps sign in with. */
export const LOGIN_ROLES = ['secateur_web', 'secateur_worker', 'secateur_queue'] as const;
export type LoginRole = (typeof LOGIN_ROLES)[number];

/** Gives the named roles their passwords. */
export async function setPasswords(url: string, passwords: Partial<Record<LoginRole, string>>): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    for (const role of LOGIN_ROLES) {
      const password = passwords[role];
      if (password) await client.query(`alter role ${role} password '${verifier(password)}'`);
    }
  } finally {
    await client.end();
  }
}

/** What the server stores (RFC 5803), made here so that the password itself never reaches a statement or a log. */
function verifier(password: string): string {
  const iterations = 4_096;
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const clientKey = createHmac('sha256', salted).update('Client Key').digest();
  const storedKey = createHash('sha256').update(clientKey).digest('base64');
  const serverKey = createHmac('sha256', salted).update('Server Key').digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}
