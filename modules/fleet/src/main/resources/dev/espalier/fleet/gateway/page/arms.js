// Accuracy against density, one curve an arm, with whiskers of one standard error.

import {h, table} from './dom.js';
import {percent, plural, spread} from './format.js';
import {Plot} from './plot.js';

/** Curves of an accuracy by density; `key` and `place` tell whose they are. */
export function accuracyPlot(label) {
  let ticks = [];
  const plot = new Plot({
    label,
    height: 360,
    x: {label: 'weights kept', log: true, words: (density) => percent(density), ticks: () => ticks, name: 'At density'},
    y: {words: (accuracy) => percent(accuracy), tell: (mean, error) => `${spread(mean, error)} %`},
    empty: 'The first accuracies will appear here.',
  });
  return {
    node: plot.node,
    close: () => plot.close(),
    /** Shows arms as a study's view lists them, each with its `key`, `name` and `place`. */
    show(arms) {
      ticks = arms.flatMap((arm) => arm.points.map((point) => point.density));
      plot.show(arms.map(({key, name, place, dash, points}) => {
        const sorted = [...points].sort((a, b) => a.density - b.density);
        return {
          key, name, place, dash,
          xs: sorted.map((point) => point.density),
          ys: sorted.map((point) => point.mean),
          errors: sorted.map((point) => point.standardError),
        };
      }));
    },
  };
}

export function armsPart() {
  const plot = accuracyPlot('Accuracy against density');
  const cells = h('div');
  const details = h('details', {}, h('summary', {}, 'The same as a table'), cells);
  let shown = '';
  const node = h('div', {},
      h('p', {class: 'quiet'}, 'Mean test accuracy over seeds; whiskers are one standard error. Density is the part of the prunable weights that is kept.'),
      plot.node, details);
  return {
    title: 'Accuracy against density',
    node,
    close: plot.close,
    show(curves) {
      const text = JSON.stringify(curves);
      if (text === shown) {
        return;
      }
      shown = text;
      plot.show(curves.map((curve, i) => ({...curve, key: curve.arm, name: curve.arm, place: i})));
      cells.replaceChildren(cellsOf(curves));
    },
  };
}

function cellsOf(curves) {
  const points = curves.flatMap((curve) => curve.points);
  const levels = [...new Set(points.map((point) => point.level))].sort((a, b) => a - b);
  const heads = levels.map((level) => percent(points.find((point) => point.level === level).density));
  return table('Accuracy in percent by arm and density', ['Arm', ...heads],
      curves.map((curve) => [curve.arm, ...levels.map((level) => cell(curve.points.find((point) => point.level === level)))]),
      levels.map((_, i) => i + 1));
}

function cell(point) {
  return point ? h('span', {title: plural(point.seeds, 'seed')}, spread(point.mean, point.standardError)) : '–';
}
