// The requests to the server, and what a failed one says.

const TIMEOUT_MILLIS = 20_000;

/** A request that failed; its message is a sentence for the reader, its code one of the server's. */
export class RequestError extends Error {
  constructor(message, { code, ...options } = {}) {
    super(message, options);
    this.code = code;
  }
}

async function get(path, parameters, signal) {
  const query = new URLSearchParams(parameters).toString();
  const deadline = AbortSignal.timeout(TIMEOUT_MILLIS);
  let response;
  try {
    response = await fetch(query ? `${path}?${query}` : path, {
      headers: { Accept: 'application/json' },
      signal: AbortSignal.any([signal, deadline]),
    });
  } catch (cause) {
    const message = deadline.aborted ? 'Millrace took too long to answer.' : 'Millrace cannot be reached.';
    throw new RequestError(message, { cause });
  }
  if (!response.ok) throw await errorOf(response);
  try {
    return await response.json();
  } catch (cause) {
    throw new RequestError('The answer could not be read.', { cause });
  }
}

async function errorOf(response) {
  try {
    const { error } = await response.json();
    if (error?.message) return new RequestError(error.message, { code: error.code });
  } catch {
    // not our error format: the status has to do
  }
  return new RequestError(`The server answered with status ${response.status}.`);
}

export const fetchSites = (signal) => get('api/v1/sites', {}, signal);

export const fetchAudit = (signal) => get('api/v1/audit', {}, signal);

/** One view of a site; `bounds` limits the time, `options` are grain, top and order. */
export function fetchView(view, site, bounds, options, signal) {
  const parameters = { site, grain: 'total', ...options };
  if (bounds.from) parameters.from = bounds.from.toISOString();
  if (bounds.to) parameters.to = bounds.to.toISOString();
  return get(`api/v1/views/${view}`, parameters, signal);
}
