// The site picker, the range picker and the two date fields.

import { element } from './dom.js';
import { areDates, RANGES } from './ranges.js';

export function createSitePicker(selection) {
  const select = document.getElementById('site');
  select.addEventListener('change', () => selection.change({ site: select.value }));
  return {
    show(sites) {
      select.replaceChildren(...sites.map(({ id, name }) => element('option', { value: id, text: name || id })));
      select.value = selection.current.site;
      select.disabled = false;
    },
    say(text) {
      select.replaceChildren(element('option', { text }));
      select.disabled = true;
    },
  };
}

export function createRangePicker(selection) {
  const fieldset = document.getElementById('ranges');
  const form = document.getElementById('dates');
  const from = document.getElementById('dates-from');
  const to = document.getElementById('dates-to');
  const hint = document.getElementById('dates-hint');
  const hintText = hint.textContent;

  for (const { id, label, title } of RANGES) {
    const input = element('input', { type: 'radio', name: 'range', value: id, 'aria-label': title });
    input.checked = id === selection.current.range;
    fieldset.append(element('label', { class: 'range', title }, input, element('span', { text: label })));
  }
  form.hidden = selection.current.range !== 'dates';
  from.value = selection.current.from ?? '';
  to.value = selection.current.to ?? today();

  fieldset.addEventListener('change', ({ target }) => {
    const wantsDates = target.value === 'dates';
    form.hidden = !wantsDates;
    if (!wantsDates) selection.change({ range: target.value });
    else if (areDates(from.value, to.value)) apply();
    else from.focus();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    apply();
  });

  function apply() {
    const isInOrder = areDates(from.value, to.value);
    hint.classList.toggle('is-wrong', !isInOrder);
    hint.textContent = isInOrder ? hintText : 'The first day must not be after the last.';
    if (isInOrder) selection.change({ range: 'dates', from: from.value, to: to.value });
  }
}

const today = () => new Date().toISOString().slice(0, 10);
