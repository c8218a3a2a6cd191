// Events out of the ordinary, sent past the tracker, which would never make them.

const tracker = document.getElementById('tracker');
const endpoint = document.getElementById('lab').dataset.eventsPath;
const YEAR_MILLIS = 365 * 24 * 3600 * 1000;

function event(changes) {
  return {
    id: `sample-${Date.now()}-${Math.random().toString(36).slice(2)}`,
    write_key: tracker.dataset.key,
    type: 'track',
    name: 'experiment',
    url: location.href,
    timestamp: new Date().toISOString(),
    sent_at: new Date().toISOString(),
    ...changes,
  };
}

const KINDS = {
  duplicate() {
    const twin = event();
    return { events: [twin, twin], said: 'the same event twice' };
  },
  invalid: () => ({ events: [event({ type: 'no-such-type' })], said: 'an event of a type that does not exist' }),
  late: () => ({
    events: [event({ timestamp: new Date(Date.now() - YEAR_MILLIS).toISOString() })],
    said: 'an event of a year ago',
  }),
};

/** Why the collector refused everything, if it did. */
async function reasonOf(response) {
  if (response.ok) return '';
  const { error } = await response.json().catch(() => ({}));
  return error ? `, ${error.message}` : '';
}

/** Sends the events of a kind; gives a sentence on what was sent and what came back. */
export async function send(kind) {
  const { events, said } = KINDS[kind]();
  try {
    const response = await fetch(endpoint, { method: 'POST', body: JSON.stringify(events), credentials: 'omit' });
    return `sent ${said}: status ${response.status}${await reasonOf(response)}`;
  } catch {
    return `could not send ${said}: the collector cannot be reached`;
  }
}
