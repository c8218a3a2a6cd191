// The pages of the sample site, by route. Each builds its nodes from the shop it is given.

const PRODUCTS = [
  { id: 'rye', name: 'Dark rye', price: 5.2, text: 'Sourdough, three days in the making.' },
  { id: 'spelt', name: 'Spelt loaf', price: 4.8, text: 'Nutty, soft, with a thin crust.' },
  { id: 'baguette', name: 'Baguette', price: 2.4, text: 'Baked every two hours.' },
  { id: 'focaccia', name: 'Focaccia', price: 3.9, text: 'Olive oil, rosemary, coarse salt.' },
  { id: 'walnut', name: 'Walnut bread', price: 5.6, text: 'Good with any cheese.' },
  { id: 'brioche', name: 'Brioche', price: 4.4, text: 'Butter, mostly.' },
];

const ARTICLES = {
  'journal/water-wheel': ['Why we kept the water wheel', 'It turns at eight turns a minute, in any weather, and nobody has ever had to restart it.'],
  'journal/rye-season': ['Rye season', 'The first new rye came in on Monday. It drinks more water than last year’s, so the dough is given more time.'],
  'journal/cold-proof': ['In praise of the cold proof', 'A night in the cellar does more for a loaf than any amount of kneading.'],
};

const money = new Intl.NumberFormat(undefined, { style: 'currency', currency: 'EUR' });

function node(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function link(path, text, className = '') {
  const made = node('a', { href: path, textContent: text, className });
  made.dataset.route = '';
  return made;
}

function productCard(product, shop) {
  const button = node('button', { type: 'button', textContent: 'Add to basket', onclick: () => shop.addToBasket(product) });
  button.setAttribute('aria-label', `Add to basket: ${product.name}`);
  return node(
    'article',
    { className: 'card' },
    node('div', { className: `loaf loaf-${product.id}` }),
    node('h2', { textContent: product.name }),
    node('p', { textContent: product.text }),
    node('p', { className: 'price', textContent: money.format(product.price) }),
    button,
  );
}

function article(route) {
  const [title, text] = ARTICLES[route];
  return {
    title,
    build: () => [node('h1', { textContent: title }), node('p', { textContent: text }), link('/sample/journal', 'Back to the journal')],
  };
}

function basketPage({ basket, order }) {
  const heading = node('h1', { textContent: 'Your basket' });
  if (basket.length === 0) {
    return [heading, node('p', { textContent: 'It is empty.' }), link('/sample/products', 'See our bread', 'button')];
  }
  const items = basket.map(({ name, price }) => node('li', { textContent: `${name}, ${money.format(price)}` }));
  return [heading, node('ul', {}, ...items), node('button', { type: 'button', textContent: 'Order (nothing is really bought)', onclick: order })];
}

export const pages = {
  '': {
    title: 'Home',
    build: (shop) => [
      node(
        'section',
        { className: 'hero' },
        node('h1', { textContent: 'Bread from stone-ground flour' }),
        node('p', { textContent: 'Milled by water, baked before dawn, gone by noon.' }),
        link('/sample/products', 'See our bread', 'button'),
        node('button', { type: 'button', className: 'quiet', textContent: 'Get the newsletter', onclick: shop.subscribe }),
      ),
    ],
  },
  products: {
    title: 'Bread',
    build: (shop) => [
      node('h1', { textContent: 'Bread' }),
      node('div', { className: 'cards' }, ...PRODUCTS.map((product) => productCard(product, shop))),
    ],
  },
  journal: {
    title: 'Journal',
    build: () => [
      node('h1', { textContent: 'Journal' }),
      node('ul', { className: 'articles' }, ...Object.entries(ARTICLES).map(([route, [title]]) => node('li', {}, link(`/sample/${route}`, title)))),
    ],
  },
  ...Object.fromEntries(Object.keys(ARTICLES).map((route) => [route, article(route)])),
  about: {
    title: 'About',
    build: () => [
      node('h1', { textContent: 'About' }),
      node('p', { textContent: 'The millrace behind the house has turned these stones since 1784. The shop is made up; the events it sends are not.' }),
    ],
  },
  basket: { title: 'Basket', build: basketPage },
  thanks: {
    title: 'Thank you',
    build: () => [node('h1', { textContent: 'Thank you' }), node('p', { textContent: 'Your order is an event now.' }), link('/sample', 'Back to the start')],
  },
  'not-found': {
    title: 'Not found',
    build: () => [node('h1', { textContent: 'There is no such page' }), link('/sample', 'Back to the start')],
  },
};
