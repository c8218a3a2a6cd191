// The dashboard: builds its parts and joins them. A change of site or range starts every panel anew;
// after that each asks again by itself, and the live stream brings the rest.

import { fetchAudit, fetchSites, fetchView } from './api.js';
import { showConnection } from './connection.js';
import { createRangePicker, createSitePicker } from './controls.js';
import { setText } from './dom.js';
import { formatDay, formatNumber, formatShare, formatTime } from './format.js';
import { lackingOf } from './lacking.js';
import { createLive } from './live.js';
import { AUDIT_SECONDS, createBooksPanel } from './panels/books.js';
import { createCountriesPanel } from './panels/countries.js';
import { createFeed } from './panels/feed.js';
import { createListPanel } from './panels/list-panel.js';
import { LISTS } from './panels/lists.js';
import { createOutcomesPanel } from './panels/outcomes.js';
import { createSeriesPanel } from './panels/series.js';
import { createTiles } from './panels/tiles.js';
import { createPoll } from './poll.js';
import { boundsOf } from './ranges.js';
import { createSelection } from './selection.js';
import { createWelcome } from './welcome.js';

const RETRYING = 'This page tries again by itself.';

const byId = (id) => document.getElementById(id);

const selection = createSelection();
const sitePicker = createSitePicker(selection);
createRangePicker(selection);
const welcome = createWelcome(selection);
const tiles = createTiles(byId('tiles'));
const feed = createFeed(byId('feed'));
const series = createSeriesPanel(byId('series'));
const books = createBooksPanel(byId('books'));
const panels = [
  ...Object.entries(LISTS).map(([id, list]) => createListPanel(byId(id), list)),
  createCountriesPanel(byId('countries')),
  createOutcomesPanel(byId('outcomes'), tiles.showOutcomes),
];

let isAnnounced = false; // the figures of the present selection have been read out

const totalsPoll = createPoll({
  load: (signal) => fetchView('traffic', selection.current.site, boundsOf(selection.current), {}, signal),
  show: showTotals,
  fail: (error) => notify(`The figures could not be loaded. ${error.message} ${RETRYING}`),
});
const seriesPoll = pollOf(series, (signal) => series.load(selection.current.site, boundsOf(selection.current), signal));
const panelPolls = panels.map((panel) => {
  const poll = pollOf(panel, (signal) =>
    fetchView(panel.view, selection.current.site, boundsOf(selection.current), panel.options(), signal),
  );
  panel.onRefreshWanted(poll.refresh);
  return poll;
});
const rangePolls = [totalsPoll, seriesPoll, ...panelPolls];
const auditPoll = pollOf(books, fetchAudit);

const live = createLive({
  onSnapshot: showSnapshot,
  onClicks: feed.add,
  onState(state, previous) {
    showConnection(state);
    if (state !== 'live') tiles.disconnected();
    if (state === 'live' && previous === 'reconnecting') rangePolls.forEach((poll) => poll.refresh());
  },
});

const sitesPoll = createPoll({
  load: fetchSites,
  show: startWith,
  fail: (error) => {
    if (!shownSite) sitePicker.say('Sites not loaded');
    notify(`The sites could not be loaded. ${error.message} ${RETRYING}`);
  },
});

function pollOf({ frame, show }, load) {
  const poll = createPoll({
    load,
    show,
    fail: (error, seconds) => frame.failed(error, seconds, poll.refresh),
  });
  return poll;
}

let shownSite;

/** The sites are asked for again now and then, so that a new one appears in the picker. */
function startWith({ sites }) {
  notify('');
  if (sites.length === 0) {
    sitePicker.say('No sites');
    notify('There is no site yet. Create one, and it will appear here by itself.');
    return;
  }
  if (!sites.some(({ id }) => id === selection.current.site)) selection.change({ site: sites[0].id });
  else if (!shownSite) showSelection();
  sitePicker.show(sites);
}

function showSelection() {
  const { site } = selection.current;
  if (!site) return;
  isAnnounced = false;
  [series, ...panels].forEach(({ frame }) => frame.loading());
  tiles.loading();
  welcome.show(false);
  const { refreshSeconds } = boundsOf(selection.current);
  rangePolls.forEach((poll) => poll.start(refreshSeconds));
  showRange();
  document.title = `Millrace – ${site}`;
  if (site === shownSite) return;
  shownSite = site;
  feed.clear();
  live.start(site);
}

function showTotals(answer) {
  const { rows, watermark, aggregates, final: isFinal } = answer;
  notify(lackingOf(answer));
  const [row = {}] = rows;
  const totals = { page_views: row.page_views ?? 0, visitors: row.visitors ?? 0, events: row.events ?? 0 };
  const error = aggregates?.visitors?.error;
  tiles.showTotals({ ...totals, error, isFinal });
  welcome.show(totals.events === 0);
  showRange(watermark);
  if (error) setText(byId('visitor-error'), `, right to within about ${formatShare(error)} in most cases`);
  if (isAnnounced) return;
  isAnnounced = true;
  const figures = `${formatNumber(totals.page_views)} page views, ${formatNumber(totals.visitors)} visitors`;
  setText(byId('announcement'), `${boundsOf(selection.current).title}: ${figures}.`);
}

function showSnapshot(snapshot) {
  tiles.showNow(snapshot);
  if (lackingOf(snapshot)) notify(lackingOf(snapshot));
  showProgress(snapshot.watermark);
  if (selection.current.range === '30m') series.showMinutes(snapshot.minutes);
}

function showRange(watermark) {
  const { id, title, from, to } = boundsOf(selection.current);
  const lastDay = to && new Date(to.getTime() - 1);
  const days = to && (formatDay(from) === formatDay(lastDay) ? formatDay(from) : `${formatDay(from)} – ${formatDay(lastDay)}`);
  setText(byId('range-label'), id === 'dates' ? days : title);
  if (watermark) showProgress(watermark);
}

function showProgress(watermark) {
  const time = new Date(watermark ?? 0);
  if (time.getTime() === 0) return; // nothing is known of figures that lack something
  setText(byId('progress'), `Event time reached: ${formatTime(time)}`);
  byId('progress').title = time.toLocaleString();
}

function notify(text) {
  const notice = byId('notice');
  setText(notice, text);
  notice.hidden = text === '';
}

selection.onChange(showSelection);
showConnection('connecting');
books.frame.loading();
[series, ...panels].forEach(({ frame }) => frame.loading());
auditPoll.start(AUDIT_SECONDS);
sitesPoll.start(60);
