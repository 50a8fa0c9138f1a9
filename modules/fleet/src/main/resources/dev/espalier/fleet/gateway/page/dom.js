// Makes and changes elements, as little as is needed, so that focus and selection stay.

/** An element; attributes that begin with `on` are listeners, those that are undefined or false are left out. */
export function h(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) {
      continue;
    }
    if (key.startsWith('on')) {
      node.addEventListener(key.slice(2), value);
    } else {
      node.setAttribute(key, value === true ? '' : value);
    }
  }
  node.append(...children.flat().filter((child) => child !== undefined && child !== false));
  return node;
}

const SVG = 'http://www.w3.org/2000/svg';

/** An element of SVG. */
export function svg(name, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

/** Changes the text of `node` unless it is so already. */
export function put(node, words) {
  const text = String(words);
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** Makes the children of `parent` those of `items`: the node of a key stays, and moves only where it must. */
export function each(parent, items, keyOf, make, fill) {
  const known = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const wanted = items.map((item) => {
    const key = String(keyOf(item));
    const node = known.get(key) ?? make(item);
    node.dataset.key = key;
    fill?.(node, item);
    return node;
  });
  const kept = new Set(wanted);
  [...parent.children].filter((node) => !kept.has(node)).forEach((node) => node.remove());
  wanted.forEach((node, i) => {
    if (parent.children[i] !== node) {
      parent.insertBefore(node, parent.children[i] ?? null);
    }
  });
}

/** A function that has `draw` run in the next frame, once however often it was called. */
export function framed(draw) {
  let asked = false;
  return () => {
    if (!asked) {
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        draw();
      });
    }
  };
}

/** A function that has `act` run once things are calm, at most every `millis`; `stop` forgets it. */
export function debounced(act, millis) {
  let timer;
  let last = -Infinity;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      last = performance.now();
      act();
    }, Math.max(80, last + millis - performance.now()));
  };
  later.stop = () => clearTimeout(timer);
  return later;
}

/** Says `words` to the eye for some seconds, and to screen readers. */
export function say(words) {
  const said = document.getElementById('said');
  said.textContent = words;
  said.classList.add('shown');
  clearTimeout(say.timer);
  say.timer = setTimeout(() => said.classList.remove('shown'), 6000);
}

/** A list of terms and what they are. */
export function terms(pairs, kind = 'figures') {
  const list = h('dl', {class: kind});
  showTerms(list, pairs);
  return list;
}

/** Changes what a list of terms says. */
export function showTerms(list, pairs) {
  each(list, pairs, ([term]) => term,
      ([term]) => h('div', {}, h('dt', {}, term), h('dd')),
      (node, [, words]) => {
        const place = node.lastChild;
        if (words instanceof Node) {
          if (place.firstChild !== words) {
            place.replaceChildren(words);
          }
        } else {
          put(place, words);
        }
      });
}

/** A table whose cells are words or nodes; `numbers` says which columns are figures. */
export function table(label, heads, rows, numbers = []) {
  const kind = (i) => (numbers.includes(i) ? {class: 'number'} : {});
  return h('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': label},
      h('table', {},
          h('thead', {}, h('tr', {}, heads.map((words, i) => h('th', {scope: 'col', ...kind(i)}, words)))),
          h('tbody', {}, rows.map((cells) => h('tr', {}, cells.map((cell, i) =>
              i === 0 ? h('th', {scope: 'row', ...kind(i)}, cell) : h('td', kind(i), cell ?? '')))))));
}

/** Asks before something that cannot be taken back; resolves to whether it shall be. */
export function confirmed(question, detail, yes) {
  return new Promise((resolve) => {
    const dialog = h('dialog', {'aria-label': question});
    const close = (answer) => {
      dialog.close();
      dialog.remove();
      resolve(answer);
    };
    dialog.append(h('h2', {}, question), h('p', {}, detail),
        h('div', {class: 'buttons'},
            h('button', {type: 'button', onclick: () => close(false)}, 'Keep it'),
            h('button', {type: 'button', class: 'bad', onclick: () => close(true)}, yes)));
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      close(false);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
