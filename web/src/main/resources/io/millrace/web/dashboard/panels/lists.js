// The ranked lists of the page: which view each shows, and how a group of it is named.

import { named } from '../format.js';

const DIRECT = { label: 'Direct', title: 'Typed, bookmarked, or from an app that does not say' };
const MEDIUMS = {
  search: 'search engine',
  social: 'social network',
  email: 'e-mail',
  referral: 'other site',
  referrer: 'other site',
  internal: 'this site itself',
  paid: 'advertisement',
};

const known = (value) => value || 'Unknown';

function single(dimension, name) {
  return (row) => ({ key: row[dimension], label: name(row[dimension]) });
}

function sourceOf({ referrer_medium: medium, referrer_source: source }) {
  const key = `${medium}\n${source}`;
  if (!source && (!medium || medium === 'direct' || medium === 'none')) return { key, ...DIRECT };
  const detail = MEDIUMS[medium] ?? medium;
  const label = source || named(medium);
  return { key, label, detail, title: `${label} (${detail})` };
}

function campaignOf({ utm_campaign: campaign, utm_source: source, utm_medium: medium }) {
  if (!campaign && !source && !medium) return undefined;
  const detail = [source, medium].filter(Boolean).join(' · ');
  const label = campaign || '(no name)';
  return { key: [campaign, source, medium].join('\n'), label, detail, title: `${label} (${detail})` };
}

export const LISTS = {
  pages: {
    view: 'pages',
    heading: 'Page',
    itemOf: single('path', (path) => path || '(no path)'),
    empty: 'No page views in this range. Try a longer range above, or “All”.',
  },
  referrers: {
    view: 'referrers',
    heading: 'Source',
    itemOf: sourceOf,
    empty: 'No visits in this range. Sources appear with the first visit.',
  },
  campaigns: {
    view: 'campaigns',
    heading: 'Campaign',
    itemOf: campaignOf,
    empty: 'No campaign visits in this range. Add utm_source, utm_medium and utm_campaign to the links you share.',
  },
  devices: {
    view: 'devices',
    heading: 'Device',
    itemOf: single('device', named),
    empty: 'No visits in this range.',
  },
  browsers: {
    view: 'browsers',
    heading: 'Browser',
    itemOf: single('browser', known),
    empty: 'No visits in this range.',
  },
  'operating-systems': {
    view: 'operating_systems',
    heading: 'System',
    itemOf: single('operating_system', known),
    empty: 'No visits in this range.',
  },
};
