// The statements that were run from this page. They are kept by the page alone: what is asked of a
// site's visitors is nobody else's business on a shared computer.

import { element } from '../dom.js';

const LONGEST = 50;

export function createHistory(use) {
  const list = document.getElementById('history');
  const former = document.getElementById('former');
  let statements = [];
  let place = 0; // that of the statement shown; one past the last for what is being typed
  let typed = '';

  return {
    add(sql) {
      statements = [...statements.filter((each) => each !== sql), sql].slice(-LONGEST);
      place = statements.length;
      former.hidden = false;
      list.replaceChildren(
        ...statements.toReversed().map((each) =>
          element('li', {}, element('button', { type: 'button', title: each, text: each.replace(/\s+/g, ' '), onclick: () => use(each) })),
        ),
      );
    },

    /** Goes so many steps forward or, below zero, back. */
    step(steps, current) {
      const wanted = place + steps;
      if (wanted < 0 || wanted > statements.length) return;
      if (place === statements.length) typed = current;
      place = wanted;
      use(place === statements.length ? typed : statements[place]);
    },
  };
}
