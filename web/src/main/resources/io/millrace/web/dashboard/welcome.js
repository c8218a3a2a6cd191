// What to do when a site has no events in the chosen range.

import { element } from './dom.js';

const section = document.getElementById('welcome');

export function createWelcome(selection) {
  const title = element('h2', { id: 'welcome-title' });
  const wholeHistory = element('button', {
    class: 'button',
    type: 'button',
    text: 'Show the whole history',
    onclick: () => document.querySelector('#ranges input[value="all"]').click(),
  });
  section.append(
    title,
    ...invitation(section.dataset.trackerPath),
    element('p', { class: 'welcome-history' }, 'Events from the past, as from an imported log, are in the whole history. ', wholeHistory),
  );
  return {
    show(isEmpty) {
      section.hidden = !isEmpty;
      if (!isEmpty) return;
      const isWhole = selection.current.range === 'all';
      title.textContent = isWhole ? 'No events yet' : 'No events in this range';
      section.querySelector('.welcome-history').hidden = isWhole;
    },
  };
}

/** How to send some; only a server with a sample page says where its tracker is. */
function invitation(trackerPath) {
  if (!trackerPath) return [];
  const snippet = element('code', {
    text: `<script defer src="${location.origin}${trackerPath}" data-key="YOUR_WRITE_KEY"></script>`,
  });
  return [
    element(
      'p',
      {},
      'Open the ',
      element('a', { href: 'sample', target: '_blank', text: 'sample page' }),
      ' beside this one and click around, or put the tracker on your own pages:',
    ),
    element('pre', { tabindex: '0' }, snippet),
  ];
}
