// How numbers, times and names are written, in the reader's own language.

const whole = new Intl.NumberFormat();
const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const smallPercent = new Intl.NumberFormat(undefined, { style: 'percent', maximumSignificantDigits: 2 });
const regions = new Intl.DisplayNames(undefined, { type: 'region' });

const dateTime = (options) => {
  const format = new Intl.DateTimeFormat(undefined, options);
  return (date) => format.format(date);
};

export const formatNumber = (value) => whole.format(value);
export const formatCompact = (value) => compact.format(value);
export const formatDay = dateTime({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
export const formatClock = dateTime({ timeStyle: 'medium' });

const formatMinute = dateTime({ timeStyle: 'short' });
const formatHour = dateTime({ weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' });
const formatYearMinute = dateTime({ day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit' });
const formatAxisDay = dateTime({ day: 'numeric', month: 'short' });
const formatAxisUtcDay = dateTime({ day: 'numeric', month: 'short', timeZone: 'UTC' });
const formatAxisUtcMonth = dateTime({ month: 'short', year: 'numeric', timeZone: 'UTC' });
const formatFullDay = dateTime({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** A share of 0 to 1; a tiny one keeps two digits rather than becoming "0 %". */
export function formatShare(share) {
  return share > 0 && share < 0.001 ? smallPercent.format(share) : percent.format(share);
}

/** A point of time: the clock alone for today, with the date for any other day. */
export function formatTime(date) {
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday ? formatClock(date) : formatYearMinute(date);
}

/** A window of the given grain, by its start. Days are UTC days, shorter windows in local time. */
export function formatWindow(start, grain) {
  if (grain === 'day') return formatFullDay(start);
  return grain === 'hour' ? formatHour(start) : formatMinute(start);
}

/** A label on the time axis whose labels are `increment` seconds apart. */
export function formatTick(date, increment, grain) {
  const day = 86400;
  if (grain === 'day') return increment >= 28 * day ? formatAxisUtcMonth(date) : formatAxisUtcDay(date);
  const isMidnight = date.getHours() === 0 && date.getMinutes() === 0;
  return increment >= day || isMidnight ? formatAxisDay(date) : formatMinute(date);
}

export function countryName(code) {
  if (!code) return 'Unknown';
  if (code === 'XK') return 'Kosovo';
  try {
    return regions.of(code);
  } catch {
    return code; // not an ISO code
  }
}

/** A value as a person reads it: "Unknown" for an empty one, a capital for an all-lower-case word. */
export function named(value) {
  if (!value) return 'Unknown';
  return /^[a-z]/.test(value) && !/[./]/.test(value) ? value[0].toUpperCase() + value.slice(1) : value;
}
