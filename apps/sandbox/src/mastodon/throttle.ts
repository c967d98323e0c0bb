import type { IncomingMessage } from 'node:http';
import type { Call } from './call.ts';
import { type Standing, THROTTLES, type Throttle } from './limits.ts';

const PAGING = ['max_id', 'min_id', 'since_id', 'page'];

/** Counts a request against everything that it counts against; the closest of those limits. */
export function charge(call: Call, req: IncomingMessage): Standing {
  const { site, server, token, params } = call;
  const now = site.clock.now();
  const forwarded = req.headers['x-forwarded-for'];
  const address = typeof forwarded === 'string' ? forwarded : (req.socket.remoteAddress ?? '');
  const paging = PAGING.some((name) => params.has(name));
  const use = (throttle: Throttle, key: string) => site.fediLimits.use(throttle, `${server.name} ${key}`, now);
  const used =
    token?.ref == null
      ? [use(THROTTLES.address, address), ...(paging ? [use(THROTTLES.addressPaging, address)] : [])]
      : [
          use(THROTTLES.token, token.token),
          use(THROTTLES.user, String(token.ref)),
          ...(paging ? [use(THROTTLES.userPaging, String(token.ref))] : []),
        ];
  return used.reduce(closest);
}

function closest(a: Standing, b: Standing): Standing {
  if (a.exceeded !== b.exceeded) return a.exceeded ? a : b;
  return b.remaining < a.remaining ? b : a;
}
