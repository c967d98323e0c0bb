// @ts-check
/*
 * Leaving in a hurry. Without any framework, so that it works before the rest of a page does and when the rest fails.
 * Without it the link to /leave does the same at the server, only slower.
 *
 * In this order: cover the page, mark the browser as left (the server ends the session of one that is, even if nothing
 * below gets through), tell the other tabs, end the session, and go where the link says, in place of this page.
 */
(() => {
  const LINK = 'a[data-leave]';
  const CHANNEL = 'leave';
  const MONTH = 30 * 24 * 3_600;
  /** Three separate presses of Shift within this many milliseconds. */
  const PRESSES = 3;
  const WITHIN = 2_000;

  const secure = location.protocol === 'https:';
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel(CHANNEL) : null;

  const link = () => /** @type {HTMLAnchorElement | null} */ (document.querySelector(LINK));

  function cover() {
    document.documentElement.style.setProperty('display', 'none', 'important');
    document.title = '';
  }

  function forget() {
    try {
      sessionStorage.clear();
      localStorage.clear();
    } catch {
      // A browser that stores nothing has nothing to forget.
    }
  }

  /** @param {string} to */
  function go(to) {
    cover();
    forget();
    location.replace(to);
  }

  function leave() {
    const to = link()?.dataset.leave || '/leave';
    cover();
    // biome-ignore lint/suspicious/noDocumentCookie: not every browser has a cookie store, and none here may wait for one.
    document.cookie = `${secure ? '__Host-leave' : 'leave'}=1; path=/; max-age=${MONTH}; samesite=lax${secure ? '; secure' : ''}`;
    channel?.postMessage(to);
    const headers = { 'content-type': 'application/json' };
    void fetch('/api/leave', { method: 'POST', headers, body: '{}', keepalive: true }).catch(() => {});
    go(to);
  }

  channel?.addEventListener('message', ({ data }) => go(String(data)));

  // A page that the way back brought from memory shows what it showed: it is asked for anew, and then by nobody.
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted || !link()) return;
    cover();
    location.reload();
  });

  /** @param {MouseEvent} event */
  function pressed({ target, clientX, clientY }) {
    const found = link();
    if (!found) return false;
    if (target instanceof Element && target.closest(LINK)) return true;
    // An open dialog keeps presses from what is seen behind it.
    const { left, right, top, bottom } = found.getBoundingClientRect();
    return (
      target instanceof HTMLDialogElement && left <= clientX && clientX <= right && top <= clientY && clientY <= bottom
    );
  }

  addEventListener(
    'click',
    (event) => {
      if (!pressed(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      leave();
    },
    true,
  );

  /** When each press of Shift alone began, the last ones only. @type {number[]} */
  let presses = [];
  let down = false;
  const interrupted = () => {
    presses = [];
    down = false;
  };

  addEventListener(
    'keydown',
    (event) => {
      const { key, repeat, ctrlKey, altKey, metaKey, timeStamp } = event;
      if (key !== 'Shift' || ctrlKey || altKey || metaKey) return interrupted();
      if (repeat || down) return;
      down = true;
      presses = [...presses, timeStamp].slice(-PRESSES);
    },
    true,
  );
  addEventListener(
    'keyup',
    ({ key, timeStamp }) => {
      if (key !== 'Shift' || !down) return;
      down = false;
      const [first] = presses;
      if (first === undefined || presses.length < PRESSES || timeStamp - first > WITHIN || !link()) return;
      leave();
    },
    true,
  );
  addEventListener('pointerdown', interrupted, true);
  addEventListener('compositionstart', interrupted, true);
  // The window's own: that of a field does not come up here.
  addEventListener('blur', interrupted);
})();
