// The key figures at the top.

import { element, markProvisional, setText, svg } from '../dom.js';
import { formatNumber, formatShare } from '../format.js';

const SPARK_HEIGHT = 32;
const SPARK_STEP = 5;

export function createTiles(section) {
  const spark = svg('svg', { class: 'spark', 'aria-hidden': 'true', preserveAspectRatio: 'none' });
  const sparkCaption = element('figcaption', { class: 'tile-note', text: 'views, last 30 min' });
  const now = createTile('Visitors now', 'tile-now', element('figure', { class: 'spark-figure' }, spark, sparkCaption));
  const visitors = createTile('Visitors');
  const pageViews = createTile('Page views');
  const events = createTile('Events');
  const notCounted = createTile('Not counted');
  section.append(...[now, visitors, pageViews, events, notCounted].map((tile) => tile.node));

  return {
    loading() {
      [visitors, pageViews, events, notCounted].forEach((tile) => tile.show(undefined));
    },
    showTotals({ page_views, visitors: visitorCount, events: eventCount, error, isFinal }) {
      pageViews.show(formatNumber(page_views), perVisitor(page_views, visitorCount), isFinal);
      visitors.show(formatNumber(visitorCount), error ? `estimate, ± ${formatShare(error)}` : 'different people', isFinal);
      events.show(formatNumber(eventCount), 'counted, of any type', isFinal);
    },
    showOutcomes({ outcomes, total, isFinal }) {
      const counted = outcomes.find(({ outcome }) => outcome === 'counted').events;
      if (total === 0) notCounted.show('–', 'no events yet', true);
      else notCounted.show(formatShare(1 - counted / total), `${formatNumber(total - counted)} of ${formatNumber(total)} events`, isFinal);
    },
    showNow(snapshot) {
      now.show(formatNumber(snapshot.visitors_now), 'on the site right now', snapshot.final);
      drawSpark(spark, snapshot.minutes.map((minute) => minute.page_views));
    },
    disconnected() {
      now.show(undefined, 'waiting for the stream', true);
    },
  };
}

function perVisitor(pageViews, visitors) {
  if (visitors === 0) return 'none yet';
  const perPerson = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 }).format(pageViews / visitors);
  return `${perPerson} per visitor`;
}

function createTile(label, kind = '', extra = undefined) {
  const value = element('span', { class: 'tile-value', text: '–' });
  const note = element('span', { class: 'tile-note' });
  const title = element('h2', { class: 'tile-label', text: label });
  const node = element('div', { class: `tile ${kind}` }, title, element('p', {}, value, note), extra);
  return {
    node,
    show(text, noteText = '', isFinal = true) {
      setText(value, text ?? '–');
      setText(note, noteText);
      markProvisional(value, text !== undefined && !isFinal);
    },
  };
}

function drawSpark(spark, values) {
  const largest = Math.max(1, ...values);
  spark.setAttribute('viewBox', `0 0 ${values.length * SPARK_STEP} ${SPARK_HEIGHT}`);
  const bars = values.map((value, index) => {
    const height = Math.max(1, (value / largest) * SPARK_HEIGHT);
    return svg('rect', { x: index * SPARK_STEP, y: SPARK_HEIGHT - height, width: SPARK_STEP - 1.5, height, rx: 0.8 });
  });
  spark.replaceChildren(...bars);
}
