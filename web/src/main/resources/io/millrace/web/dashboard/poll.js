// Asks for something again and again: at its interval while it works, with growing pauses while it
// fails, and not at all while nobody looks at the page.

const LONGEST_PAUSE_SECONDS = 60;

/** Seconds to wait after so many failures in a row: doubling, capped, and spread by chance. */
export function backoffSeconds(failures) {
  return Math.min(2 ** failures, LONGEST_PAUSE_SECONDS) * (0.75 + Math.random() / 2);
}

/**
 * `load(signal)` gives a promise, `show(data)` takes its value, `fail(error, seconds)` hears of a
 * failure and of the seconds until the next try.
 */
export function createPoll({ load, show, fail }) {
  let timer;
  let controller;
  let failures = 0;
  let everySeconds;

  function runIn(seconds) {
    clearTimeout(timer);
    timer = setTimeout(() => !document.hidden && run(), seconds * 1000);
  }

  async function run() {
    clearTimeout(timer);
    controller?.abort();
    const { signal } = (controller = new AbortController());
    try {
      const data = await load(signal);
      if (signal.aborted) return;
      show(data);
      failures = 0;
      runIn(everySeconds);
    } catch (error) {
      if (signal.aborted) return;
      const seconds = backoffSeconds(failures++);
      fail(error, seconds);
      runIn(seconds);
    }
  }

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && everySeconds) run();
  });

  return {
    start(seconds) {
      everySeconds = seconds;
      failures = 0;
      run();
    },
    refresh() {
      if (everySeconds) run();
    },
  };
}
