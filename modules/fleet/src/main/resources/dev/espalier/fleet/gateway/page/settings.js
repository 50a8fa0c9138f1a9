// What was asked for, setting by setting.

import {h, table} from './dom.js';

/** The settings of `content` by their paths, such as `training.optimizer.name`. */
export function flat(content, before = '') {
  return Object.entries(content).flatMap(([key, value]) => {
    const path = before ? `${before}.${key}` : key;
    const nested = value !== null && typeof value === 'object' && !(Array.isArray(value) && value.every((one) => typeof one !== 'object'));
    return nested ? flat(value, path) : [[path, Array.isArray(value) ? value.join(', ') : String(value)]];
  });
}

export function settingsPart(words = 'All settings') {
  const cells = h('div');
  let shown;
  return {
    title: 'Settings',
    node: h('details', {}, h('summary', {}, words), cells),
    show(content) {
      const text = JSON.stringify(content);
      if (text !== shown) {
        shown = text;
        cells.replaceChildren(table('Settings', ['Setting', 'Value'], flat(content)));
      }
    },
  };
}
