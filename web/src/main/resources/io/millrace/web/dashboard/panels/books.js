// The books: every accepted event ends under exactly one outcome, or is still on its way. This
// covers all sites and all time, unlike the rest of the page.

import { element, reconcile, setText } from '../dom.js';
import { formatClock, formatNumber } from '../format.js';
import { createFrame } from './frame.js';
import { OUTCOMES } from './outcomes.js';

export const AUDIT_SECONDS = 10;

export function createBooksPanel(section) {
  const frame = createFrame(section);
  const verdict = element('p', { class: 'verdict' });
  const lines = element('dl', { class: 'ledger' });
  const rows = element('tbody');
  const details = element('details', {}, element('summary', { text: 'By partition' }), partitionTable(rows));
  const checked = element('p', { class: 'hint' });
  frame.body.append(
    element('p', { class: 'lead', text: 'Every accepted event is accounted for exactly once. All sites, since the beginning.' }),
    verdict,
    lines,
    details,
    checked,
  );

  return {
    frame,
    show(audit) {
      setText(verdict, audit.balanced ? 'Balanced' : 'Not balanced');
      verdict.classList.toggle('is-balanced', audit.balanced);
      reconcile(lines, ledgerOf(audit), (line) => line.label, createLine, updateLine);
      reconcile(rows, audit.partitions, ({ partition }) => partition, createPartition, updatePartition);
      setText(checked, `Checked at ${formatClock(new Date(audit.time))}, and again every ${AUDIT_SECONDS} seconds.`);
      frame.ready();
    },
  };
}

function ledgerOf({ accepted, pending, partitions }) {
  const totalOf = (outcome) => partitions.reduce((sum, { outcomes }) => sum + (outcomes[outcome] ?? 0), 0);
  const difference = partitions.reduce((sum, partition) => sum + Math.abs(partition.difference), 0);
  return [
    { label: 'Accepted', sign: '', value: accepted, kind: 'total' },
    ...OUTCOMES.map(([outcome, label]) => ({ label, sign: '−', value: totalOf(outcome) })),
    { label: 'Still on the way', sign: '−', value: pending },
    { label: 'Difference', sign: '=', value: difference, kind: difference === 0 ? 'total' : 'total is-wrong' },
  ];
}

function createLine() {
  return element('div', {}, element('dt'), element('dd', { class: 'sign', 'aria-hidden': 'true' }), element('dd', { class: 'number' }));
}

function updateLine(line, { label, sign, value, kind }) {
  const [name, operator, number] = line.children;
  line.className = kind ?? '';
  setText(name, label);
  setText(operator, sign);
  setText(number, formatNumber(value));
}

const COLUMNS = ['partition', 'accepted', 'processed', 'accounted', 'difference'];

function partitionTable(rows) {
  const headings = COLUMNS.map((column) =>
    element('th', { scope: 'col', class: 'number', text: column[0].toUpperCase() + column.slice(1) }),
  );
  const table = element('table', { class: 'plain' }, element('thead', {}, element('tr', {}, ...headings)), rows);
  return element('div', { class: 'panel-scroll is-wide', tabindex: '0', role: 'region', 'aria-label': 'Books by partition' }, table);
}

function createPartition() {
  return element('tr', {}, ...COLUMNS.map(() => element('td', { class: 'number' })));
}

function updatePartition(row, partition) {
  COLUMNS.forEach((column, index) => setText(row.children[index], formatNumber(partition[column])));
  row.classList.toggle('is-wrong', partition.difference !== 0);
}
