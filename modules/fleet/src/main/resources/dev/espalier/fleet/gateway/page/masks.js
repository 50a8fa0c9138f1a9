// Masks of a study: how far they agree, beside chance; what each layer keeps; verdicts, and files.

import {get, words} from './api.js';
import {debounced, each, framed, h, put, table} from './dom.js';
import {brief, count, percent, plural, spread} from './format.js';
import {heatMap} from './heat.js';
import {Plot} from './plot.js';
import {verdicts} from './verdicts.js';

const PAUSE = 2000; // milliseconds between reports, and five times what the last took
const MOST_ROUNDS = 2000; // a study of more is reported when it is asked for
const AT_ONCE = 12;

export function masksPart(path) {
  let report;
  let asked = false;
  let pause = PAUSE;
  let most = AT_ONCE;
  let ticks = [];
  const plot = new Plot({
    label: 'Overlap of masks against density',
    height: 280,
    x: {label: 'weights kept', log: true, words: (density) => percent(density), ticks: () => ticks, name: 'At density'},
    y: {words: (part) => percent(part), tell: (mean, error) => `${spread(mean, error)} %`},
    empty: 'Overlaps appear when two masks of the same density are there.',
  });
  const state = h('p', {class: 'quiet', role: 'status'}, 'No mask yet.');
  const ask = h('button', {type: 'button', hidden: true, onclick: () => load()}, 'Report on the masks');
  const pair = h('select', {id: 'pair', onchange: () => draw()});
  const overlaps = h('div');
  const objective = h('select', {id: 'objective', onchange: () => draw()});
  const densities = h('div');
  const judged = h('div');
  const files = h('div');
  const more = h('button', {type: 'button', hidden: true, onclick: () => {
    most += AT_ONCE;
    draw();
  }}, 'Show more');
  const found = h('div', {hidden: true},
      h('h3', {}, 'Overlap of masks'),
      h('p', {class: 'quiet'}, 'Intersection over union of masks, the mean over pairs; dashed: what random masks give that keep as many weights of each layer.'),
      plot.node,
      h('div', {class: 'two'},
          h('div', {}, h('h3', {}, 'Overlap by layer'), h('label', {for: 'pair', class: 'quiet'}, 'Masks of '), pair, overlaps),
          h('div', {}, h('h3', {}, 'Density by layer'), h('label', {for: 'objective', class: 'quiet'}, 'Masks of '), objective, densities)),
      judged,
      h('h3', {}, 'Files'),
      h('p', {}, h('a', {href: `${path}/report`, download: 'report.json', class: 'button'}, 'report.json')),
      files, more);
  const draw = framed(show);
  const refresh = debounced(() => load(), PAUSE);

  async function load() {
    const begun = performance.now();
    try {
      report = await get(`${path}/report`);
      pause = Math.max(PAUSE, 5 * (performance.now() - begun));
      asked = true;
      ask.hidden = true;
      draw();
    } catch (error) {
      put(state, words(error));
    }
  }

  function show() {
    if (!report) {
      return;
    }
    put(state, report.masks.length > 0 ? `${plural(report.masks.length, 'mask')} so far.` : 'No mask yet.');
    found.hidden = report.masks.length === 0;
    showPlot();
    options(pair, [...new Set(report.overlaps.map(pairOf))]);
    options(objective, [...new Set(report.masks.map((mask) => mask.arm.replace(/\/trained$/, '')))]);
    overlaps.replaceChildren(overlapMap(report.overlaps.filter((one) => pairOf(one) === pair.value)));
    densities.replaceChildren(densityMap(report.masks.filter((mask) => mask.arm.replace(/\/trained$/, '') === objective.value)));
    judged.replaceChildren(...verdicts(report));
    files.replaceChildren(filesOf(report.masks.slice(0, most)));
    more.hidden = report.masks.length <= most;
  }

  function showPlot() {
    const pairs = [...new Set(report.overlaps.map(pairOf))];
    ticks = report.overlaps.map((one) => one.density);
    plot.show(pairs.flatMap((name, place) => {
      const points = report.overlaps.filter((one) => pairOf(one) === name).sort((a, b) => a.density - b.density);
      const xs = points.map((point) => point.density);
      return [
        {key: name, name, place, xs, ys: points.map((point) => point.all.mean), errors: points.map((point) => point.all.standardError)},
        {key: `${name} chance`, name: `${name}, by chance`, place, dash: 16, xs, ys: points.map((point) => point.all.chanceByTensor)},
      ];
    }));
  }

  return {
    title: 'Masks',
    node: h('div', {}, state, ask, found),
    load() {
      if (asked) {
        return load();
      }
      return undefined;
    },
    /** Reports once there is a mask to report on. */
    know({line}) {
      const large = line.rounds > MOST_ROUNDS;
      ask.hidden = asked || !large || line.roundsCompleted === 0;
      if (large && !asked && line.roundsCompleted > 0) {
        put(state, `${count(line.roundsCompleted)} rounds are completed: a report on all of their masks is long.`);
      }
      if (!asked && !large && line.roundsCompleted > 0) {
        asked = true;
        load();
      }
    },
    events(batch) {
      if (asked && batch.some(({type}) => type === 'dev.espalier.mask.published.v1')) {
        setTimeout(refresh, pause - PAUSE);
      }
    },
    close() {
      refresh.stop();
      plot.close();
    },
  };
}

function pairOf({first, second, seeds}) {
  return first === second ? `${first}, different seeds` : `${first} and ${second}, ${seeds} seed${seeds === 'same' ? '' : 's'}`;
}

function options(select, names) {
  each(select, names, (name) => name, (name) => h('option', {value: name}, name));
}

function overlapMap(points) {
  const levels = points.sort((a, b) => b.density - a.density);
  const names = levels[0]?.tensors.map((tensor) => tensor.name) ?? [];
  const rows = names.map((name, i) => ({name, values: levels.map((level) => level.tensors[i]?.mean)}));
  return heatMap('Overlap by layer and density', levels.map((level) => percent(level.density)), rows, (r, c) => {
    const tensor = levels[c].tensors[r];
    return `${tensor.name} at ${percent(levels[c].density)}: ${percent(tensor.mean)}, by chance ${percent(tensor.chanceByTensor)}`;
  });
}

/** What masks of the same round keep of each layer, the mean over seeds. */
function densityMap(masks) {
  const rounds = [...new Set(masks.map((mask) => mask.round))].sort((a, b) => a - b)
      .map((round) => masks.filter((mask) => mask.round === round));
  const names = masks[0]?.tensors.map((tensor) => tensor.name) ?? [];
  const rows = names.map((name, i) => ({
    name,
    values: rounds.map((same) => same.reduce((sum, mask) => sum + mask.tensors[i].kept / mask.tensors[i].total, 0) / same.length),
  }));
  return heatMap('Density by layer and round', rounds.map((same) => percent(same[0].density)), rows, (r, c) =>
      `${names[r]}: ${percent(rows[r].values[c])} kept, ${plural(rounds[c].length, 'seed')}`);
}

function filesOf(masks) {
  return table('Masks', ['Mask', 'Seed', 'Round', 'Density', 'Weights kept', 'Files'], masks.map((mask) => [
    h('a', {href: `#/tasks/${mask.task}`}, `${mask.objective}, ${brief(mask.digest)}`),
    mask.seed, mask.round, percent(mask.density), `${count(mask.kept)} of ${count(mask.total)}`,
    h('a', {href: `/api/masks/${mask.digest}/safetensors`, download: true, 'aria-label': `safetensors of mask ${brief(mask.digest)}`}, 'safetensors'),
  ]), [1, 2, 3, 4]);
}
