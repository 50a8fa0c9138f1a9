// The tasks of a study as a field of squares: a lane each seed and objective, a column each depth.

import {get, words} from './api.js';
import {each, framed, h, put} from './dom.js';
import {count, plural} from './format.js';
import {layOut} from './layout.js';
import {STATES, stateAfter} from './states.js';

const BRIEF = 12; // digits of a task's name
const MOST_LINES = 600; // of more tasks, lines between them would be a blur
const REFRESH = 60_000;

export function graphPart(path, choose) {
  const canvas = h('canvas', {role: 'img', 'aria-label': 'Tasks by state'});
  const space = h('div', {class: 'space'});
  const tip = h('div', {class: 'tip', hidden: true, 'aria-hidden': 'true'});
  const field = h('div', {class: 'field', tabindex: '0', role: 'region', 'aria-label': 'Task graph'}, h('div', {class: 'sticky'}, canvas, tip), space);
  const legend = h('ul', {class: 'legend states'});
  const hint = h('p', {class: 'quiet'}, 'Each square is a task, each lane a seed and objective; depth grows to the right. The list below says the same.');
  const node = h('div', {}, hint, legend, field);
  const draw = framed(show);
  const watch = new ResizeObserver(draw);
  let graph;
  let places;
  const timer = setInterval(() => document.hidden || load(), REFRESH);

  watch.observe(field);
  field.addEventListener('scroll', draw, {passive: true});
  document.addEventListener('themechange', draw);
  canvas.addEventListener('mousemove', point);
  canvas.addEventListener('mouseleave', () => {
    tip.hidden = true;
  });
  canvas.addEventListener('click', (event) => {
    const task = under(event);
    if (task >= 0) {
      choose({id: graph.ids[task], title: titleOf(task)});
    }
  });

  async function load() {
    try {
      graph = await get(`${path}/graph`);
      graph.index = new Map(graph.ids.map((id, i) => [id, i]));
      places = undefined;
      draw();
    } catch (error) {
      put(hint, words(error));
    }
  }

  function show() {
    if (!graph || field.clientWidth === 0) {
      return;
    }
    places ??= layOut(graph);
    space.style.width = `${places.width}px`;
    space.style.height = `${places.height}px`;
    const width = field.clientWidth;
    const height = Math.min(field.clientHeight, Math.max(places.height, 40));
    canvas.width = width * devicePixelRatio;
    canvas.height = height * devicePixelRatio;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    paint(canvas.getContext('2d'), width, height);
    tally();
  }

  function paint(ctx, width, height) {
    const style = getComputedStyle(document.documentElement);
    const colours = STATES.map((state) => style.getPropertyValue(`--state-${state}`));
    const left = field.scrollLeft;
    const top = field.scrollTop;
    ctx.scale(devicePixelRatio, devicePixelRatio);
    ctx.clearRect(0, 0, width, height);
    ctx.save();
    ctx.translate(-left, -top);
    if (graph.ids.length <= MOST_LINES) {
      lines(ctx, style);
    }
    const {xs, ys, size} = places;
    for (let i = 0; i < xs.length; i++) {
      if (ys[i] > top - size && ys[i] < top + height && xs[i] > left - size && xs[i] < left + width) {
        ctx.fillStyle = colours[graph.state[i]];
        ctx.beginPath();
        ctx.roundRect(xs[i], ys[i], size, size, graph.kinds[graph.kind[i]] === 'evaluate' ? size / 2 : 2);
        ctx.fill();
      }
    }
    ctx.restore();
    names(ctx, style, top, height);
  }

  function lines(ctx, style) {
    const {xs, ys, size} = places;
    ctx.strokeStyle = style.getPropertyValue('--quiet');
    ctx.globalAlpha = 0.45;
    ctx.beginPath();
    graph.parents.forEach((parents, i) => parents.forEach((parent) => {
      const middle = (xs[parent] + size + xs[i]) / 2;
      ctx.moveTo(xs[parent] + size, ys[parent] + size / 2);
      ctx.bezierCurveTo(middle, ys[parent] + size / 2, middle, ys[i] + size / 2, xs[i], ys[i] + size / 2);
    }));
    ctx.stroke();
    ctx.globalAlpha = 1;
  }

  function names(ctx, style, top, height) {
    ctx.fillStyle = style.getPropertyValue('--card');
    ctx.globalAlpha = 0.85;
    ctx.fillRect(0, 0, places.margin - 8, height);
    ctx.globalAlpha = 1;
    ctx.fillStyle = style.getPropertyValue('--quiet');
    ctx.font = `${Math.min(12, places.lane - 1)}px system-ui, sans-serif`;
    ctx.textBaseline = 'middle';
    graph.lanes.forEach((name, lane) => {
      const y = places.laneTop(lane) + places.laneHeight / 2 - top;
      if (y > -20 && y < height + 20) {
        ctx.fillText(name, 4, y, places.margin - 14);
      }
    });
  }

  /** The task under the pointer; -1 where there is none. */
  function under(event) {
    const box = canvas.getBoundingClientRect();
    return places?.at(event.clientX - box.left + field.scrollLeft, event.clientY - box.top + field.scrollTop) ?? -1;
  }

  function point(event) {
    const task = under(event);
    tip.hidden = task < 0;
    canvas.classList.toggle('over', task >= 0);
    if (task >= 0) {
      put(tip, `${titleOf(task)} · ${graph.states[graph.state[task]]}`);
      const box = canvas.getBoundingClientRect();
      const x = event.clientX - box.left;
      tip.style.transform = `translate(${x > box.width / 2 ? x - tip.offsetWidth - 12 : x + 12}px, ${event.clientY - box.top + 8}px)`;
    }
  }

  function titleOf(task) {
    return `${graph.kinds[graph.kind[task]]} ${graph.lanes[graph.lane[task]]} · depth ${graph.depth[task]}`;
  }

  function tally() {
    const counts = new Array(graph.states.length).fill(0);
    graph.state.forEach((state) => counts[state]++);
    const there = graph.states.map((state, i) => ({state, number: counts[i]})).filter(({number}) => number > 0);
    each(legend, there, ({state}) => state, ({state}) => h('li', {}, h('span', {class: 'square', 'data-state': state, 'aria-hidden': 'true'}), h('span')),
        (item, {state, number}) => put(item.lastChild, `${state} ${count(number)}`));
    canvas.setAttribute('aria-label', `${plural(graph.ids.length, 'task')}: ${there.map(({state, number}) => `${number} ${state}`).join(', ')}`);
  }

  return {
    title: 'Task graph',
    node,
    load,
    events(batch) {
      let changed = false;
      for (const event of batch) {
        const state = stateAfter(event);
        const task = state && graph?.index.get(event.data.task.slice(7, 7 + BRIEF));
        if (task !== undefined && state !== undefined) {
          graph.state[task] = graph.states.indexOf(state);
          changed = true;
        }
      }
      if (changed) {
        draw();
      }
    },
    close() {
      clearInterval(timer);
      watch.disconnect();
      document.removeEventListener('themechange', draw);
    },
  };
}
