// Draws accuracy against density as SVG: one curve an arm, whiskers of one standard error.

const WIDEST = 860;
const NARROWEST = 320;
const HEIGHT = 400;
let width = WIDEST;
const LEFT = 64;
const RIGHT = 20;
const TOP = 16;
const BOTTOM = 56;
const MARK = 4.5;
const COLOURS = 8;
const DASHES = ['', '7 4', '2 4', '10 4 2 4'];
const SVG = 'http://www.w3.org/2000/svg';

/** Replaces what `host` shows by the plot of `curves`, as a study's view lists them. */
export function draw(host, curves) {
  width = widthOf(host);
  const points = curves.flatMap((curve) => curve.points);
  const svg = element('svg', {viewBox: `0 0 ${width} ${HEIGHT}`, role: 'img'});
  svg.setAttribute('aria-label', describe(curves));
  if (points.length === 0) {
    svg.append(text('The first accuracies will appear here.', width / 2, HEIGHT / 2, {class: 'empty'}));
    host.replaceChildren(svg);
    return;
  }
  const x = densityScale(points);
  const y = accuracyScale(points);
  svg.append(...grid(x, y), ...curves.flatMap((curve, arm) => drawCurve(curve, arm, x, y)));
  host.replaceChildren(svg, legend(curves));
}

/** In units of the drawing, one a pixel, so that text keeps its size on a small screen. */
export function widthOf(host) {
  return Math.max(NARROWEST, Math.min(WIDEST, Math.round(host.clientWidth / 20) * 20));
}

function describe(curves) {
  const parts = curves.filter((curve) => curve.points.length > 0).map((curve) => {
    const last = curve.points[curve.points.length - 1];
    return `${curve.arm}: ${percent(last.mean)} at density ${percent(last.density)}`;
  });
  return `Accuracy against density. ${parts.join('; ') || 'No accuracy yet'}.`;
}

/** Dense on the left, sparse on the right, as pruning goes. */
function densityScale(points) {
  const densities = [...new Set(points.map((point) => point.density))].sort((a, b) => b - a);
  const lowest = Math.min(0.5, densities[densities.length - 1]);
  const span = Math.log(1 / lowest) || 1;
  const at = (density) => LEFT + 14 + (Math.log(1 / density) / span) * (width - LEFT - RIGHT - 28);
  return {at, ticks: spread(densities.map((density) => [density, at(density)]))};
}

/** Leaves out labels that would run into each other. */
function spread(ticks) {
  let last = -Infinity;
  return ticks.filter(([, place]) => {
    const room = place - last > 58;
    last = room ? place : last;
    return room;
  });
}

function accuracyScale(points) {
  const lows = points.map((point) => point.mean - (point.standardError ?? 0));
  const highs = points.map((point) => point.mean + (point.standardError ?? 0));
  const range = Math.max(0.02, Math.max(...highs) - Math.min(...lows));
  const step = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2].find((size) => range / size <= 7) ?? 0.2;
  const low = Math.max(0, Math.floor((Math.min(...lows) - range * 0.05) / step) * step);
  const high = Math.min(1, Math.ceil((Math.max(...highs) + range * 0.05) / step) * step);
  const at = (accuracy) =>
      TOP + ((high - accuracy) / (high - low || 1)) * (HEIGHT - TOP - BOTTOM);
  const ticks = [];
  for (let tick = low; tick <= high + step / 2; tick += step) {
    ticks.push([tick, at(tick)]);
  }
  return {at, ticks, digits: step < 0.01 ? 1 : 0};
}

function grid(x, y) {
  const parts = [];
  for (const [accuracy, place] of y.ticks) {
    parts.push(line(LEFT, place, width - RIGHT, place, {class: 'grid'}));
    parts.push(text(percent(accuracy, y.digits), LEFT - 8, place + 4, {'text-anchor': 'end'}));
  }
  const floor = HEIGHT - BOTTOM;
  for (const [density, place] of x.ticks) {
    parts.push(line(place, floor, place, floor + 5, {class: 'axis'}));
    parts.push(text(percent(density), place, floor + 20, {'text-anchor': 'middle'}));
  }
  parts.push(line(LEFT, floor, width - RIGHT, floor, {class: 'axis'}));
  parts.push(text('weights kept', (LEFT + width - RIGHT) / 2, HEIGHT - 12, {'text-anchor': 'middle'}));
  return parts;
}

