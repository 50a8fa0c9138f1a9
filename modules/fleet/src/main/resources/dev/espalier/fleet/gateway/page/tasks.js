// The tasks of a study as a list, in parts.

import {part, words} from './api.js';
import {each, h, put} from './dom.js';
import {percent} from './format.js';
import {STATES, stateAfter} from './states.js';

const AT_ONCE = 20;
const KINDS = ['prune', 'evaluate', 'score', 'cut'];

export function tasksPart(path, training) {
  const state = h('select', {'aria-label': 'Only tasks that are', onchange: () => load()},
      h('option', {value: ''}, 'Any state'), STATES.map((word) => h('option', {value: word}, word)));
  const kind = h('select', {'aria-label': 'Only tasks that', onchange: () => load()},
      h('option', {value: ''}, 'Any kind'), KINDS.map((word) => h('option', {value: word}, word)));
  const list = h('ul', {class: 'tasks'});
  const more = h('button', {type: 'button', hidden: true, onclick: () => fetchOf(next)}, 'Show more');
  const none = h('p', {class: 'quiet', hidden: true});
  const node = h('div', {}, h('div', {class: 'tools'}, state, kind), none, list, more);
  let lines = [];
  let next;
  let asked = 0;

  function load() {
    lines = [];
    return fetchOf(`${path}/tasks?${new URLSearchParams({
      limit: AT_ONCE, ...(state.value ? {state: state.value} : {}), ...(kind.value ? {kind: kind.value} : {})})}`);
  }

  async function fetchOf(from) {
    const mine = ++asked;
    try {
      const got = await part(from);
      if (mine === asked) {
        lines = lines.concat(got.items);
        next = got.next;
        show();
      }
    } catch (error) {
      none.hidden = false;
      put(none, words(error));
    }
  }

  function show() {
    each(list, lines, (line) => line.id, make, fill);
    more.hidden = !next;
    none.hidden = lines.length > 0;
    put(none, 'No task is like that.');
  }

  function make(line) {
    return h('li', {}, h('a', {href: `#/tasks/${line.id}`}, line.title), h('span', {class: 'pill status'}), h('span', {class: 'quiet'}),
        h('button', {type: 'button', class: 'plain', 'aria-label': `Curves of ${line.title}`, onclick: () => training.choose(line)}, 'Curves'));
  }

  function fill(item, line) {
    put(item.children[1], line.state);
    item.children[1].dataset.status = line.state;
    put(item.children[2], [line.accuracy === undefined ? undefined : `accuracy ${percent(line.accuracy)}`,
      line.worker, line.trouble].filter(Boolean).join(' · '));
  }

  return {
    title: 'Tasks',
    node,
    load,
    events(batch) {
      const shown = new Map(lines.map((line) => [line.id, line]));
      const changed = batch.filter((event) => shown.has(event.data.task) && stateAfter(event) !== undefined);
      changed.forEach((event) => {
        shown.get(event.data.task).state = stateAfter(event);
      });
      if (changed.length > 0) {
        show();
      }
    },
  };
}
