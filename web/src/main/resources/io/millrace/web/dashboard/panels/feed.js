// The newest events as they come. They move by themselves, so they can be paused; a pause also
// holds while the pointer or the keyboard focus is in the list, so that nothing slips away.

import { element, reconcile, setText } from '../dom.js';
import { countryName, formatTime, named } from '../format.js';

const SHOWN = 40;

export function createFeed(section) {
  const heading = section.querySelector('h2');
  const pause = element('button', { class: 'link-button', type: 'button', 'aria-pressed': 'false', text: 'Pause' });
  const header = element('div', { class: 'panel-header' });
  heading.replaceWith(header);
  header.append(heading, pause);
  const list = element('ol', { class: 'feed', tabindex: '0', 'aria-label': 'Newest events first' });
  const waiting = element('p', {
    class: 'panel-state is-empty',
    text: 'Waiting for events. They show up here about a second after they were sent.',
  });
  section.append(waiting, list);

  let events = [];
  let isPaused = false;
  let isHeld = false;

  pause.addEventListener('click', () => {
    isPaused = !isPaused;
    pause.setAttribute('aria-pressed', String(isPaused));
    setText(pause, isPaused ? 'Resume' : 'Pause');
    draw();
  });
  hold('pointerenter', true);
  hold('pointerleave', false);
  hold('focus', true);
  hold('blur', false);

  function hold(eventName, isHolding) {
    list.addEventListener(eventName, () => {
      isHeld = isHolding;
      draw();
    });
  }

  function draw() {
    if (isPaused || isHeld) return;
    waiting.hidden = events.length > 0;
    list.hidden = events.length === 0;
    reconcile(list, events, (event) => event.key, createEvent, () => {});
  }

  return {
    clear() {
      events = [];
      draw();
    },
    add(clicks) {
      const newestFirst = clicks
        .map((click) => ({ ...click, key: `${click.id} ${click.outcome} ${click.time}` }))
        .sort((one, other) => (one.time < other.time ? 1 : -1));
      const added = new Set(newestFirst.map(({ key }) => key));
      events = [...newestFirst, ...events.filter(({ key }) => !added.has(key))].slice(0, SHOWN);
      draw();
    },
  };
}

function createEvent(click) {
  const { type, name, path, url, title, outcome, reason } = click;
  const what = type === 'page' ? path || url || '(no address)' : name || type;
  const where = type === 'page' ? undefined : path;
  const facts = [
    click.country ? countryName(click.country) : '',
    click.device && named(click.device),
    click.browser,
    click.referrer_source && `from ${click.referrer_source}`,
    where && `on ${where}`,
  ].filter(Boolean);
  const isCounted = outcome === 'counted';
  return element(
    'li',
    { class: isCounted ? '' : 'is-not-counted' },
    element('time', { datetime: click.time, text: formatTime(new Date(click.time)) }),
    element(
      'p',
      { class: 'what', title: [title, url].filter(Boolean).join('\n') },
      element('span', { class: `type type-${type === 'page' ? 'page' : 'other'}`, text: named(type || 'event') }),
      ' ',
      element('span', { class: 'label', text: what }),
    ),
    element('p', { class: 'facts', text: facts.join(' · ') || 'nothing known about the visitor', title: facts.join(' · ') }),
    element('p', { class: `outcome outcome-${outcome}`, text: named(outcome), title: isCounted ? 'Counted' : `Not counted: ${reason || outcome}` }),
  );
}