function drawCurve(curve, arm, x, y) {
  const colour = `a${arm % COLOURS}`;
  const path = curve.points
      .map((point, i) => `${i ? 'L' : 'M'}${x.at(point.density)} ${y.at(point.mean)}`)
      .join('');
  const dashes = DASHES[Math.floor(arm / COLOURS + arm) % DASHES.length];
  const parts = [element('path', {class: `curve ${colour}`, d: path, 'stroke-dasharray': dashes})];
  for (const point of curve.points) {
    parts.push(...whisker(point, colour, x, y), mark(arm, x.at(point.density), y.at(point.mean), title(curve, point)));
  }
  return parts;
}

function whisker(point, colour, x, y) {
  if (point.standardError === undefined) {
    return [];
  }
  const place = x.at(point.density);
  const high = y.at(point.mean + point.standardError);
  const low = y.at(point.mean - point.standardError);
  const style = {class: `whisker ${colour}`};
  return [
    line(place, high, place, low, style),
    line(place - 4, high, place + 4, high, style),
    line(place - 4, low, place + 4, low, style),
  ];
}

/** Circles, squares, diamonds and triangles in turn, so that colour is not all that tells arms apart. */
function mark(arm, x, y, words) {
  const shapes = [
    `M${x - MARK} ${y}a${MARK} ${MARK} 0 1 0 ${2 * MARK} 0a${MARK} ${MARK} 0 1 0 ${-2 * MARK} 0`,
    `M${x - MARK} ${y - MARK}h${2 * MARK}v${2 * MARK}h${-2 * MARK}z`,
    `M${x} ${y - MARK - 1}l${MARK + 1} ${MARK + 1}l${-MARK - 1} ${MARK + 1}l${-MARK - 1} ${-MARK - 1}z`,
    `M${x} ${y - MARK - 1}l${MARK + 1} ${2 * MARK}h${-2 * MARK - 2}z`,
  ];
  const filled = Math.floor(arm / shapes.length) % 2 === 0 ? ' filled' : '';
  const shape = element('path', {class: `mark a${arm % COLOURS}${filled}`, d: shapes[arm % shapes.length]});
  if (words) {
    const tip = element('title', {});
    tip.textContent = words;
    shape.append(tip);
  }
  return shape;
}

function title(curve, point) {
  const error = point.standardError === undefined ? '' : ` ± ${(100 * point.standardError).toFixed(2)}`;
  const seeds = point.seeds === 1 ? '1 seed' : `${point.seeds} seeds`;
  return `${curve.arm}: ${(100 * point.mean).toFixed(2)}${error} % at density ${percent(point.density)}, ${seeds}`;
}

function legend(curves) {
  const list = document.createElement('ul');
  list.className = 'legend';
  curves.forEach((curve, arm) => {
    const item = document.createElement('li');
    const key = element('svg', {viewBox: '0 0 28 12', 'aria-hidden': 'true'});
    const dashes = DASHES[Math.floor(arm / COLOURS + arm) % DASHES.length];
    key.append(line(0, 6, 28, 6, {class: `curve a${arm % COLOURS}`, 'stroke-dasharray': dashes}), mark(arm, 14, 6));
    item.append(key, curve.arm);
    list.append(item);
  });
  return list;
}

/** `digits` after the point; without it as many as a small number needs. */
function percent(part, digits) {
  const value = 100 * part;
  if (digits !== undefined) {
    return `${value.toFixed(digits)} %`;
  }
  return `${value >= 99.95 ? '100' : value.toPrecision(value < 1 ? 2 : 3).replace(/\.?0+$/, '')} %`;
}

function line(x1, y1, x2, y2, attributes) {
  return element('line', {x1, y1, x2, y2, ...attributes});
}

function text(words, x, y, attributes) {
  const node = element('text', {x, y, 'text-anchor': 'middle', ...attributes});
  node.textContent = words;
  return node;
}

function element(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    node.setAttribute(key, value);
  }
  return node;
}
