// What a study says of the conclusions that it bears on, and of its own arms.

import {h, table} from './dom.js';
import {percent} from './format.js';

/** Sections of a report's verdicts and comparisons; none where it has neither. */
export function verdicts({verdicts: judged, comparisons}) {
  return [
    ...(judged.length === 0 ? [] : [
      h('h3', {}, 'Verdicts'),
      h('ul', {class: 'verdicts'}, judged.map((one) => h('li', {},
          h('span', {class: 'pill', 'data-verdict': one.verdict}, one.verdict),
          h('div', {}, h('p', {}, `${one.statement}.`),
              h('p', {class: 'quiet'}, `${points(one.mean)} (95 % between ${points(one.low)} and ${points(one.high)}, ${one.count} seeds); ${one.where}. ${one.source}.`))))),
    ]),
    ...(comparisons.length === 0 ? [] : [
      h('details', {}, h('summary', {}, 'Arms at the lowest density'), table('Arms at the lowest density',
          ['First', 'Second', 'Difference', 'Pooled standard error', 'Says'],
          comparisons.map((pair) => [pair.first, pair.second, points(pair.difference), (100 * pair.pooledStandardError).toFixed(2),
            pair.clearlyBetter ? 'clearly better' : pair.clearlyWorse ? 'clearly worse' : `not clearly apart at ${percent(pair.density)}`]), [2, 3])),
    ]),
  ];
}

function points(difference) {
  return `${difference < 0 ? '−' : '+'}${Math.abs(100 * difference).toFixed(2)}`;
}
