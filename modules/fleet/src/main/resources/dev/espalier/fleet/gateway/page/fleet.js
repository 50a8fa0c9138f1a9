// The fleet: who works on what, how fast, and what waits.

import {get, words} from './api.js';
import {debounced, each, framed, h, put, showTerms, table, terms} from './dom.js';
import {count, duration, percent, plural} from './format.js';
import {Plot} from './plot.js';

const PAUSE = 1000;
const TIME = {
  time: true,
  words: (at) => new Date(1000 * at).toLocaleTimeString(undefined, {timeStyle: 'medium'}),
  range: ({data: [times]}) => {
    const last = times[times.length - 1];
    return [Math.min(times[0], last - 60), last];
  },
};
const SILENT = 30; // seconds: workers speak every ten unless told otherwise

export function open(host, {overview}) {
  let fleet;
  const figures = terms([]);
  const trouble = h('p', {class: 'problem', role: 'alert', hidden: true});
  const backlog = new Plot({
    label: 'Backlog over time', height: 220, x: TIME,
    y: {words: count, range: (chart, low, high) => [0, Math.max(4, 1.1 * (high ?? 0))]}, empty: 'Kept while this page is open.',
  });
  const speed = new Plot({
    label: 'Images a second over time', height: 220, legend: false, x: TIME,
    y: {words: (value) => count(Math.round(value)), range: (chart, low, high) => [0, Math.max(10, 1.1 * (high ?? 0))]}, empty: 'Kept while this page is open.',
  });
  const workers = h('ul', {class: 'workers'});
  const none = h('p', {class: 'quiet'}, 'Nobody works at the moment. A worker that waits for work says nothing on the log.');
  const queues = h('div');
  host.append(h('div', {class: 'heading'}, h('h1', {}, 'Fleet')), trouble, figures,
      h('section', {class: 'card', 'aria-label': 'Over time'}, h('h2', {}, 'While this page was open'),
          h('div', {class: 'two'},
              h('div', {}, h('h3', {}, 'Tasks'), backlog.node),
              h('div', {}, h('h3', {}, 'Images a second'), speed.node))),
      h('section', {class: 'card', 'aria-label': 'Workers'}, h('h2', {}, 'Workers'), none, workers),
      h('section', {class: 'card', 'aria-label': 'Backlog'}, h('h2', {}, 'Backlog'), queues));
  const draw = framed(show);
  const refresh = debounced(load, PAUSE);

  async function load() {
    try {
      fleet = await get('/api/fleet');
      trouble.hidden = true;
      draw();
    } catch (error) {
      trouble.hidden = fleet !== undefined || !words(error);
      put(trouble, words(error));
    }
  }

  function show() {
    const [times, waiting, working, images] = overview.history;
    backlog.show([
      {key: 'waiting', name: 'waiting', place: 1, xs: times, ys: waiting},
      {key: 'working', name: 'at work', place: 2, xs: times, ys: working},
    ]);
    speed.show([{key: 'images', name: 'images/s', place: 0, xs: times, ys: images}]);
    showTerms(figures, [
      ['Workers', fleet ? count(fleet.workers.length) : '–'],
      ['Tasks at work', count(overview.workers.length)],
      ['Tasks waiting', count(overview.waiting)],
      ['Images/s', count(Math.round(overview.imagesPerSecond))],
      ['Events', count(overview.events)],
    ]);
    none.hidden = !fleet || fleet.workers.length > 0;
    each(workers, fleet?.workers ?? [], (worker) => worker.worker, makeWorker, fillWorker);
    queues.replaceChildren(table('Backlog by kind of task and pool of workers', ['Kind', 'Pool', 'Waiting', 'At work'],
        (fleet?.backlog ?? []).map((queue) => [queue.kind, queue.pool, count(queue.waiting), count(queue.running)]), [2, 3]));
  }

  draw();
  return {
    title: 'Fleet',
    show: ['overview'],
    load,
    passed: draw,
    overview() {
      draw();
      refresh();
    },
    close() {
      refresh.stop();
      backlog.close();
      speed.close();
    },
  };
}

function makeWorker() {
  return h('li', {}, h('h3'), h('p', {class: 'quiet'}), h('ul', {class: 'slots'}));
}

function fillWorker(item, worker) {
  put(item.children[0], worker.worker);
  put(item.children[1], `${plural(worker.slots.length, 'slot')} at work, ${count(Math.round(worker.imagesPerSecond))} images/s`);
  each(item.children[2], worker.slots, (slot) => slot.slot, () => h('li', {}, h('span', {class: 'number'}), h('a'), h('progress', {max: 1}), h('span', {class: 'quiet'})),
      (line, slot) => {
        const [number, task, bar, note] = line.children;
        const {step, steps, imagesPerSecond} = slot.progress;
        const part = steps ? step / steps : 0;
        put(number, slot.slot.slice(slot.slot.lastIndexOf('/') + 1));
        put(task, slot.title);
        task.href = `#/tasks/${slot.task}`;
        bar.value = part;
        bar.setAttribute('aria-label', `${percent(part, 0)} of ${slot.title}`);
        const silence = (Date.now() - Date.parse(slot.heard)) / 1000;
        const silent = silence > SILENT;
        put(note, `${count(Math.round(imagesPerSecond))} images/s${silent ? `, silent for ${duration(silence)}` : ''}`);
        line.classList.toggle('trouble', silent);
      });
}
