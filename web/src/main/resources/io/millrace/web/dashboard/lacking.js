// What an answer lacks while an instance is away, as a sentence; nothing for one that is whole.

import { formatNumber } from './format.js';

export function lackingOf({ cells, missing_partitions: missing = [], stale_partitions: stale = [] }) {
  if (cells === 'partial') {
    const parts = missing.length === 1 ? 'one part' : `${formatNumber(missing.length)} parts`;
    return `These figures are too low: ${parts} of the numbers cannot be reached just now.`;
  }
  if (cells === 'stale') {
    const lags = stale.map(({ lag_ms: millis }) => millis);
    const seconds = Math.max(1, Math.round(Math.max(...lags) / 1000));
    const since = lags.some((millis) => millis === null) ? '' : ` by about ${formatNumber(seconds)} s`;
    return `Some of these figures come from a copy that may be behind${since}.`;
  }
  return '';
}
