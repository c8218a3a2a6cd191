// Shows what came of a statement. All of it is text of others, so it becomes text nodes only.

import { element, setText } from '../dom.js';
import { formatNumber } from '../format.js';
import { lackingOf } from '../lacking.js';
import { ExactNumber } from './ask.js';

const byId = (id) => document.getElementById(id);

export function createResult() {
  const summary = byId('summary');
  const problem = byId('problem');
  const rows = byId('rows');

  function show(text, ...table) {
    setText(summary, text);
    problem.hidden = true;
    rows.hidden = table.length === 0;
    rows.replaceChildren(...table);
  }

  return {
    running() {
      setText(summary, 'Running…');
      problem.hidden = true;
    },
    /** Rows that change, with what there is to say of them. */
    changing(text, answer) {
      show(text, tableOf(answer));
    },
    stopped() {
      show('Stopped.');
    },
    done(answer) {
      if (answer.message !== undefined) show(answer.message);
      else show(summaryOf(answer), tableOf(answer));
    },
    failed(error, sql) {
      show('');
      const place = error.line > 0 ? `Line ${error.line}, column ${error.column}: ` : '';
      problem.replaceChildren(element('p', { text: place + error.message }), ...excerpt(error, sql));
      problem.hidden = false;
    },
  };
}

function summaryOf(answer) {
  const { rows, truncated, elapsedMillis } = answer;
  const lacking = lackingOf(answer);
  const count = rows.length === 1 ? '1 row' : `${formatNumber(rows.length)} rows`;
  return `${count} in ${formatNumber(elapsedMillis)} ms.${truncated ? ' There are more: add a LIMIT, or narrow it down.' : ''}${lacking ? ` ${lacking}` : ''}`;
}

function tableOf({ columns, rows }) {
  const isNumber = columns.map((_, index) => isNumberColumn(rows, index));
  const heads = columns.map(({ name, type }, index) =>
    element('th', { scope: 'col', class: isNumber[index] ? 'number' : undefined }, name, element('span', { class: 'type', text: type })),
  );
  const lines = rows.map((row) => element('tr', {}, ...row.map((value, index) => cell(value, isNumber[index]))));
  return element('table', {}, element('thead', {}, element('tr', {}, ...heads)), element('tbody', {}, ...lines));
}

function isNumberColumn(rows, index) {
  const values = rows.map((row) => row[index]).filter((value) => value !== null);
  return values.length > 0 && values.every((value) => typeof value === 'number' || value instanceof ExactNumber);
}

function cell(value, isNumber) {
  if (value === null) return element('td', { class: isNumber ? 'is-null number' : 'is-null', text: 'NULL' });
  const isComposed = typeof value === 'object' && !(value instanceof ExactNumber);
  return element('td', { class: isNumber ? 'number' : undefined, text: isComposed ? JSON.stringify(value) : String(value) });
}

/** The line that is wrong, with a caret below the column. */
function excerpt({ line, column }, sql) {
  const text = sql.split('\n')[line - 1];
  if (text === undefined || column < 1) return [];
  const before = text.slice(0, column - 1).replace(/[^\t]/g, ' ');
  return [element('pre', { text: `${text}\n${before}^` })];
}
