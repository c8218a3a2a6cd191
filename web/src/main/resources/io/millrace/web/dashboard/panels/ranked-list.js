// A table of groups by size, with a bar behind each row: pages, sources, browsers …

import { element, markProvisional, reconcile, setText } from '../dom.js';
import { formatNumber } from '../format.js';

/**
 * `heading` names the groups' column. An item is `{key, label, detail, title, pageViews, visitors,
 * isFinal}`; `detail` is a quieter second text and `title` the full text of a shortened label.
 */
export function createRankedList(heading) {
  const rows = element('tbody');
  const table = element(
    'table',
    { class: 'ranked' },
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        element('th', { scope: 'col', text: heading }),
        element('th', { scope: 'col', class: 'number', text: 'Visitors' }),
        element('th', { scope: 'col', class: 'number', text: 'Views' }),
      ),
    ),
    rows,
  );

  return {
    table,
    show(items) {
      const largest = Math.max(1, ...items.map((item) => item.pageViews));
      reconcile(rows, items, (item) => item.key, createRow, (row, item) => updateRow(row, item, largest));
    },
  };
}

function createRow() {
  return element(
    'tr',
    {},
    element(
      'th',
      { scope: 'row' },
      element('span', { class: 'bar', 'aria-hidden': 'true' }),
      element('span', { class: 'label' }),
      element('span', { class: 'detail' }),
    ),
    element('td', { class: 'number' }, element('span')),
    element('td', { class: 'number strong' }, element('span')),
  );
}

function updateRow(row, item, largest) {
  const [name, visitors, pageViews] = row.children;
  const [bar, label, detail] = name.children;
  bar.style.width = `${(100 * item.pageViews) / largest}%`;
  setText(label, item.label);
  setText(detail, item.detail ?? '');
  name.title = item.title ?? item.label;
  for (const [cell, value] of [[visitors, item.visitors], [pageViews, item.pageViews]]) {
    setText(cell.firstChild, formatNumber(value));
    markProvisional(cell.firstChild, !item.isFinal);
  }
}
