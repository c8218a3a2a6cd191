// Asks the server in SQL. The answer is one JSON value a line; it is read while it comes, and no
// further than the page shows.

/** A statement that failed; where it is wrong, if the server could tell, counted from 1. */
export class StatementError extends Error {
  constructor(message, { line = 0, column = 0, ...options } = {}) {
    super(message, options);
    this.line = line;
    this.column = column;
  }
}

/**
 * Runs a statement. Gives `{ columns, rows, truncated, elapsedMillis }`, or `{ message }` for one
 * that has no rows.
 */
export async function ask(sql, maxRows, signal) {
  const response = await send(sql, maxRows, signal);
  if (!response.ok) throw await errorOf(response);
  const answer = { columns: [], rows: [], truncated: false };
  let hasEnded = false;
  for await (const line of linesOf(response)) {
    const value = parse(line);
    if (Array.isArray(value)) answer.rows.push(value);
    else if (value.error) throw new StatementError(value.error.message, value.error);
    else {
      hasEnded = 'message' in value || 'truncated' in value;
      Object.assign(answer, value);
    }
  }
  if (!hasEnded) throw new StatementError('The answer broke off; rows may be missing.');
  return { ...answer, elapsedMillis: answer.elapsed_ms };
}

/** Whether a statement may ask for changes; the answer to one that does says so. */
export function mayFollow(sql) {
  return /\bEMIT\s+CHANGES\b/i.test(sql);
}

/**
 * Runs a statement of which it is not known whether it ends. Calls `on(event)` for each event of one
 * that asks for changes; gives an answer as `ask` does where it asks for none.
 */
export async function follow(sql, maxRows, signal, on) {
  let last = '';
  let left = limitOf(sql); // rows that are still wanted: a server counts those of one connection
  for (let tries = 0; ; tries++) {
    const end = await followOnce(sql, maxRows, left, signal, last, (event) => {
      if (event.id) last = event.id;
      tries = 0;
      left -= event.rows?.length ?? 0;
      on(event);
    });
    if (end?.answer) return end.answer;
    if ((end?.event === 'end' && end.reason === 'limit') || left <= 0) return undefined;
    if (end?.event === 'end' && FINAL_REASONS.has(end.reason)) throw new StatementError(end.message);
    if (tries >= MOST_TRIES) throw new StatementError('The stream broke off, and Millrace cannot be reached again.');
    await pause(signal);
  }
}

/** How many rows a statement that asks for changes wants. */
function limitOf(sql) {
  const limit = /\bEMIT\s+CHANGES\s+LIMIT\s+(\d+)[\s;]*(--.*\s*)*$/i.exec(sql);
  return limit ? Number(limit[1]) : Infinity;
}

/** Reads one connection; gives how it ended, or nothing where it broke. */
async function followOnce(sql, maxRows, left, signal, after, on) {
  const isFirst = after === '';
  let response;
  try {
    response = await send(sql, isFirst || left === Infinity ? undefined : left, signal, after);
  } catch (failure) {
    if (isFirst || signal.aborted) throw failure;
    return undefined;
  }
  if (!response.ok) {
    const error = await errorOf(response);
    if (isFirst || response.status < 500) throw error;
    return undefined;
  }
  const answer = { columns: [], rows: [], truncated: false };
  let isStream = false;
  let hasEnded = false;
  try {
    for await (const line of linesOf(response)) {
      const value = parse(line);
      if (value.event) {
        isStream = true;
        if (value.event === 'end') return value;
        on(value);
      } else if (Array.isArray(value)) {
        if (answer.rows.length < maxRows) answer.rows.push(value);
        else answer.truncated = true;
      } else if (value.error) throw new StatementError(value.error.message, value.error);
      else {
        hasEnded = 'message' in value || 'truncated' in value;
        Object.assign(answer, value, { truncated: answer.truncated || value.truncated });
      }
    }
  } catch (broken) {
    if (signal.aborted || broken instanceof StatementError) throw broken;
  }
  if (!isStream && !hasEnded) throw new StatementError('The answer broke off; rows may be missing.');
  return isStream ? undefined : { answer: { ...answer, elapsedMillis: answer.elapsed_ms } };
}

const MOST_TRIES = 5;
const FINAL_REASONS = new Set(['failed', 'changed']);

function pause(signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, 2000);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

async function send(sql, maxRows, signal, after) {
  try {
    return await fetch('api/v1/sql', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/x-ndjson' },
      body: JSON.stringify({ sql, max_rows: maxRows, after: after || undefined }),
      signal,
    });
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new StatementError('Millrace cannot be reached. Is it still running?', { cause });
  }
}

async function errorOf(response) {
  try {
    const { error } = await response.json();
    if (error?.message) return new StatementError(error.message, error);
  } catch {
    // not our error format: the status has to do
  }
  return new StatementError(`The server answered with status ${response.status}.`);
}

async function* linesOf(response) {
  let rest = '';
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (rest + decoder.decode(value, { stream: !done })).split('\n');
    rest = done ? '' : lines.pop();
    yield* lines.filter((line) => line.trim() !== '');
    if (done) return;
  }
}

/** Numbers that JavaScript cannot hold exactly stay as they are written, where the browser tells. */
function parse(line) {
  return JSON.parse(line, (key, value, context) => {
    const isExact = typeof value !== 'number' || Number.isSafeInteger(value) || String(value) === context?.source;
    return isExact ? value : new ExactNumber(context?.source ?? String(value));
  });
}

/** A number that is shown as the server wrote it. */
export class ExactNumber {
  constructor(text) {
    this.text = text;
  }
  toString() {
    return this.text;
  }
  toJSON() {
    return Number(this.text);
  }
}
