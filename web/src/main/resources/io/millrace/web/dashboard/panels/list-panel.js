// A panel that ranks the groups of one view.

import { element, setText } from '../dom.js';
import { formatNumber } from '../format.js';
import { createFrame } from './frame.js';
import { createRankedList } from './ranked-list.js';

const FEW = 8;
const MANY = 50;

/**
 * `view` is the view's name, `heading` that of the groups, `itemOf(row)` makes a list item (without
 * figures) or nothing for a row to leave out, `empty` is said when there is no group.
 */
export function createListPanel(section, { view, heading, itemOf, empty }) {
  const frame = createFrame(section);
  const list = createRankedList(heading);
  const count = element('span');
  const more = element('button', { class: 'link-button', type: 'button', 'aria-expanded': 'false' });
  const footer = element('p', { class: 'panel-footer', hidden: true }, count, ' ', more);
  const scroller = element('div', { class: 'panel-scroll' }, list.table);
  frame.body.append(scroller, footer);

  let shown = FEW;
  let refresh = () => {};
  more.addEventListener('click', () => {
    shown = shown === FEW ? MANY : FEW;
    refresh();
  });

  return {
    frame,
    view,
    // One more than is shown, for a row that is left out.
    options: () => ({ top: shown + 1, order: '-page_views' }),
    onRefreshWanted(listener) {
      refresh = listener;
    },
    show(answer) {
      const named = itemsOf(answer, itemOf);
      const items = named.slice(0, shown);
      if (items.length === 0) {
        frame.empty(empty);
        return;
      }
      list.show(items);
      const isExpanded = shown === MANY;
      const leftOut = answer.rows.length - named.length;
      const total = Math.max(answer.groups - leftOut, named.length);
      setText(count, total > items.length ? `${formatNumber(items.length)} of ${formatNumber(total)}` : '');
      setText(more, isExpanded ? 'Show fewer' : 'Show more');
      more.setAttribute('aria-expanded', String(isExpanded));
      scroller.classList.toggle('is-expanded', isExpanded);
      if (isExpanded) scroller.tabIndex = 0;
      else scroller.removeAttribute('tabindex');
      footer.hidden = !isExpanded && total <= items.length;
      frame.ready(answer.final);
    },
  };
}

export function itemsOf(answer, itemOf) {
  return answer.rows.flatMap((row) => {
    const item = itemOf(row);
    if (!item) return [];
    return [{ ...item, pageViews: row.page_views, visitors: row.visitors, isFinal: row.final }];
  });
}
