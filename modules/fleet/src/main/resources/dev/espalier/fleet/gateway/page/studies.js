// The list of studies: how far each is, and what can be done with it.

import {each, framed, h, put} from './dom.js';
import {ago, count, duration, plural} from './format.js';
import {submitDialog} from './submit.js';
import {statusPill, wishButtons} from './wishes.js';

const STATUSES = ['waiting', 'running', 'paused', 'completed', 'failed', 'cancelled', 'budget spent'];
const AT_ONCE = 100;

export function open(host, {query, overview}) {
  let most = AT_ONCE;
  const chosen = new Set();
  const name = h('input', {type: 'search', placeholder: 'Name', 'aria-label': 'Only studies whose name has', value: query.get('name') ?? '', oninput: filter});
  const status = h('select', {'aria-label': 'Only studies that are', onchange: filter},
      h('option', {value: ''}, 'Any status'), STATUSES.map((word) => h('option', {value: word}, word)));
  status.value = query.get('status') ?? '';
  const compare = h('a', {class: 'button', role: 'link'});
  const list = h('ul', {class: 'studies'});
  const more = h('button', {type: 'button', hidden: true, onclick: () => {
    most += AT_ONCE;
    draw();
  }});
  const found = h('p', {class: 'quiet', role: 'status'});
  const none = h('div', {class: 'card empty-list', hidden: true});
  host.append(
      h('div', {class: 'heading'}, h('h1', {}, 'Studies'),
          h('button', {type: 'button', class: 'main', onclick: () => submitDialog()}, 'Submit a study')),
      h('div', {class: 'tools', role: 'search'}, name, status, compare),
      found, none, list, more);
  const draw = framed(show);

  function filter() {
    const parts = new URLSearchParams({...(name.value ? {name: name.value} : {}), ...(status.value ? {status: status.value} : {})});
    history.replaceState(null, '', `#/${parts.size ? `?${parts}` : ''}`);
    most = AT_ONCE;
    draw();
  }

  function matching() {
    const part = name.value.toLowerCase();
    return overview.studies.filter((line) =>
        (!part || line.name.toLowerCase().includes(part)) && (!status.value || line.status === status.value));
  }

  function show() {
    if (!overview.known) {
      put(found, 'Waiting for the gateway …');
      return;
    }
    const all = matching();
    const filtered = Boolean(name.value || status.value);
    put(found, `${filtered ? `${count(all.length)} of ` : ''}${plural(overview.studies.length, 'study', 'studies')}`);
    none.hidden = all.length > 0;
    put(none, filtered ? 'No study is like that.' : 'No study was submitted yet. Paste or choose a study file to begin.');
    each(list, all.slice(0, most), (line) => line.id, make, fill);
    more.hidden = all.length <= most;
    put(more, `Show ${Math.min(AT_ONCE, all.length - most)} more`);
    showCompare();
  }

  function showCompare() {
    put(compare, chosen.size < 2 ? 'Choose two or more to compare' : `Compare ${chosen.size} studies`);
    compare.classList.toggle('off', chosen.size < 2);
    if (chosen.size < 2) {
      compare.removeAttribute('href');
      compare.setAttribute('aria-disabled', 'true');
    } else {
      compare.href = `#/compare?studies=${[...chosen].map((id) => id.slice(7, 31)).join(',')}`;
      compare.removeAttribute('aria-disabled');
    }
  }

  function make(line) {
    const pick = h('input', {type: 'checkbox', onchange: () => {
      pick.checked ? chosen.add(line.id) : chosen.delete(line.id);
      showCompare();
    }});
    return h('li', {class: 'card'}, pick,
        h('div', {class: 'what'},
            h('a', {class: 'title', href: `#/studies/${line.id}`}),
            statusPill(), h('span', {class: 'pill urgent', hidden: true}, 'urgent')),
        h('div', {class: 'far'}, h('progress', {max: 1}), h('span', {class: 'quiet'})),
        h('span', {class: 'left'}), h('time', {class: 'quiet'}),
        wishButtons(line.id, (changed) => {
          overview.takeLine(changed);
          draw();
        }));
  }

  function fill(node, line) {
    if (node.line === line) {
      return;
    }
    node.line = line;
    const find = (selector) => node.querySelector(selector);
    find('input').setAttribute('aria-label', `Compare ${line.name}`);
    find('input').checked = chosen.has(line.id);
    put(find('.title'), line.name);
    find('.status').show(line);
    find('.urgent').hidden = line.priority !== 'urgent';
    const bar = find('progress');
    bar.value = line.tasks ? line.completed / line.tasks : 0;
    bar.setAttribute('aria-label', `${line.completed} of ${line.tasks} tasks of ${line.name} done`);
    put(find('.far span'), `${count(line.completed)} of ${plural(line.tasks, 'task')}${line.failed ? `, ${count(line.failed)} failed` : ''}`);
    put(find('.left'), line.left === undefined ? '' : `${duration(line.left)} left`);
    put(find('time'), ago(line.submitted));
    find('time').dateTime = line.submitted;
    find('.wishes').show(line);
  }

  draw();
  return {title: 'Studies', show: ['overview'], overview: draw};
}
