// What every panel has around its content: loading, empty, failed and out-of-date states, and the
// mark for figures that may still change.

import { element, setText } from '../dom.js';
import { formatClock } from '../format.js';

export function createFrame(section) {
  const heading = section.querySelector('h2');
  const badge = element('span', { class: 'badge', hidden: true, title: 'Events may still come that belong to these figures' });
  badge.textContent = 'provisional';
  const header = element('div', { class: 'panel-header' });
  heading.replaceWith(header);
  header.append(heading, badge);
  const state = element('div', { class: 'panel-state', hidden: true });
  const body = element('div', { class: 'panel-body' });
  section.append(state, body);

  let shownAt;
  let retryTimer;

  function say(kind, ...content) {
    state.className = `panel-state is-${kind}`;
    state.replaceChildren(...content);
    state.hidden = false;
  }

  return {
    section,
    header,
    body,

    /** The content is about to be replaced by that of another site or range. */
    loading() {
      clearTimeout(retryTimer);
      shownAt = undefined;
      badge.hidden = true;
      body.hidden = true;
      section.setAttribute('aria-busy', 'true');
      say('loading', element('span', { class: 'visually-hidden', text: 'Loading…' }), ...skeleton());
    },

    /** The content is up to date. */
    ready(isFinal = true) {
      settle();
      badge.hidden = isFinal;
      body.hidden = false;
      state.hidden = true;
    },

    /** There is nothing to show; `message` says what that means and what to do next. */
    empty(message) {
      settle();
      badge.hidden = true;
      body.hidden = true;
      say('empty', element('p', { text: message }));
    },

    /** A request failed. What was shown stays, marked with its age. */
    failed(error, seconds, retry) {
      section.removeAttribute('aria-busy');
      const countdown = element('span');
      const since = shownAt ? `Not updated since ${formatClock(shownAt)}. ` : 'Could not be loaded. ';
      const button = element('button', { class: 'link-button', type: 'button', text: 'Try now', onclick: retry });
      say('failed', element('p', {}, `${since}${error.message} `, countdown, ' ', button));
      const until = Date.now() + seconds * 1000;
      clearTimeout(retryTimer);
      const tick = () => {
        const left = Math.max(0, Math.round((until - Date.now()) / 1000));
        setText(countdown, left > 0 ? `Trying again in ${left} s.` : 'Trying again…');
        if (left > 0) retryTimer = setTimeout(tick, 1000);
      };
      tick();
    },
  };

  function settle() {
    clearTimeout(retryTimer);
    section.removeAttribute('aria-busy');
    shownAt = new Date();
  }
}

function skeleton() {
  return Array.from({ length: 4 }, () => element('span', { class: 'skeleton', 'aria-hidden': 'true' }));
}
