// A heat map that is a table: layers down, rounds of pruning across.

import {h} from './dom.js';
import {percent} from './format.js';

/**
 * `columns` are heads, `rows` each a `name` and its `values`, parts of 1; undefined ones stay empty. `told`
 * says more of a cell, by row and column.
 */
export function heatMap(label, columns, rows, told) {
  return h('div', {class: 'scroll heat', tabindex: '0', role: 'region', 'aria-label': label},
      h('table', {},
          h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'Layer'), columns.map((column) => h('th', {scope: 'col'}, column)))),
          h('tbody', {}, rows.map((row, r) => h('tr', {}, h('th', {scope: 'row'}, row.name.replace(/\.weight$/, '')),
              row.values.map((value, c) => cell(value, told?.(r, c))))))));
}

function cell(value, told) {
  if (value === undefined) {
    return h('td');
  }
  const node = h('td', {class: 'warm', title: told}, percent(value));
  node.style.setProperty('--warmth', `${Math.round(100 * value)}%`);
  return node;
}
