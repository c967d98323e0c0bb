/** A refusal as an OAuth server words it: RFC 6749 §5.2, RFC 9126 §2.3, RFC 9449 §5. */
export class OAuthError extends Error {
  readonly status: number;
  readonly error: string;
  constructor(error: string, description: string, status = 400) {
    super(description);
    this.status = status;
    this.error = error;
  }
}

export function badRequest(description: string): OAuthError {
  return new OAuthError('invalid_request', description);
}

export function badGrant(description: string): OAuthError {
  return new OAuthError('invalid_grant', description);
}
