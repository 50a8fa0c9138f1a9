// Studies side by side: their curves in one plot, and the settings in which they differ.

import {get, named, words} from './api.js';
import {accuracyPlot} from './arms.js';
import {debounced, each, framed, h, put, table} from './dom.js';
import {percent, spread} from './format.js';
import {flat} from './settings.js';

const MOST = 8;

export function open(host, {query, overview}) {
  let names = (query.get('studies') ?? '').split(',').filter(Boolean).slice(0, MOST);
  let studies = [];
  const plot = accuracyPlot('Accuracy against density of several studies');
  const chips = h('ul', {class: 'chips'});
  const add = h('select', {'aria-label': 'Add a study', onchange: () => change([...names, add.value.slice(7, 31)])});
  const trouble = h('p', {class: 'problem', role: 'alert', hidden: true});
  const cells = h('div');
  const differences = h('div');
  host.append(h('div', {class: 'heading'}, h('h1', {}, 'Compare studies')),
      h('div', {class: 'tools'}, chips, add), trouble,
      h('section', {class: 'card', 'aria-label': 'Accuracy'}, h('h2', {}, 'Accuracy against density'),
          h('p', {class: 'quiet'}, 'A colour is an arm, the same as in each study; a dash is a study.'), plot.node,
          h('details', {}, h('summary', {}, 'The same as a table'), cells)),
      h('section', {class: 'card', 'aria-label': 'Differences'}, h('h2', {}, 'Settings that differ'), differences));
  const draw = framed(show);
  const refresh = debounced(load, 2000);

  function change(others) {
    names = [...new Set(others)].slice(0, MOST);
    history.replaceState(null, '', `#/compare${names.length ? `?studies=${names.join(',')}` : ''}`);
    load();
  }

  async function load() {
    try {
      const wanted = names;
      const list = wanted.map(named).join(',');
      const curves = wanted.length === 0 ? [] : await get(`/api/compare/studies?studies=${list}`);
      const whole = await Promise.all(curves.map(({id}) => get(`/api/studies/${named(id)}`)));
      if (wanted === names) {
        studies = curves.map((one, i) => ({...one, content: whole[i].content}));
        trouble.hidden = true;
        draw();
      }
    } catch (error) {
      trouble.hidden = !words(error);
      put(trouble, words(error));
    }
  }

  function show() {
    each(chips, studies, (study) => study.id, (study) => h('li', {class: 'pill'},
        h('a', {href: `#/studies/${study.id}`}, study.name),
        h('button', {type: 'button', class: 'icon', 'aria-label': `Leave out ${study.name}`, onclick: () =>
          change(names.filter((name) => !study.id.includes(name)))}, '×')));
    const arms = [...new Set(studies.flatMap((study) => study.curves.map((curve) => curve.arm)))];
    const curves = studies.flatMap((study, i) => study.curves.map((curve) => ({
      ...curve, key: `${study.id} ${curve.arm}`, name: `${curve.arm} — ${titleOf(study)}`, place: arms.indexOf(curve.arm), dash: 8 * i})));
    plot.show(curves);
    cells.replaceChildren(...studies.map((study) => table(`Accuracy of ${study.name}`, [titleOf(study), 'Accuracy in percent by density'],
        study.curves.map((curve) => [curve.arm, curve.points.map((point) => `${percent(point.density)}: ${spread(point.mean, point.standardError)}`).join('   ')]))));
    differences.replaceChildren(differing());
    choices();
  }

  /** Studies of one name are told apart by their digests. */
  function titleOf(study) {
    return studies.some((other) => other !== study && other.name === study.name) ? `${study.name} (${study.id.slice(7, 13)})` : study.name;
  }

  function differing() {
    if (studies.length < 2) {
      return h('p', {class: 'quiet'}, 'Choose two studies or more.');
    }
    const settings = studies.map((study) => new Map(flat(study.content)));
    const paths = [...new Set(settings.flatMap((one) => [...one.keys()]))]
        .filter((path) => new Set(settings.map((one) => one.get(path))).size > 1);
    return paths.length === 0 ? h('p', {class: 'quiet'}, 'None.')
      : table('Settings that differ', ['Setting', ...studies.map(titleOf)], paths.map((path) => [path, ...settings.map((one) => one.get(path) ?? '–')]));
  }

  function choices() {
    const others = overview.studies.filter((line) => !studies.some((study) => study.id === line.id));
    each(add, [{id: '', name: 'Add a study …'}, ...others.slice(0, 200)], (line) => line.id,
        (line) => h('option', {value: line.id, ...(line.id ? {} : {disabled: true, selected: true})}, line.name),
        (option, line) => put(option, line.id ? `${line.name} (${line.id.slice(7, 13)})` : line.name));
    add.value = '';
    add.disabled = studies.length >= MOST;
  }

  draw();
  let seen = '';
  return {
    title: 'Compare',
    show: ['overview'],
    load,
    overview() {
      const done = studies.map((study) => overview.line(study.id)?.completed).join();
      if (done !== seen) {
        seen = done;
        refresh();
      }
      choices();
    },
    close() {
      refresh.stop();
      plot.close();
    },
  };
}
