// A plot of curves by uPlot: its legend, what it says where the pointer is, and its colours.

import uPlot from '/page/uPlot.esm.js';
import {framed, h, put} from './dom.js';
import {Legend} from './legend.js';
import {colourOf, dashOf, drawMark} from './marks.js';

const HEIGHT = 300;
const NEAR = 28; // pixels: a value as far from the pointer still counts as under it
const MOST_TOLD = 14;
const FEW = 24; // samples of a curve without errors that are marked one by one

export class Plot {
  #options;
  #curves = [];
  #hidden = new Set();
  #chart;
  #shape = '';
  #legend;
  #stage = h('div', {class: 'stage'});
  #tip = h('div', {class: 'tip', 'aria-hidden': 'true', hidden: true});
  #empty = h('p', {class: 'empty'});
  #draw = framed(() => this.#redraw());
  #watch;
  #theme = () => {
    this.#shape = '';
    this.#draw();
  };

  /**
   * A plot called `label`. `x` and `y` say how values are written (`words`), `x.log` that it is logarithmic
   * and goes from dense to sparse, `x.time` that it is time; `empty` is said while there are no values.
   */
  constructor(options) {
    this.#options = {height: HEIGHT, ...options};
    this.#legend = new Legend((key) => this.#toggle(key));
    put(this.#empty, options.empty ?? 'Nothing yet.');
    this.node = h('figure', {class: 'plot', 'aria-label': options.label}, this.#stage, this.#empty,
        options.legend === false ? undefined : this.#legend.node);
    this.#stage.append(this.#tip);
    this.#watch = new ResizeObserver(this.#draw);
    this.#watch.observe(this.node);
    document.addEventListener('themechange', this.#theme);
  }

  /** Shows these: `key`, `name`, `place` (which colour and mark), `xs` ascending, `ys`, and maybe `errors`, `note`, `dash`. */
  show(curves) {
    this.#curves = curves;
    this.#draw();
  }

  close() {
    this.#watch.disconnect();
    document.removeEventListener('themechange', this.#theme);
    this.#chart?.destroy();
  }

  #toggle(key) {
    if (!this.#hidden.delete(key)) {
      this.#hidden.add(key);
    }
    this.#draw();
  }

  #redraw() {
    const width = this.node.clientWidth;
    if (width === 0) {
      return;
    }
    const shown = this.#curves.filter((curve) => !this.#hidden.has(curve.key) && curve.xs.length > 0);
    this.#legend.show(this.#curves, this.#hidden);
    this.node.dataset.points = this.#curves.reduce((sum, curve) => sum + curve.xs.length, 0);
    this.#empty.hidden = this.#curves.some((curve) => curve.xs.length > 0);
    this.#stage.hidden = !this.#empty.hidden;
    const shape = JSON.stringify([shown.map((curve) => [curve.key, curve.name, curve.place, curve.dash]), this.#options.x.ticks]);
    const data = aligned(shown);
    if (!this.#chart || shape !== this.#shape) {
      this.#shape = shape;
      this.#chart?.destroy();
      this.#chart = new uPlot(this.#config(shown, width), data, this.#stage);
      this.#chart.over.append(this.#tip);
    } else {
      this.#chart.curves = shown;
      this.#chart.setData(data);
    }
    if (this.#chart.width !== width) {
      this.#chart.setSize({width, height: this.#options.height});
    }
  }

  #config(shown, width) {
    const {x, y, height} = this.#options;
    const style = getComputedStyle(document.documentElement);
    const axis = {
      stroke: style.getPropertyValue('--quiet'),
      grid: {stroke: style.getPropertyValue('--grid'), width: 1},
      ticks: {stroke: style.getPropertyValue('--grid'), width: 1},
      font: '12px system-ui, sans-serif',
    };
    return {
      width,
      height,
      legend: {show: false},
      padding: [12, 24, 0, 0],
      cursor: {y: false, points: {show: false}, drag: {x: !x.log, y: false}},
      scales: {
        x: x.log ? {time: false, distr: 3, dir: -1, range: (chart, low, high) => [low / 1.08, high * 1.08]} : {time: Boolean(x.time), ...(x.range ? {range: x.range} : {})},
        y: {range: y.range ?? ((chart, low, high) => padded(low, high, this.#chart?.curves ?? shown))},
      },
      axes: [
        {...axis, ...(x.label ? {label: x.label} : {}), labelSize: 22, labelFont: axis.font, size: 38, space: x.time ? 90 : 50, values: (chart, ticks) => ticks.map((tick) => (tick === null ? null : x.words(tick))),
          ...(x.log ? {splits: () => spaced(x.ticks?.() ?? [], width), filter: (chart, ticks) => ticks} : {})},
        {...axis, size: 58, values: (chart, ticks) => ticks.map((tick) => (tick === null ? null : y.words(tick)))},
      ],
      series: [{}, ...shown.map((curve) => ({
        stroke: colourOf(curve.place, style),
        width: 2,
        dash: dashOf(curve.dash ?? curve.place),
        spanGaps: true,
        points: {show: false},
      }))],
      hooks: {
        init: [(chart) => {
          chart.curves = shown;
        }],
        drawSeries: [(chart, i) => i > 0 && this.#mark(chart, i, style)],
        setCursor: [(chart) => this.#tell(chart)],
      },
    };
  }

  #mark(chart, i, style) {
    const curve = chart.curves[i - 1];
    if (!curve || this.#options.x.time || (!curve.errors && curve.xs.length > FEW)) {
      return;
    }
    const colour = colourOf(curve.place, style);
    curve.xs.forEach((value, at) => {
      const x = chart.valToPos(value, 'x', true);
      const error = curve.errors?.[at];
      const ends = error === undefined ? undefined
          : [chart.valToPos(curve.ys[at] + error, 'y', true), chart.valToPos(curve.ys[at] - error, 'y', true)];
      drawMark(chart.ctx, {place: curve.place, colour, paper: style.getPropertyValue('--card'), x,
        y: chart.valToPos(curve.ys[at], 'y', true), ends, small: !curve.errors});
    });
  }

  /** Says the value of every curve at the place of the pointer, the greatest first. */
  #tell(chart) {
    const {left, top, idx} = chart.cursor;
    if (left === undefined || left < 0 || idx === undefined || idx === null) {
      this.#tip.hidden = true;
      return;
    }
    const told = chart.curves.map((curve) => ({curve, at: nearest(curve.xs, chart.posToVal(left, 'x'))}))
        .filter(({curve, at}) => at >= 0 && Math.abs(chart.valToPos(curve.xs[at], 'x') - left) < NEAR)
        .sort((a, b) => b.curve.ys[b.at] - a.curve.ys[a.at])
        .slice(0, MOST_TOLD);
    this.#tip.hidden = told.length === 0;
    if (told.length === 0) {
      return;
    }
    const {x, y} = this.#options;
    this.#tip.replaceChildren(h('strong', {}, `${x.name ?? x.label ?? ''} ${x.words(told[0].curve.xs[told[0].at])}`),
        ...told.map(({curve, at}) => h('div', {}, Legend.key(curve), h('span', {}, curve.name),
            h('b', {}, y.tell ? y.tell(curve.ys[at], curve.errors?.[at]) : y.words(curve.ys[at])))));
    const right = left > chart.over.clientWidth / 2;
    this.#tip.style.transform = `translate(${right ? left - this.#tip.offsetWidth - 14 : left + 14}px, ${Math.min(top, Math.max(0, chart.over.clientHeight - this.#tip.offsetHeight))}px)`;
  }
}

/** The curves over all of their places together. */
function aligned(curves) {
  const xs = [...new Set(curves.flatMap((curve) => [...curve.xs]))].sort((a, b) => a - b);
  const where = new Map(xs.map((x, i) => [x, i]));
  return [xs, ...curves.map((curve) => {
    const ys = new Array(xs.length);
    curve.xs.forEach((x, i) => {
      ys[where.get(x)] = curve.ys[i];
    });
    return ys;
  })];
}

function padded(low, high, curves) {
  if (low === null || high === null) {
    return [0, 1];
  }
  let least = low;
  let most = high;
  curves.forEach((curve) => curve.errors?.forEach((error, i) => {
    least = Math.min(least, curve.ys[i] - (error ?? 0));
    most = Math.max(most, curve.ys[i] + (error ?? 0));
  }));
  const room = 0.06 * (most - least) || Math.abs(most) * 0.05 || 0.01;
  return [least >= 0 && least - room < 0 ? 0 : least - room, most <= 1 && most > 0.5 && most + room > 1 ? 1 : most + room];
}

/** Leaves out ticks of a logarithmic axis that would run into each other. */
function spaced(ticks, width) {
  const sorted = [...new Set(ticks)].sort((a, b) => b - a);
  const span = Math.log(sorted[0] / sorted[sorted.length - 1]) || 1;
  const room = (width - 80) / span;
  let last = -Infinity;
  return sorted.filter((tick) => {
    const place = Math.log(sorted[0] / tick) * room;
    const fits = place - last > 58;
    last = fits ? place : last;
    return fits;
  }).sort((a, b) => a - b);
}

/** Which of ascending `xs` is nearest to `x`; -1 of none. */
function nearest(xs, x) {
  let low = 0;
  let high = xs.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (xs[middle] < x) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low > 0 && x - xs[low - 1] < xs[low] - x ? low - 1 : high < 0 ? -1 : low;
}
