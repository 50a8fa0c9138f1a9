// Training curves of tasks: those that are worked on, and those that were chosen; live.

import {get, named, words} from './api.js';
import {each, h, put, say} from './dom.js';
import {count, figure, percent} from './format.js';
import {Plot} from './plot.js';
import {Samples} from './samples.js';

const MOST = 8; // tasks that are shown
const POINTS = 1500;
const PAUSE = 250; // milliseconds between drawings
const METRICS = [
  {metric: 'train_loss', label: 'Loss', words: figure},
  {metric: 'test_accuracy', label: 'Test accuracy', words: (value) => percent(value)},
  {metric: 'learning_rate', label: 'Learning rate', words: figure},
];

/** Follows tasks; `only` a task whose curves are shown by themselves. */
export function trainingPart(only) {
  const followed = new Map(); // by task: samples, title, chosen, place
  const places = new Map();
  const plots = METRICS.map(({label, words: write}) => new Plot({
    label,
    height: only ? 260 : 230,
    legend: false,
    x: {label: 'step', words: (step) => count(step), name: 'Step'},
    y: {words: write},
    empty: 'No samples yet.',
  }));
  const list = h('ul', {class: 'curves'});
  const hint = h('p', {class: 'quiet'});
  const node = h('div', {}, hint, list,
      h('div', {class: 'three'}, plots.map((plot, i) => h('div', {}, h('h3', {}, METRICS[i].label), plot.node))));
  let timer;

  function follow(id, title, chosen) {
    if (followed.has(id)) {
      followed.get(id).chosen ||= chosen;
      return;
    }
    makeRoom();
    const place = [...Array(MOST).keys()].find((free) => ![...followed.values()].some((one) => one.place === free)) ?? 0;
    followed.set(id, {samples: new Samples(METRICS.map(({metric}) => metric)), title, chosen, place: places.get(id) ?? place, at: performance.now()});
    fetchOf(id);
    draw();
  }

  /** Those that are no longer worked on go first, the oldest of them. */
  function makeRoom() {
    const idle = [...followed].filter(([id, one]) => !one.running && !one.chosen).concat([...followed]);
    while (followed.size >= MOST) {
      followed.delete(idle.shift()[0]);
    }
  }

  async function fetchOf(id) {
    try {
      const {title, series} = await get(`/api/tasks/${named(id)}/metrics?points=${POINTS}`);
      const one = followed.get(id);
      if (one) {
        one.title = title;
        one.samples.fetched(series);
        draw();
      }
    } catch (error) {
      if (error.status !== 0) {
        say(words(error));
      }
    }
  }

  function draw() {
    timer ??= setTimeout(() => {
      timer = undefined;
      show();
    }, PAUSE);
  }

  function show() {
    const all = [...followed];
    METRICS.forEach(({metric}, i) => plots[i].show(all.map(([id, one]) => {
      const {steps, values} = one.samples.series(metric);
      return {key: id, name: one.title, place: one.place, xs: steps, ys: values};
    })));
    put(hint, all.length > 0 ? 'Curves grow while tasks are trained. Choose others from the tasks below.' : 'Nobody trains at the moment. Choose a task below to see its curves.');
    hint.hidden = Boolean(only);
    each(list, all, ([id]) => id, make, (item, [, one]) => {
      const loss = one.samples.series('train_loss');
      item.className = `a${one.place}`;
      put(item.children[1], one.title);
      const {step = 0, steps = 0, imagesPerSecond} = one.progress ?? {};
      item.children[2].hidden = !one.running;
      item.children[2].value = steps ? step / steps : 0;
      item.children[2].setAttribute('aria-label', `${percent(steps ? step / steps : 0, 0)} of ${one.title}`);
      put(item.children[3], loss.total ? `${figure(loss.values[loss.values.length - 1])} after ${count(loss.steps[loss.steps.length - 1])} steps, ${count(loss.total)} samples${one.running && imagesPerSecond ? `, ${count(Math.round(imagesPerSecond))} images/s` : ''}` : 'no samples yet');
    });
  }

  function make([id, one]) {
    return h('li', {}, h('span', {class: 'dot', 'aria-hidden': 'true'}),
        h('a', {href: `#/tasks/${id}`}, one.title), h('progress', {max: 1, hidden: true}), h('span', {class: 'quiet samples'}),
        only ? h('span') : h('button', {type: 'button', class: 'icon', 'aria-label': `Leave out ${one.title}`, onclick: () => {
          followed.delete(id);
          show();
        }}, '×'));
  }

  show();
  return {
    title: 'Training curves',
    node,
    has: (id) => followed.has(id),
    /** Shows the curves of a task, on top of those at work. */
    choose({id, title}) {
      follow(id, title, true);
      node.scrollIntoView({block: 'nearest', behavior: 'smooth'});
    },
    /** Follows `id` from the beginning. */
    follow,
    active(tasks) {
      const working = new Map(tasks.map((task) => [task.id, task]));
      followed.forEach((one, id) => {
        one.running = working.has(id);
        one.progress = working.get(id)?.progress ?? one.progress;
      });
      tasks.filter((task) => task.state === 'running' && !followed.has(task.id))
          .slice(0, Math.max(0, MOST - [...followed.values()].filter((one) => one.running || one.chosen).length))
          .forEach((task) => {
            follow(task.id, task.title, false);
            Object.assign(followed.get(task.id), {running: true, progress: task.progress});
          });
      draw();
    },
    load() {
      followed.forEach((_, id) => fetchOf(id));
    },
    events(batch) {
      let fresh = false;
      for (const {type, data} of batch) {
        const one = type === 'dev.espalier.metric.sampled.v1' ? followed.get(data.task) : undefined;
        one?.samples.sampled(data);
        fresh ||= one !== undefined;
      }
      if (fresh) {
        draw();
      }
    },
    close() {
      clearTimeout(timer);
      plots.forEach((plot) => plot.close());
    },
  };
}
