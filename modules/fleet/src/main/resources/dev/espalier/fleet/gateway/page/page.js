// Shows the studies and the fleet, and keeps them up to date by server-sent events.

import {draw, widthOf} from './plot.js';

const SILENT = 30; // seconds
const byId = (id) => document.getElementById(id);
let chosen = decodeURIComponent(location.hash.slice(1));
let stream;

/** Opens the stream anew when another study is looked at; the browser reopens one that breaks. */
function listen() {
  stream?.close();
  stream = new EventSource(`/api/events${chosen ? `?study=${encodeURIComponent(chosen)}` : ''}`);
  stream.addEventListener('open', () => tell('live', 'live'));
  stream.addEventListener('error', () => tell('lost', 'connection lost, trying again'));
  stream.addEventListener('overview', (event) => showOverview(JSON.parse(event.data)));
  stream.addEventListener('study', (event) => showStudy(JSON.parse(event.data)));
}

function tell(state, words) {
  const status = byId('connection');
  if (status.textContent !== words) {
    status.textContent = words;
    status.className = state;
  }
}

function choose(study) {
  chosen = study;
  history.replaceState(null, '', `#${encodeURIComponent(study)}`);
  listen();
}

function showOverview(overview) {
  const known = overview.studies.some((study) => study.id === chosen);
  if (!known && overview.studies.length > 0) {
    choose(overview.studies[0].id);
  }
  byId('no-studies').hidden = overview.studies.length > 0;
  update(byId('studies'), overview.studies, (study) => study.id, makeCard, fillCard);
  showFleet(overview);
}

function makeCard(study) {
  const item = make('li');
  const button = make('button', {type: 'button'});
  const top = make('span', {class: 'card-top'});
  top.append(make('span', {class: 'card-name'}), make('span', {class: 'priority'}), make('span', {class: 'status'}));
  const text = make('span', {class: 'card-text'});
  text.append(make('span', {class: 'card-done'}), make('span', {class: 'card-left'}));
  button.append(top, make('progress', {max: 1}), text);
  button.addEventListener('click', () => choose(study.id));
  item.append(button);
  return item;
}

function fillCard(item, study) {
  const find = (name) => item.querySelector(name);
  find('button').setAttribute('aria-pressed', String(study.id === chosen));
  put(find('.card-name'), study.name);
  put(find('.priority'), study.priority ?? '');
  find('.priority').hidden = study.priority === undefined;
  put(find('.status'), study.status);
  find('.status').className = `status ${study.status}`;
  const bar = find('progress');
  bar.value = study.tasks ? study.completed / study.tasks : 0;
  bar.setAttribute('aria-label', `${study.completed} of ${study.tasks} tasks of ${study.name} done`);
  put(find('.card-done'), `${study.completed} of ${study.tasks} tasks, ${study.roundsCompleted} of ${study.rounds} rounds`);
  put(find('.card-left'), study.left === undefined ? '' : `${duration(study.left)} left`);
}

function showStudy(study) {
  if (study.line.id !== chosen) {
    return;
  }
  byId('study').hidden = false;
  document.title = `${study.line.name} · Espalier`;
  put(byId('study-title'), study.line.name);
  put(byId('study-facts'), facts(study));
  figures(byId('study-figures'), [
    ['Status', study.line.status],
    ['Tasks', `${study.line.completed} / ${study.line.tasks}`],
    ['Rounds', `${study.line.roundsCompleted} / ${study.line.rounds}`],
    ['Time left', study.line.left === undefined ? '–' : duration(study.line.left)],
    ['Images trained', count(study.cost.images)],
    ['Computing time', duration(study.cost.seconds)],
    ...(study.line.priority === undefined ? [] : [['Priority', study.line.priority]]),
    ...budget(study.line),
  ]);
  const failures = byId('study-failures');
  failures.hidden = study.failures.length === 0;
  update(failures, study.failures.map((words, i) => ({words, i})), (it) => it.i, () => make('li'), (item, it) => put(item, it.words));
  drawOnce(study.curves);
  showTasks(study.active);
}

/** What a study may take, and what it took of that. */
function budget({budget: most = {}, spending, spent}) {
  const pairs = [];
  if (most.deadline !== undefined) {
    pairs.push(['Deadline', new Date(most.deadline).toLocaleString()]);
  }
  if (most.workerSeconds !== undefined) {
    pairs.push(['Workers’ time', `${duration(spending.workerSeconds)} of ${duration(most.workerSeconds)}`]);
  }
  if (most.tasks !== undefined) {
    pairs.push(['Tasks begun', `${spending.tasks} of ${most.tasks}`]);
  }
  return spent === undefined ? pairs : [...pairs, ['Ended by', spent]];
}

function facts(study) {
  const content = study.content;
  const seeds = content.seeds.length === 1 ? '1 seed' : `${content.seeds.length} seeds`;
  return `${content.network.name ?? content.network} on ${content.data.name}, ${content.objectives.join(' + ')}, ${seeds}, ` +
      `${content.pruning.rounds} rounds · ${study.line.id.slice(0, 19)}`;
}

let drawn = '';

/** Leaves the plot alone while its figures are the same, so that a tooltip stays. */
function drawOnce(curves) {
  const figures = `${widthOf(byId('plot'))} ${JSON.stringify(curves)}`;
  if (figures !== drawn) {
    drawn = figures;
    draw(byId('plot'), curves);
    showCells(curves);
  }
}

