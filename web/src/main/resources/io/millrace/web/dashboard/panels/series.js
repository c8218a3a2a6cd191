// Traffic over time: the chart, a sentence that sums it up, and the same figures as a table.

import { fetchView } from '../api.js';
import { element, markProvisional, reconcile, setText } from '../dom.js';
import { formatNumber, formatWindow } from '../format.js';
import { grainFor, GRAIN_MILLIS } from '../ranges.js';
import { createChart } from './chart.js';
import { createFrame } from './frame.js';
import { windowsOf } from './windows.js';

const MOST_TABLE_ROWS = 500;
const GRAIN_WORDS = { minute: 'by the minute', hour: 'by the hour', day: 'by the day (UTC)' };

export function createSeriesPanel(section) {
  const frame = createFrame(section);
  const chart = createChart();
  const summary = element('figcaption', { class: 'hint' });
  const rows = element('tbody');
  const table = element('details', { class: 'chart-table' }, element('summary', { text: 'Show as a table' }), tableOf(rows));
  frame.body.append(element('figure', {}, legend(), chart.canvas, summary), table);

  let windows = [];
  let grain;
  table.addEventListener('toggle', drawTable);

  function draw(nextWindows, nextGrain) {
    windows = nextWindows;
    grain = nextGrain;
    if (windows.every(({ pageViews, visitors }) => pageViews === 0 && visitors === 0)) {
      frame.empty('No traffic in this range. Try a longer range above, or “All” for the whole history.');
      return;
    }
    frame.ready(windows.every(({ isFinal }) => isFinal));
    chart.show(windows, grain);
    const peak = windows.reduce((best, window) => (window.pageViews > best.pageViews ? window : best));
    setText(summary, `Page views and visitors ${GRAIN_WORDS[grain]}. Most page views: ${formatNumber(peak.pageViews)}, ${formatWindow(new Date(peak.start), grain)}.`);
    drawTable();
  }

  function drawTable() {
    if (!table.open) return;
    const newestFirst = windows.slice(-MOST_TABLE_ROWS).reverse();
    reconcile(rows, newestFirst, ({ start }) => `${grain} ${start}`, createRow, (row, window) => updateRow(row, window, grain));
  }

  return {
    frame,
    async load(site, wanted, signal) {
      const { answer, bounds } = await fetchKept(site, wanted, signal);
      const isUnbounded = !bounds.from;
      if (!isUnbounded || answer.rows.length === 0) return { answer, bounds };
      return (await loadFiner(site, answer, signal)) ?? { answer, bounds };
    },
    show({ answer, bounds }) {
      draw(windowsOf(answer.rows, bounds.grain, bounds, answer.final_until), bounds.grain);
    },
    showMinutes(minutes) {
      const live = minutes.map(({ time, page_views, visitors, final }) => ({ start: Date.parse(time), pageViews: page_views, visitors, isFinal: final }));
      draw(live, 'minute');
    },
  };
}

/** The series as it was asked for or, where its windows are no longer kept, by the day. */
async function fetchKept(site, bounds, signal) {
  try {
    return { answer: await fetchView('traffic', site, bounds, { grain: bounds.grain }, signal), bounds };
  } catch (error) {
    if (error.code !== 'not_kept' || bounds.grain === 'day') throw error;
    return fetchKept(site, { ...bounds, grain: 'day' }, signal);
  }
}

/** A whole history of a few days is asked for again in finer windows; else nothing. */
async function loadFiner(site, { rows }, signal) {
  const starts = rows.map(({ time }) => Date.parse(time));
  const from = Math.min(...starts);
  const to = Math.max(...starts) + GRAIN_MILLIS.day;
  const grain = grainFor(to - from);
  if (grain === 'day') return undefined;
  const bounds = { from: new Date(from), to: new Date(to), grain };
  return fetchKept(site, bounds, signal);
}

function legend() {
  const item = (kind, text) => element('span', {}, element('span', { class: `swatch series-${kind}` }), text);
  return element('p', { class: 'chart-legend', 'aria-hidden': 'true' }, item('page-views', 'Page views'), item('visitors', 'Visitors'));
}

function tableOf(rows) {
  const columns = ['Time', 'Page views', 'Visitors'];
  const headings = columns.map((text, index) => element('th', { scope: 'col', text, class: index > 0 && 'number' }));
  const table = element('table', { class: 'plain' }, element('thead', {}, element('tr', {}, ...headings)), rows);
  return element('div', { class: 'panel-scroll is-tall', tabindex: '0', role: 'region', 'aria-label': 'Traffic as a table' }, table);
}

function createRow() {
  const number = () => element('td', { class: 'number' }, element('span'));
  return element('tr', {}, element('th', { scope: 'row' }), number(), number());
}

function updateRow(row, { start, pageViews, visitors, isFinal }, grain) {
  const [time, first, second] = row.children;
  setText(time, formatWindow(new Date(start), grain));
  for (const [cell, value] of [[first, pageViews], [second, visitors]]) {
    setText(cell.firstChild, formatNumber(value));
    markProvisional(cell.firstChild, !isFinal);
  }
}
