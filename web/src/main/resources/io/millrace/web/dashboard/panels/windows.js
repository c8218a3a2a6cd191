// The windows of a time series: rows from the server hold only windows with events, a chart needs
// every one.

import { GRAIN_MILLIS } from '../ranges.js';

const MOST_WINDOWS = 20_000;

/**
 * All windows of the grain from `from` to before `to` (absent = as far as the rows reach), as
 * `{start, pageViews, visitors, isFinal}` with `start` in milliseconds. A window without a row is
 * empty, and final if it ends by `finalUntil`, by which the server tells of its rows; absent = never.
 */
export function windowsOf(rows, grain, { from, to }, finalUntil) {
  const size = GRAIN_MILLIS[grain];
  const byStart = new Map(rows.map((row) => [Date.parse(row.time), row]));
  const starts = [...byStart.keys()].sort((one, other) => one - other);
  const first = from ? Math.floor(from.getTime() / size) * size : starts[0];
  const end = to ? to.getTime() : Math.max(from ? Date.now() : 0, (starts.at(-1) ?? -1) + 1);
  const lastFinalEnd = finalUntil ? Date.parse(finalUntil) : -Infinity;
  const windows = [];
  for (let start = first; start < end && windows.length < MOST_WINDOWS; start += size) {
    const row = byStart.get(start);
    windows.push({
      start,
      pageViews: row?.page_views ?? 0,
      visitors: row?.visitors ?? 0,
      isFinal: row ? row.final : start + size <= lastFinalEnd,
    });
  }
  return windows;
}
