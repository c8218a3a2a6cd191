// Every event ends under exactly one outcome. This panel shows how many under each, and says in
// plain words what each means.

import { element, markProvisional, reconcile, setText } from '../dom.js';
import { formatNumber, formatShare, named } from '../format.js';
import { createFrame } from './frame.js';

export const OUTCOMES = [
  ['counted', 'Counted', 'Part of every figure on this page.'],
  ['duplicate', 'Duplicate', 'An event with the same id had arrived before, as when a client sends again after a lost answer.'],
  ['bot', 'Bot', 'Sent by a crawler, a monitor or a script, not by a person.'],
  ['late', 'Late', 'Arrived after the time window it belongs to had been closed for good.'],
  ['invalid', 'Invalid', 'Breaks a rule: an unknown write key, no address, a time that cannot be true.'],
];

const LANE = 'What is not counted is kept whole, with its reason, in the topic rejected-clicks.';

/** Sums of the answer's rows per outcome, with the reasons of each, largest first. */
export function outcomesOf(rows) {
  const byOutcome = new Map(OUTCOMES.map(([outcome]) => [outcome, emptyOutcome(outcome)]));
  for (const { outcome, reason, events, final: isFinal } of rows) {
    if (!byOutcome.has(outcome)) byOutcome.set(outcome, emptyOutcome(outcome));
    const entry = byOutcome.get(outcome);
    entry.events += events;
    entry.isFinal &&= isFinal;
    if (reason) entry.reasons.push({ reason, events });
  }
  return [...byOutcome.values()];
}

function emptyOutcome(outcome) {
  return { outcome, events: 0, isFinal: true, reasons: [] };
}

export function createOutcomesPanel(section, onOutcomes) {
  const frame = createFrame(section);
  const bar = element('div', { class: 'outcome-bar', 'aria-hidden': 'true' });
  const list = element('ul', { class: 'outcomes' });
  frame.body.append(bar, list, element('p', { class: 'hint', text: LANE }));

  return {
    frame,
    view: 'outcomes',
    options: () => ({ top: 200, order: '-events' }),
    onRefreshWanted() {},
    show(answer) {
      const outcomes = outcomesOf(answer.rows);
      const total = outcomes.reduce((sum, { events }) => sum + events, 0);
      onOutcomes({ outcomes, total, isFinal: answer.final });
      if (total === 0) {
        frame.empty('No events in this range. Each one will be listed here under exactly one outcome.');
        return;
      }
      const items = outcomes.map((entry) => ({ ...entry, share: entry.events / total }));
      reconcile(bar, items, (item) => item.outcome, createSegment, updateSegment);
      reconcile(list, items, (item) => item.outcome, createEntry, updateEntry);
      frame.ready(answer.final);
    },
  };
}

function createSegment({ outcome }) {
  return element('span', { class: `segment outcome-${outcome}` });
}

function updateSegment(segment, { share }) {
  segment.style.flexGrow = share;
  segment.hidden = share === 0;
}

function createEntry({ outcome }) {
  const [, label, meaning] = OUTCOMES.find(([id]) => id === outcome) ?? [outcome, named(outcome), ''];
  return element(
    'li',
    {},
    element('span', { class: `swatch outcome-${outcome}`, 'aria-hidden': 'true' }),
    element(
      'div',
      { class: 'outcome-text' },
      element('h3', { text: label }),
      element('p', { text: meaning }),
      element('p', { class: 'reasons' }),
    ),
    element('p', { class: 'number strong' }, element('span'), element('small')),
  );
}

function updateEntry(entry, { events, share, reasons, isFinal }) {
  const [, text, figure] = entry.children;
  const [number, percentage] = figure.children;
  setText(number, formatNumber(events));
  markProvisional(number, !isFinal);
  setText(percentage, formatShare(share));
  const largest = [...reasons].sort((one, other) => other.events - one.events).slice(0, 4);
  setText(text.lastChild, largest.map(({ reason, events: count }) => `${readable(reason)} ${formatNumber(count)}`).join(' · '));
}

const readable = (reason) => reason.replaceAll(/[_-]+/g, ' ').toLowerCase();
