// What is looked at: the site and the range. Kept in the address, so that a view can be shared,
// bookmarked and reloaded.

import { areDates, isRange } from './ranges.js';

const DEFAULT_RANGE = '30m';

export function createSelection() {
  const listeners = [];
  const query = new URLSearchParams(location.search);
  let current = withValidRange({
    site: query.get('site') ?? '',
    range: query.get('range') ?? DEFAULT_RANGE,
    from: query.get('from') ?? undefined,
    to: query.get('to') ?? undefined,
  });

  return {
    get current() {
      return current;
    },
    onChange(listener) {
      listeners.push(listener);
    },
    change(part) {
      current = withValidRange({ ...current, ...part });
      history.replaceState(null, '', `?${addressOf(current)}`);
      listeners.forEach((listener) => listener(current));
    },
  };
}

function withValidRange(selection) {
  const { site, range, from, to } = selection;
  if (range === 'dates') return areDates(from, to) ? selection : { site, range: DEFAULT_RANGE };
  return { site, range: isRange(range) ? range : DEFAULT_RANGE };
}

function addressOf({ site, range, from, to }) {
  const query = new URLSearchParams({ site, range });
  if (range === 'dates') {
    query.set('from', from);
    query.set('to', to);
  }
  return query;
}
