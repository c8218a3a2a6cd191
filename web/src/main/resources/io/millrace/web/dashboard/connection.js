// The state of the live stream, as words and a dot in the header.

import { setText } from './dom.js';

const WORDS = {
  connecting: ['Connecting…', 'The live stream is being opened'],
  live: ['Live', 'Figures change as events arrive'],
  reconnecting: ['Reconnecting…', 'The live stream was lost; it is opened again by itself'],
};

export function showConnection(state) {
  const node = document.getElementById('connection');
  const [text, title] = WORDS[state];
  node.dataset.state = state;
  node.title = title;
  setText(document.getElementById('connection-text'), text);
}
