// The line chart of page views and visitors, drawn by uPlot. Colours come from the style sheet; a
// change of theme draws the chart anew.

import { element, setText } from '../dom.js';
import { formatCompact, formatNumber, formatTick, formatWindow } from '../format.js';

const HEIGHT = 264;
const FEW_POINTS = 45;
const { uPlot } = window;

export function createChart() {
  const canvas = element('div', { class: 'chart', 'aria-hidden': 'true' });
  const tip = element('div', { class: 'tip chart-tip', hidden: true });
  const tipTitle = element('p', { class: 'tip-title' });
  const tipPageViews = element('p');
  const tipVisitors = element('p');
  const tipNote = element('p', { class: 'tip-note' });
  tip.append(tipTitle, tipPageViews, tipVisitors, tipNote);

  let plot;
  let windows = [];
  let grain;

  function show(nextWindows, nextGrain) {
    const isSameShape = plot && nextGrain === grain && isDense(nextWindows) === isDense(windows);
    windows = nextWindows;
    grain = nextGrain;
    if (isSameShape) plot.setData(columnsOf(windows));
    else draw();
  }

  function draw() {
    plot?.destroy();
    if (windows.length === 0) return;
    plot = new uPlot(optionsOf(), columnsOf(windows), canvas);
    plot.over.append(tip);
  }

  function optionsOf() {
    const colours = coloursOf(canvas);
    const axis = { stroke: colours.ink, font: `12px ${colours.font}`, ticks: { show: false } };
    return {
      width: canvas.clientWidth || 320,
      height: HEIGHT,
      padding: [12, 20, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 8 } },
      tzDate: (seconds) => dateOf(seconds * 1000, grain),
      scales: { y: { range: (_, __, highest) => [0, Math.max(4, highest * 1.1)] } },
      axes: [
        { ...axis, grid: { show: false }, space: 72, values: (_, splits, __, ___, increment) => splits.map((seconds) => formatTick(new Date(seconds * 1000), increment, grain)) },
        { ...axis, grid: { stroke: colours.line, width: 1 }, size: 48, incrs: [1, 2, 5].flatMap((step) => Array.from({ length: 10 }, (_, power) => step * 10 ** power)).sort((a, b) => a - b), values: (_, splits) => splits.map(formatCompact) },
      ],
      series: [
        {},
        { label: 'Page views', stroke: colours.pageViews, fill: colours.area, width: 2, points: pointsOf(colours.pageViews) },
        { label: 'Visitors', stroke: colours.visitors, width: 2, points: pointsOf(colours.visitors) },
      ],
      hooks: {
        drawClear: [(drawn) => shadeProvisional(drawn, colours.shade)],
        setCursor: [showTip],
      },
    };
  }

  const pointsOf = (fill) => ({ show: !isDense(windows), size: 5, fill, stroke: fill });

  function shadeProvisional(drawn, shade) {
    const firstOpen = windows.findIndex(({ isFinal }) => !isFinal);
    if (firstOpen < 0) return;
    const before = windows[Math.max(0, firstOpen - 1)].start / 1000;
    const { left, top, width, height } = drawn.bbox;
    const x = Math.max(left, drawn.valToPos(before, 'x', true));
    drawn.ctx.save();
    drawn.ctx.fillStyle = shade;
    drawn.ctx.fillRect(x, top, left + width - x, height);
    drawn.ctx.restore();
  }

  function showTip(drawn) {
    const { idx: index, left } = drawn.cursor;
    const pointed = index === null || left < 0 ? undefined : windows[index];
    tip.hidden = !pointed;
    if (!pointed) return;
    setText(tipTitle, formatWindow(new Date(pointed.start), grain));
    setText(tipPageViews, `Page views ${formatNumber(pointed.pageViews)}`);
    setText(tipVisitors, `Visitors ${formatNumber(pointed.visitors)}`);
    setText(tipNote, pointed.isFinal ? '' : 'provisional');
    const right = left + 14;
    const x = right + tip.offsetWidth > drawn.over.clientWidth ? left - tip.offsetWidth - 14 : right;
    tip.style.transform = `translate(${Math.max(0, x)}px, 8px)`;
  }

  new ResizeObserver(([{ contentRect }]) => {
    if (plot && contentRect.width > 0) plot.setSize({ width: Math.floor(contentRect.width), height: HEIGHT });
  }).observe(canvas);
  addEventListener('themechange', draw);

  return { canvas, show };
}

const isDense = (windows) => windows.length > FEW_POINTS;

const columnsOf = (windows) => [
  windows.map(({ start }) => start / 1000),
  windows.map(({ pageViews }) => pageViews),
  windows.map(({ visitors }) => visitors),
];

/** uPlot reads a date's local fields; days are UTC days, so they are moved to look local. */
function dateOf(millis, grain) {
  return grain === 'day' ? uPlot.tzDate(new Date(millis), 'Etc/UTC') : new Date(millis);
}

/** The style sheet's colours, resolved for the present theme. */
function coloursOf(canvas) {
  const probe = element('span');
  canvas.append(probe);
  const resolve = (token) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    ink: resolve('--ink-soft'),
    line: resolve('--line'),
    pageViews: resolve('--accent'),
    area: resolve('--accent-area'),
    visitors: resolve('--second'),
    shade: resolve('--shade'),
    font: getComputedStyle(canvas).fontFamily,
  };
  probe.remove();
  return colours;
}
