// What tells curves apart: a colour, a mark and a dash, so that colour is never all.

export const COLOURS = 8;
const DASHES = [[], [7, 4], [2, 4], [10, 4, 2, 4]];
const SIZE = 4.5;

/** The colour of the `place`th curve in the theme of `style`. */
export function colourOf(place, style) {
  return style.getPropertyValue(`--arm-${place % COLOURS}`).trim();
}

/** Eight curves drawn through; the next eight dashed, and so on. */
export function dashOf(place) {
  return DASHES[Math.floor(place / COLOURS) % DASHES.length];
}

/** Circles, squares, diamonds and triangles in turn, as a path around a point. */
export function shapeOf(place, x, y, size = SIZE) {
  return [
    `M${x - size} ${y}a${size} ${size} 0 1 0 ${2 * size} 0a${size} ${size} 0 1 0 ${-2 * size} 0`,
    `M${x - size} ${y - size}h${2 * size}v${2 * size}h${-2 * size}z`,
    `M${x} ${y - size - 1}l${size + 1} ${size + 1}l${-size - 1} ${size + 1}l${-size - 1} ${-size - 1}z`,
    `M${x} ${y - size - 1}l${size + 1} ${2 * size}h${-2 * size - 2}z`,
  ][place % 4];
}

/** Whether the mark of the `place`th curve is filled. */
export function filled(place) {
  return Math.floor(place / 4) % 2 === 0;
}

/** Draws a mark on a canvas, with a whisker between `ends` where there is an error. */
export function drawMark(ctx, {place, colour, paper, x, y, ends, small}) {
  const scale = devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.5 * scale;
  if (ends) {
    const cap = 4 * scale;
    ctx.beginPath();
    ctx.moveTo(x, ends[0]);
    ctx.lineTo(x, ends[1]);
    ends.forEach((end) => {
      ctx.moveTo(x - cap, end);
      ctx.lineTo(x + cap, end);
    });
    ctx.stroke();
  }
  ctx.translate(x, y);
  ctx.scale(scale, scale);
  ctx.lineWidth = 2;
  ctx.fillStyle = filled(place) ? colour : paper;
  const path = new Path2D(shapeOf(place, 0, 0, small ? 2 : SIZE));
  ctx.fill(path);
  ctx.stroke(path);
  ctx.restore();
}
