/** What an authenticator keeps of a user: their id as bytes, which says nothing to anybody else. */
export function userHandle(userId: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(userId.replaceAll('-', ''), 'hex'));
}

/** Whether an authenticator's answer names this user. Those that don't keep handles name nobody. */
export function isHandleOf(handle: string | undefined, userId: string): boolean {
  return handle === undefined || handle === Buffer.from(userHandle(userId)).toString('base64url');
}
