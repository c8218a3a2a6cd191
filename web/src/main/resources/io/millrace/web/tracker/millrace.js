/* Millrace browser tracker: no cookies, no storage, silent under Do Not Track and Global Privacy Control. */
(() => {
  const script = document.currentScript;
  const { key, endpoint, visitor, auto, hash, name: globalName = 'millrace' } = script.dataset;
  const target = endpoint || new URL('/v1/events', script.src).href;
  const queue = []; // events as JSON texts, oldest first
  let sending = 0; // how many from the head of the queue are in flight
  let attempts = 0;
  let timer;
  let user;
  let lastUrl;
  let referrer = document.referrer;

  const uuid = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (byte) => (byte + 256).toString(16).slice(1)).join('');
    return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  };

  const currentUrl = () => (hash == null ? location.href.split('#')[0] : location.href);

  const add = (type, name, properties) => {
    if (navigator.globalPrivacyControl || (navigator.doNotTrack || window.doNotTrack) == 1) return;
    if (queue.length > 99) return console.warn('millrace: queue full, not sent:', type, name);
    queue.push(JSON.stringify({
      id: uuid(),
      write_key: key,
      type,
      name,
      url: currentUrl(),
      referrer: referrer || undefined,
      title: document.title || undefined,
      user_id: user,
      anonymous_id: visitor,
      timestamp: new Date().toISOString(),
      language: navigator.language,
      screen: screen.width + 'x' + screen.height,
      properties,
    }));
    schedule(100);
  };

  const body = (events) =>
    '[' + events.map((text) => text.slice(0, -1) + `,"sent_at":"${new Date().toISOString()}"}`) + ']';

  const schedule = (delay) => {
    if (!timer && !sending) timer = setTimeout(flush, delay);
  };

  const flush = async () => {
    timer = 0;
    if (document.prerendering || sending || !queue.length) return;
    const batch = queue.slice(0, 20);
    const text = body(batch);
    let wait = 0;
    let status;
    sending = batch.length;
    try {
      const response = await fetch(target, {
        method: 'POST', body: text, keepalive: text.length < 2e4, credentials: 'omit',
      });
      status = response.status;
      const after = response.headers.get('Retry-After');
      wait = after * 1e3 || Date.parse(after) - Date.now() || 0;
    } catch (unreachable) {}
    sending = 0;
    if (!status || status == 429 || status > 499) {
      const backoff = Math.min(1e3 * 2 ** attempts++, 6e4);
      schedule(Math.min(Math.max(wait, 0), 36e5) + backoff * (0.5 + Math.random() / 2));
    } else {
      if (status > 299) console.warn('millrace: refused with status', status);
      attempts = 0;
      queue.splice(0, batch.length);
      if (queue.length) schedule(0);
    }
  };

  // A closing page cannot wait for an answer, so what is not in flight goes by beacon, which outlives it.
  const leave = () => {
    while (!document.prerendering && queue.length > sending) {
      const batch = queue.slice(sending, sending + 20);
      if (!navigator.sendBeacon(target, body(batch))) break;
      queue.splice(sending, batch.length);
    }
  };

  const page = (properties) => {
    const url = currentUrl();
    if (lastUrl && lastUrl != url) referrer = lastUrl;
    lastUrl = url;
    add('page', undefined, properties);
  };
  const pageIfMoved = () => lastUrl != currentUrl() && page();

  const start = () => {
    flush();
    if (auto == 'false') return;
    pageIfMoved();
    for (const method of ['pushState', 'replaceState']) {
      const original = history[method];
      history[method] = function () {
        original.apply(this, arguments);
        setTimeout(pageIfMoved); // after the application has set the new title
      };
    }
    addEventListener('popstate', () => setTimeout(pageIfMoved));
    addEventListener('pageshow', (event) => event.persisted && page());
  };

  window[globalName] = {
    page,
    track: (name, properties) => add('track', name, properties),
    identify: (id, properties) => {
      user = id;
      add('identify', undefined, properties);
    },
  };
  addEventListener('pagehide', leave);
  document.addEventListener('visibilitychange', () => document.hidden && leave());
  if (document.prerendering) document.addEventListener('prerenderingchange', start, { once: true });
  else start();
})();
