// The time ranges that can be chosen, and what each asks of the server.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const GRAIN_MILLIS = { minute: MINUTE, hour: HOUR, day: DAY };

export const RANGES = [
  { id: '30m', label: '30 min', title: 'Last 30 minutes', grain: 'minute', windows: 30, refreshSeconds: 5 },
  { id: '24h', label: '24 h', title: 'Last 24 hours', grain: 'hour', windows: 24, refreshSeconds: 10 },
  { id: '7d', label: '7 days', title: 'Last 7 days', grain: 'hour', windows: 7 * 24, refreshSeconds: 20 },
  { id: '30d', label: '30 days', title: 'Last 30 days', grain: 'day', windows: 30, refreshSeconds: 30 },
  { id: 'all', label: 'All', title: 'Whole history', grain: 'day', refreshSeconds: 30 },
  { id: 'dates', label: 'Dates…', title: 'Choose dates…', refreshSeconds: 30 },
];

const rangeById = new Map(RANGES.map((range) => [range.id, range]));

export const isRange = (id) => rangeById.has(id);

/** The finest grain that keeps a series of this length readable. */
export function grainFor(millis) {
  if (millis <= 2 * HOUR) return 'minute';
  return millis <= 8 * DAY ? 'hour' : 'day';
}

/**
 * What a selection means now: `from` and `to` (absent = unbounded), the grain of the series, a title
 * and how often to ask again. Bounds lie on windows of the grain.
 */
export function boundsOf(selection, now = Date.now()) {
  const range = rangeById.get(selection.range);
  const bounds = { id: range.id, title: range.title, refreshSeconds: range.refreshSeconds };
  if (range.id === 'all') return { ...bounds, grain: range.grain };
  if (range.id === 'dates') return { ...bounds, ...datesOf(selection) };
  const size = GRAIN_MILLIS[range.grain];
  const from = new Date(Math.floor(now / size) * size - (range.windows - 1) * size);
  return { ...bounds, from, grain: range.grain };
}

function datesOf({ from, to }) {
  const start = Date.parse(`${from}T00:00:00Z`);
  const end = Date.parse(`${to}T00:00:00Z`) + DAY;
  return { from: new Date(start), to: new Date(end), grain: grainFor(end - start), title: 'Chosen dates' };
}

/** True when both are days in order, as the two date fields give them. */
export function areDates(from, to) {
  const isDay = (text) => /^\d{4}-\d{2}-\d{2}$/.test(text ?? '') && !Number.isNaN(Date.parse(text));
  return isDay(from) && isDay(to) && from <= to;
}
