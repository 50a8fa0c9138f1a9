// Says which curve is which; each can be taken out of the plot and put back.

import {each, h, put, svg} from './dom.js';
import {COLOURS, dashOf, filled, shapeOf} from './marks.js';

export class Legend {
  node = h('ul', {class: 'legend'});
  #toggle;

  /** A legend that tells `toggle` the key of a curve when it is pressed. */
  constructor(toggle) {
    this.#toggle = toggle;
  }

  show(curves, hidden) {
    each(this.node, curves, (curve) => curve.key, (curve) => this.#make(curve), (item, curve) => {
      const button = item.firstChild;
      button.setAttribute('aria-pressed', String(!hidden.has(curve.key)));
      if (button.dataset.look !== `${curve.place} ${curve.dash}`) {
        button.dataset.look = `${curve.place} ${curve.dash}`;
        button.firstChild.replaceWith(Legend.key(curve));
      }
      put(button.children[1], curve.name);
      put(button.children[2], curve.note ?? '');
    });
  }

  #make(curve) {
    return h('li', {}, h('button', {type: 'button', onclick: () => this.#toggle(curve.key)},
        h('span'), h('span', {class: 'name'}), h('span', {class: 'note'})));
  }

  /** The line and mark of a curve. */
  static key(curve) {
    const dash = dashOf(curve.dash ?? curve.place).join(' ');
    return svg('svg', {viewBox: '0 0 28 12', 'aria-hidden': 'true', class: `key a${curve.place % COLOURS}`},
        svg('line', {x1: 0, y1: 6, x2: 28, y2: 6, ...(dash ? {'stroke-dasharray': dash} : {})}),
        svg('path', {d: shapeOf(curve.place, 14, 6, 3.5), class: filled(curve.place) ? 'filled' : ''}));
  }
}
