import type { Told } from '~/server/follow.ts';

type Envelope = { id: string; data: Told };
type Handlers = {
  onData: (envelope: Envelope) => void;
  onConnected: (connected: boolean) => void;
  /** It won't go on by itself; `signedOut`: because the session is over. */
  onEnded: (signedOut: boolean) => void;
};
/** Opens the one stream. Returns what closes it. */
export type OpenStream = (lastEventId: string | null, handlers: Handlers) => () => void;

type Sign = { event: Told | null };

/** The lock that the one tab holds which has the stream open. */
const LOCK = 'secateur.stream';
const CHANNEL = 'secateur.events';
/** Milliseconds between the signs of life that the tab with the stream gives to the others. */
const BEAT = 5_000;
/** Milliseconds without any after which a page asks for itself. */
const SILENCE = 12_000;

/**
 * Tells of every event while the page can be seen. However many tabs are open, one of those that can be seen holds the
 * stream and tells the others: a browser gives an origin six connections, and a stream takes one for good. While there
 * is no stream, `tell` is called with a resync every few seconds instead. Returns what ends it.
 */
export function followEvents(open: OpenStream, tell: (event: Told) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  const resync: Told = { kind: 'resync', subjectId: null };
  let lastEventId: string | null = null;
  let heard = Date.now();
  let connected = false;
  let leave: (() => void) | null = null;

  const lead = () =>
    new Promise<void>((settle) => {
      const close = open(lastEventId, {
        onData({ id, data }) {
          lastEventId = id;
          heard = Date.now();
          channel.postMessage({ event: data } satisfies Sign);
          tell(data);
        },
        onConnected(now) {
          connected = now;
        },
        onEnded(signedOut) {
          leave?.();
          if (!signedOut) return;
          // Every tab asks for what it shows, and hears for itself that nobody is signed in.
          channel.postMessage({ event: resync } satisfies Sign);
          tell(resync);
        },
      });
      leave = () => {
        leave = null;
        connected = false;
        close();
        settle();
      };
    });

  const apply = () => {
    if (leave || !navigator.locks) return;
    const waiting = new AbortController();
    leave = () => {
      leave = null;
      waiting.abort();
    };
    navigator.locks.request(LOCK, { signal: waiting.signal }, lead).catch(() => {
      // It was hidden before its turn came.
    });
  };

  const beat = () => {
    if (connected) {
      heard = Date.now();
      channel.postMessage({ event: null } satisfies Sign);
    } else if (!document.hidden) {
      apply();
      if (Date.now() - heard > SILENCE) tell(resync);
    }
  };

  const onVisibility = () => {
    if (document.hidden) leave?.();
    else {
      tell(resync);
      apply();
    }
  };

  channel.onmessage = ({ data }: MessageEvent<Sign>) => {
    heard = Date.now();
    if (data.event && !document.hidden) tell(data.event);
  };
  document.addEventListener('visibilitychange', onVisibility);
  const timer = setInterval(beat, BEAT);
  if (!document.hidden) apply();

  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', onVisibility);
    leave?.();
    channel.close();
  };
}
