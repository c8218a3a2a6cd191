// The rows of a statement that asks for changes: of a view those that there are, of clicks the
// latest. However fast they come, the page is drawn a few times a second and holds so many.

import { formatNumber } from '../format.js';

const BETWEEN_DRAWINGS = 200; // milliseconds

export function createChanges(maxRows, result) {
  let columns;
  let keys; // the numbers of the columns that tell rows apart; none where all of a row does
  let isLog = true; // until a snapshot comes: rows are added and never change
  let rows = new Map();
  let count = 0;
  let left = 0; // rows that there was no room for
  let note = '';
  let timer;

  function keyOf(row) {
    return JSON.stringify(keys ? keys.map((index) => row[index]) : row);
  }

  function remove(row) {
    const key = keyOf(row);
    const same = rows.get(key);
    if (!same || keys || same.length === 1) rows.delete(key);
    else same.pop();
  }

  function add(row) {
    count++;
    const key = isLog ? count : keyOf(row);
    rows.set(key, keys || isLog ? [row] : [...(rows.get(key) ?? []), row]);
    if (rows.size > maxRows) {
      left++;
      rows.delete(isLog ? rows.keys().next().value : key);
    }
  }

  function draw() {
    timer = undefined;
    const shown = [...rows.values()].flat();
    if (isLog) shown.reverse();
    const what = isLog ? `${formatNumber(count)} rows` : `${formatNumber(shown.length)} rows, ${formatNumber(count)} changes`;
    const room = left === 0 ? '' : isLog ? ` The latest ${formatNumber(maxRows)} are shown.` : ' There are more than are shown.';
    result.changing(`${what}${note || '; more as they come.'}${room}`, { columns, rows: shown });
  }

  return {
    take(event) {
      switch (event.event) {
        case 'columns':
          columns = event.columns;
          keys = event.keyed ? columns.flatMap(({ key }, index) => (key ? [index] : [])) : undefined;
          break;
        case 'snapshot':
          isLog = false;
          rows = new Map();
          left = 0;
          event.rows.forEach(add);
          break;
        case 'rows':
          event.gone?.forEach(remove);
          event.rows.forEach(add);
          break;
        default:
          return; // nothing to show
      }
      timer ??= setTimeout(draw, BETWEEN_DRAWINGS);
    },
    hasBegun() {
      return columns !== undefined;
    },
    ended() {
      clearTimeout(timer);
      note = '. The stream has ended.';
      if (columns) draw();
    },
    /** Nothing is drawn any more, so that what there is to say of the failure stays. */
    failed() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
