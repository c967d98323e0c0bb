import type { LimitStatus } from '../limits/windows.ts';

/** An error as the real server words it: a status, a name and a sentence. */
export class XrpcError extends Error {
  readonly status: number;
  readonly error: string;
  constructor(status: number, error: string, message: string) {
    super(message);
    this.status = status;
    this.error = error;
  }
}

/** A token or a proof that is refused, with what RFC 6750 and RFC 9449 put into `WWW-Authenticate`. */
export class Challenge extends XrpcError {
  readonly header: string;
  constructor(error: string, message: string) {
    super(401, error, message);
    this.header = `DPoP error="${error}", error_description="${message.replaceAll('"', "'")}"`;
  }
}

export class LimitExceeded extends XrpcError {
  readonly limit: LimitStatus;
  constructor(limit: LimitStatus) {
    super(429, 'RateLimitExceeded', 'Rate Limit Exceeded');
    this.limit = limit;
  }
}

export function invalid(message: string, error = 'InvalidRequest'): XrpcError {
  return new XrpcError(400, error, message);
}

/** A 500 without a name of its own, as the real server gives for a key that exists or is missing in a batch. */
export function untyped(): XrpcError {
  return new XrpcError(500, 'InternalServerError', 'Internal Server Error');
}
