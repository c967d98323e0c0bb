/** An answer in error, as X words them; `type` is what a client can rely on. */
export class Problem extends Error {
  readonly status: number;
  readonly body: object;
  constructor(status: number, body: object) {
    super(`${status}`);
    this.status = status;
    this.body = body;
  }
}

const TYPES = 'https://api.x.com/2/problems/';

function blank(status: number, title: string, detail = title): Problem {
  return new Problem(status, { title, detail, type: 'about:blank', status });
}

export const unauthorized = () => blank(401, 'Unauthorized');
export const forbidden = () => blank(403, 'Forbidden', 'You are not permitted to perform this action.');
export const tooMany = () => blank(429, 'Too Many Requests');
/** As the documentation has it (fundamentals/rate-limits); live answers are worded as `tooMany`. */
export const documentedLimit = () => new Problem(429, { errors: [{ code: 88, message: 'Rate limit exceeded' }] });
export const unavailable = (status: number) => blank(status, 'Service Unavailable');

export function invalid(detail: string): Problem {
  return new Problem(400, {
    errors: [{ parameters: {}, message: detail }],
    title: 'Invalid Request',
    detail: 'One or more parameters to your request was invalid.',
    type: `${TYPES}invalid-request`,
  });
}

/** An app's token where an account's is asked for. */
export const wrongToken = () =>
  new Problem(403, {
    title: 'Unsupported Authentication',
    detail: 'Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.',
    type: `${TYPES}unsupported-authentication`,
    status: 403,
  });

export const notEnrolled = () =>
  new Problem(403, {
    client_id: '10000001',
    detail:
      'When authenticating requests to the X API v2 endpoints, you must use keys and tokens from an enrolled App.',
    registration_url: 'https://console.x.com',
    title: 'Client Forbidden',
    required_enrollment: 'Appropriate Level of API Access',
    reason: 'client-not-enrolled',
    type: `${TYPES}client-forbidden`,
  });

/** The host of `type` is the old one here, as in live answers. */
export const noCredits = () =>
  new Problem(402, {
    account_id: 10000001,
    title: 'CreditsDepleted',
    detail: 'Your enrolled account [10000001] does not have any credits to fulfill this request.',
    type: 'https://api.twitter.com/2/problems/credits',
  });

/** 429, though the rate limit has some left. */
export const usageCapped = () =>
  new Problem(429, {
    title: 'UsageCapExceeded',
    period: 'Monthly',
    scope: 'Product',
    detail: 'Usage cap exceeded: Monthly product cap',
    type: 'https://api.twitter.com/2/problems/usage-capped',
  });

/** What whoever runs the app set as their most: X blocks requests until the next cycle. */
export const spendCapped = () =>
  new Problem(403, {
    title: 'SpendCapReached',
    detail: 'Your enrolled account [10000001] has reached its billing cycle spend cap.',
    type: `${TYPES}credits`,
  });

type About = { value: string; by: string; kind: string; parameter: string };

/** Not an answer in error: it stands in a 200 beside what was found. */
export function notFound({ value, by, kind, parameter }: About): object {
  return {
    value,
    detail: `Could not find ${kind} with ${by}: [${value}].`,
    title: 'Not Found Error',
    resource_type: kind,
    parameter,
    resource_id: value,
    type: `${TYPES}resource-not-found`,
  };
}

export function suspended({ value, kind, parameter }: About): object {
  return {
    value,
    detail: `User has been suspended: [${value}].`,
    title: 'Forbidden',
    resource_type: kind,
    parameter,
    resource_id: value,
    type: `${TYPES}resource-not-found`,
  };
}

export function notAuthorized(id: string): object {
  return {
    value: id,
    detail: `Sorry, you are not authorized to see the user with id: [${id}].`,
    title: 'Authorization Error',
    resource_type: 'user',
    parameter: 'id',
    resource_id: id,
    section: 'data',
    type: `${TYPES}not-authorized-for-resource`,
  };
}
