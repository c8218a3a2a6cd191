// Small helpers for building the page. Text from events is hostile, so it only ever becomes text
// nodes and attribute values, never markup.

const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';

/** An HTML element; `properties` may hold `class`, `text`, `on…` listeners and attributes. */
export function element(tag, properties = {}, ...children) {
  return build(document.createElement(tag), properties, children);
}

/** An SVG element, described in the same way. */
export function svg(tag, properties = {}, ...children) {
  return build(document.createElementNS(SVG_NAMESPACE, tag), properties, children);
}

function build(node, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'text') node.textContent = value;
    else if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== undefined && child !== null));
  return node;
}

/** Sets the text only when it differs, so that screen readers and selections are left in peace. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Marks a figure as one that may still change, or takes the mark away. */
export function markProvisional(node, isProvisional) {
  node.classList.toggle('provisional', isProvisional);
  if (isProvisional) node.title = 'Provisional: events may still come that belong to it';
  else node.removeAttribute('title');
}

/**
 * Makes the children of `parent` show `items` in order, keeping the nodes of items that stay, so
 * that focus, selection and transitions survive an update.
 */
export function reconcile(parent, items, keyOf, create, update) {
  const nodes = (parent.nodesByKey ??= new Map());
  const kept = new Set();
  let place = parent.firstChild;
  for (const item of items) {
    const key = keyOf(item);
    let node = nodes.get(key);
    if (!node) {
      node = create(item);
      nodes.set(key, node);
    }
    update(node, item);
    kept.add(key);
    if (node === place) place = place.nextSibling;
    else parent.insertBefore(node, place);
  }
  for (const [key, node] of nodes) {
    if (kept.has(key)) continue;
    node.remove();
    nodes.delete(key);
  }
}
