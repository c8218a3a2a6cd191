// The sample site: a bakery with a few pages inside one document, as single-page applications have.

import { pages } from './pages.js';
import { send } from './lab.js';

const BASE = '/sample';
const SHOP = 'Millstone Bakery';
const LOG_LENGTH = 8;

const page = document.getElementById('page');
const log = document.getElementById('log');
const basket = [];

function note(text) {
  const entry = document.createElement('li');
  entry.textContent = `${new Date().toLocaleTimeString()}  ${text}`;
  log.prepend(entry);
  while (log.children.length > LOG_LENGTH) log.lastChild.remove();
}

/** Sends an event through the tracker, which a content blocker may have kept away. */
function track(name, properties) {
  if (!window.millrace) return note('The tracker was not loaded; is it blocked?');
  window.millrace.track(name, properties);
  note(`event ${name} ${properties ? JSON.stringify(properties) : ''}`);
}

const shop = {
  basket,
  addToBasket(product) {
    basket.push(product);
    document.getElementById('basket-count').textContent = basket.length;
    track('add_to_basket', { product: product.id, price: product.price });
  },
  order() {
    const value = basket.reduce((sum, { price }) => sum + price, 0);
    track('purchase', { value, currency: 'EUR', items: basket.length });
    basket.length = 0;
    document.getElementById('basket-count').textContent = 0;
    visit(`${BASE}/thanks`);
  },
  subscribe() {
    const member = `reader-${Math.floor(Math.random() * 1000)}`;
    window.millrace?.identify(member, { plan: 'newsletter' });
    note(`identify ${member}`);
  },
};

function show() {
  const route = location.pathname.slice(BASE.length).replace(/^\/|\/$/g, '');
  const { title, build } = pages[route] ?? pages['not-found'];
  document.title = route === '' ? SHOP : `${title} – ${SHOP}`;
  page.replaceChildren(...build(shop));
  for (const link of document.querySelectorAll('nav a')) {
    if (link.pathname === location.pathname) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  note(`page ${location.pathname}${location.search}`);
}

function visit(path) {
  history.pushState(null, '', path);
  show();
  scrollTo(0, 0);
  page.focus({ preventScroll: true });
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-route]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  if (link.href !== location.href) visit(link.pathname);
});
document.addEventListener('click', async ({ target }) => {
  const kind = target.dataset?.lab;
  if (kind) note(await send(kind));
});
addEventListener('popstate', show);

const asksForSilence = navigator.globalPrivacyControl || navigator.doNotTrack === '1';
document.getElementById('silent').hidden = !asksForSilence;
for (const button of document.querySelectorAll('[data-lab]')) button.disabled = Boolean(asksForSilence);
show();
