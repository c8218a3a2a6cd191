// The SQL console: joins the editor, the examples, the former statements and the result.

import { element } from '../dom.js';
import { ask, follow, mayFollow } from './ask.js';
import { createChanges } from './changes.js';
import { EXAMPLES } from './examples.js';
import { createHistory } from './history.js';
import { createResult } from './result.js';

/** As many rows as a page can show without becoming slow. */
const MAX_ROWS = 1000;

const byId = (id) => document.getElementById(id);

const editor = byId('sql');
const run = byId('run');
const stop = byId('stop');
const result = createResult();
const history = createHistory(write);

let running; // what ends the statement that runs

function write(sql) {
  editor.value = sql;
  editor.focus();
}

async function start() {
  const sql = editor.value;
  if (sql.trim() === '' || running) return;
  history.add(sql);
  running = new AbortController();
  const { signal } = running;
  show(true);
  const changes = createChanges(MAX_ROWS, result);
  try {
    const answer = mayFollow(sql) ? await follow(sql, MAX_ROWS, signal, changes.take) : await ask(sql, MAX_ROWS, signal);
    if (answer) result.done(answer);
    else changes.ended();
  } catch (error) {
    if (signal.aborted && changes.hasBegun()) changes.ended();
    else if (signal.aborted) result.stopped();
    else {
      changes.failed();
      fail(error, sql);
    }
  } finally {
    running = undefined;
    show(false);
  }
}

function fail(error, sql) {
  result.failed(error, sql);
  if (!(error.line > 0) || editor.value !== sql) return;
  const start = sql.split('\n').slice(0, error.line - 1).reduce((length, line) => length + line.length + 1, 0) + error.column - 1;
  const word = /^\w*/.exec(sql.slice(start))[0];
  editor.focus();
  editor.setSelectionRange(start, start + Math.max(1, word.length));
}

function show(isRunning) {
  run.disabled = isRunning;
  stop.hidden = !isRunning;
  if (isRunning) result.running();
}

byId('editor').addEventListener('submit', (event) => {
  event.preventDefault();
  start();
});
stop.addEventListener('click', () => running?.abort());
editor.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    start();
  } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
    event.preventDefault();
    history.step(event.key === 'ArrowUp' ? -1 : 1, editor.value);
  }
});
byId('examples').append(
  ...EXAMPLES.map(({ title, sql }) =>
    element('li', {}, element('button', { type: 'button', text: title, title: sql, onclick: () => write(sql) })),
  ),
);
editor.value = EXAMPLES[0].sql;
