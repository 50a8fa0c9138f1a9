// Where the squares of a task graph lie.

const FEW = 2000; // tasks that are drawn large
const DEEP = 4; // squares on top of each other in a lane, at most

/** Places of the tasks of a graph, in pixels: `xs`, `ys`, their `size`, and `at(x, y)`, which task is there. */
export function layOut(graph) {
  const large = graph.ids.length <= FEW;
  const size = large ? 14 : 8;
  const step = size + (large ? 5 : 2);
  const margin = 118;
  const rank = new Int32Array(graph.ids.length);
  const crowd = new Map(); // by lane and depth
  const depths = 1 + graph.depth.reduce((most, depth) => Math.max(most, depth), 0);
  const widest = new Int32Array(depths);
  let tallest = 1;
  graph.ids.forEach((_, i) => {
    const cell = graph.lane[i] * depths + graph.depth[i];
    rank[i] = crowd.get(cell) ?? 0;
    crowd.set(cell, rank[i] + 1);
    widest[graph.depth[i]] = Math.max(widest[graph.depth[i]], Math.floor(rank[i] / DEEP) + 1);
    tallest = Math.max(tallest, Math.min(DEEP, rank[i] + 1));
  });
  const lefts = new Int32Array(depths + 1);
  for (let depth = 0; depth < depths; depth++) {
    lefts[depth + 1] = lefts[depth] + widest[depth] * step + (large ? 26 : 8);
  }
  const laneHeight = tallest * step;
  const lane = laneHeight + (large ? 12 : 6);
  const xs = Int32Array.from(graph.ids, (_, i) => margin + lefts[graph.depth[i]] + Math.floor(rank[i] / DEEP) * step);
  const ys = Int32Array.from(graph.ids, (_, i) => 8 + graph.lane[i] * lane + (rank[i] % DEEP) * step);
  const squares = new Map();
  xs.forEach((x, i) => squares.set(x * 1e7 + ys[i], i));
  const columns = [...new Set(xs)].sort((a, b) => a - b);
  return {
    xs, ys, size, margin, lane, laneHeight,
    laneTop: (number) => 8 + number * lane,
    width: margin + lefts[depths] + 8,
    height: 16 + graph.lanes.length * lane,
    at(x, y) {
      const column = columns.findLast((left) => left <= x);
      const row = 8 + Math.floor((y - 8) / lane) * lane;
      const top = row + Math.floor((y - row) / step) * step;
      return column === undefined || x > column + size || y > top + size ? -1 : squares.get(column * 1e7 + top) ?? -1;
    },
  };
}
