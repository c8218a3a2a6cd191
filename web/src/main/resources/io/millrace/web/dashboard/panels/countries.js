// Countries: a map in steps of colour, and beside it the list, which says the same in words.

import { element, setText, svg } from '../dom.js';
import { countryName, formatCompact, formatNumber } from '../format.js';
import { createFrame } from './frame.js';
import { itemsOf } from './list-panel.js';
import { createRankedList } from './ranked-list.js';

const STEPS = 5;
const ALL_COUNTRIES = 300;
const DOT_RADIUS = 9;

export function createCountriesPanel(section) {
  const frame = createFrame(section);
  const list = createRankedList('Country');
  const map = createMap();
  const scroller = element('div', { class: 'panel-scroll is-tall', tabindex: '0', role: 'region' }, list.table);
  scroller.setAttribute('aria-label', 'List of countries');
  frame.body.classList.add('countries');
  frame.body.append(map.figure, scroller);

  return {
    frame,
    view: 'countries',
    options: () => ({ top: ALL_COUNTRIES, order: '-page_views' }),
    onRefreshWanted() {},
    show(answer) {
      const items = itemsOf(answer, ({ country }) => ({ key: country, label: countryName(country) }));
      if (items.length === 0) {
        frame.empty('No visits in this range. Countries appear with the first visit.');
        return;
      }
      list.show(items);
      map.show(items);
      frame.ready(answer.final);
    },
  };
}

function createMap() {
  const drawing = svg('svg', { class: 'map', role: 'img', 'aria-label': 'World map of page views' });
  const tip = element('p', { class: 'tip', hidden: true });
  const legend = element('p', { class: 'map-legend', 'aria-hidden': 'true' });
  const figure = element('figure', { class: 'map-figure' }, drawing, tip, legend);
  const shapes = new Map();
  let itemsByCode = new Map();

  const loaded = fetch('assets/world-map.json')
    .then((response) => response.json())
    .then(({ viewBox, paths, dots }) => {
      drawing.setAttribute('viewBox', viewBox);
      for (const [code, path] of Object.entries(paths)) shapes.set(code, svg('path', { d: path, 'data-code': code }));
      for (const [code, [x, y]] of Object.entries(dots)) {
        shapes.set(code, svg('circle', { cx: x, cy: y, r: DOT_RADIUS, 'data-code': code }));
      }
      drawing.append(...shapes.values());
    })
    .catch(() => {
      figure.hidden = true; // the list beside it says everything
    });

  drawing.addEventListener('pointermove', (event) => showTip(event));
  drawing.addEventListener('pointerleave', () => (tip.hidden = true));

  function showTip(event) {
    const code = event.target.dataset?.code;
    tip.hidden = !code;
    if (!code) return;
    const item = itemsByCode.get(code);
    const figures = item
      ? `${formatNumber(item.pageViews)} views, ${formatNumber(item.visitors)} visitors`
      : 'no visits';
    setText(tip, `${countryName(code)}: ${figures}`);
    const frame = figure.getBoundingClientRect();
    const x = Math.min(event.clientX - frame.left + 12, frame.width - tip.offsetWidth - 4);
    tip.style.transform = `translate(${Math.max(0, x)}px, ${event.clientY - frame.top - 38}px)`;
  }

  async function show(items) {
    itemsByCode = new Map(items.map((item) => [item.key, item]));
    await loaded;
    const known = items.filter((item) => shapes.has(item.key));
    const largest = Math.max(1, ...known.map((item) => item.pageViews));
    for (const [code, shape] of shapes) {
      const value = itemsByCode.get(code)?.pageViews ?? 0;
      shape.setAttribute('class', `country step-${stepOf(value, largest)}`);
    }
    showLegend(largest);
    const leaders = known.slice(0, 3).map((item) => `${item.label} ${formatNumber(item.pageViews)}`);
    drawing.setAttribute('aria-label', `World map of page views. Most: ${leaders.join(', ') || 'none'}.`);
  }

  function showLegend(largest) {
    const swatches = Array.from({ length: STEPS }, (_, index) =>
      element('span', { class: `swatch step-${index + 1}` }),
    );
    legend.replaceChildren('1', ...swatches, formatCompact(largest), ' page views');
  }

  return { figure, show };
}

/** 0 for none, else 1 to STEPS on a logarithmic scale, so that one large country hides no other. */
function stepOf(value, largest) {
  if (value === 0) return 0;
  if (largest === 1) return STEPS;
  return 1 + Math.min(STEPS - 1, Math.floor((STEPS * Math.log(value)) / Math.log(largest)));
}
