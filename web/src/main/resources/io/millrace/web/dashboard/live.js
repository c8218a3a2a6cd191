// The live stream. The browser reconnects a broken stream by itself only in some cases, so a stream
// that was refused or has gone silent is opened anew here, with growing pauses.

import { backoffSeconds } from './poll.js';

const SILENCE_MILLIS = 10_000;

export function createLive({ onSnapshot, onClicks, onState }) {
  let site;
  let source;
  let failures = 0;
  let state;
  let retryTimer;
  let silenceTimer;

  function setState(next) {
    if (next === state) return;
    const previous = state;
    state = next;
    onState(next, previous);
  }

  function open() {
    close();
    source = new EventSource(`api/v1/live?${new URLSearchParams({ site })}`);
    source.addEventListener('snapshot', (message) => {
      failures = 0;
      watchForSilence();
      setState('live');
      onSnapshot(JSON.parse(message.data));
    });
    source.addEventListener('clicks', (message) => onClicks(JSON.parse(message.data)));
    source.addEventListener('error', reopenLater);
    watchForSilence();
  }

  function reopenLater() {
    close();
    setState('reconnecting');
    retryTimer = setTimeout(open, backoffSeconds(failures++) * 1000);
  }

  function watchForSilence() {
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(reopenLater, SILENCE_MILLIS);
  }

  function close() {
    clearTimeout(retryTimer);
    clearTimeout(silenceTimer);
    source?.close();
    source = undefined;
  }

  document.addEventListener('visibilitychange', () => {
    if (!site) return;
    if (document.hidden) close();
    else open();
  });

  return {
    start(nextSite) {
      site = nextSite;
      failures = 0;
      setState('connecting');
      open();
    },
  };
}