function showCells(curves) {
  const levels = [...new Set(curves.flatMap((curve) => curve.points.map((point) => point.level)))].sort((a, b) => a - b);
  const density = (level) => curves.flatMap((curve) => curve.points).find((point) => point.level === level).density;
  const head = row('th', ['Arm', ...levels.map((level) => `${(100 * density(level)).toPrecision(3)} %`)]);
  const rows = curves.map((curve) => row('td', [
    curve.arm,
    ...levels.map((level) => cell(curve.points.find((point) => point.level === level))),
  ]));
  byId('cells').replaceChildren(section('thead', [head]), section('tbody', rows));
}

function cell(point) {
  if (!point) {
    return '';
  }
  const error = point.standardError === undefined ? '' : ` ± ${(100 * point.standardError).toFixed(2)}`;
  return `${(100 * point.mean).toFixed(2)}${error}`;
}

function row(kind, cells) {
  const line = make('tr');
  line.append(...cells.map((words, i) => {
    const heads = kind === 'th' || i === 0;
    const node = make(heads ? 'th' : 'td', heads ? {scope: kind === 'th' ? 'col' : 'row'} : {});
    node.classList.toggle('number', i > 0);
    node.textContent = words;
    return node;
  }));
  return line;
}

function section(kind, rows) {
  const node = make(kind);
  node.append(...rows);
  return node;
}

function showTasks(tasks) {
  byId('no-tasks').hidden = tasks.length > 0;
  byId('tasks').hidden = tasks.length === 0;
  update(byId('tasks').tBodies[0], tasks, (task) => task.id, makeTask, fillTask);
}

function makeTask() {
  const line = make('tr');
  for (let i = 0; i < 7; i++) {
    line.append(make('td', {class: i >= 2 && i <= 5 ? 'number' : ''}));
  }
  line.cells[1].append(make('progress', {max: 1}));
  return line;
}

function fillTask(line, task) {
  const {progress} = task;
  put(line.cells[0], task.title);
  const bar = line.cells[1].firstChild;
  bar.value = progress.steps ? progress.step / progress.steps : 0;
  bar.setAttribute('aria-label', `${Math.round(100 * bar.value)} % of ${task.title}`);
  put(line.cells[2], progress.epochs ? `${Math.min(progress.epoch + 1, progress.epochs)} / ${progress.epochs}` : '–');
  put(line.cells[3], progress.imagesPerSecond ? count(Math.round(progress.imagesPerSecond)) : '–');
  put(line.cells[4], progress.loss ? progress.loss.toFixed(3) : '–');
  put(line.cells[5], task.accuracy === undefined ? '–' : `${(100 * task.accuracy).toFixed(1)} %`);
  put(line.cells[6], (task.worker ?? task.state) + silence(task));
  line.title = task.trouble ?? '';
  line.classList.toggle('trouble', task.trouble !== undefined);
}

/** Workers speak every ten seconds unless told otherwise; one that does not may be gone or cut off. */
function silence(task) {
  const seconds = task.heard === undefined ? 0 : (Date.now() - Date.parse(task.heard)) / 1000;
  return seconds < SILENT ? '' : `, silent for ${duration(seconds)}`;
}

function showFleet(overview) {
  figures(byId('fleet'), [
    ['Tasks at work', count(overview.workers.length)],
    ['Tasks waiting', count(overview.waiting)],
    ['Images/s', count(Math.round(overview.imagesPerSecond))],
    ['Events', count(overview.version)],
  ]);
  update(byId('workers'), overview.workers, (worker) => worker.worker, makeWorker, fillWorker);
}

function makeWorker() {
  const item = make('li');
  item.append(make('div', {class: 'worker-title'}), make('progress', {max: 1}), make('div', {class: 'quiet'}));
  return item;
}

function fillWorker(item, worker) {
  put(item.children[0], worker.title);
  item.children[1].value = worker.progress;
  item.children[1].setAttribute('aria-label', `${Math.round(100 * worker.progress)} % of ${worker.title}`);
  put(item.children[2], worker.worker);
}

function figures(list, pairs) {
  update(list, pairs, ([name]) => name, ([name]) => {
    const pair = make('div');
    const term = make('dt');
    term.textContent = name;
    pair.append(term, make('dd'));
    return pair;
  }, (pair, [, value]) => put(pair.lastChild, value));
}

/** Makes `parent` show `items`, keeping the nodes of those that it shows already. */
function update(parent, items, keyOf, makeNode, fill) {
  const nodes = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const wanted = items.map((item) => {
    const key = String(keyOf(item));
    const node = nodes.get(key) ?? makeNode(item);
    node.dataset.key = key;
    fill(node, item);
    return node;
  });
  const same = wanted.length === parent.children.length && wanted.every((node, i) => node === parent.children[i]);
  if (!same) {
    parent.replaceChildren(...wanted);
  }
}

function make(name, attributes = {}) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== '') {
      node.setAttribute(key, value);
    }
  }
  return node;
}

function put(node, words) {
  if (node.textContent !== words) {
    node.textContent = words;
  }
}

function count(number) {
  return number.toLocaleString('en');
}

function duration(seconds) {
  const whole = Math.round(seconds);
  if (whole < 60) {
    return `${whole} s`;
  }
  if (whole < 3600) {
    return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  }
  return `${Math.floor(whole / 3600)} h ${String(Math.floor(whole / 60) % 60).padStart(2, '0')} min`;
}

listen();
