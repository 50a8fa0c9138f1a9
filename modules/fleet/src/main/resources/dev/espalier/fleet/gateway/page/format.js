// Numbers, times and names in words.

export function count(number) {
  return number.toLocaleString('en');
}

/** `seconds` as people say it, in two units at most. */
export function duration(seconds) {
  const whole = Math.round(seconds);
  if (whole < 60) {
    return `${whole} s`;
  }
  if (whole < 3600) {
    return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  }
  if (whole < 48 * 3600) {
    return `${Math.floor(whole / 3600)} h ${String(Math.floor(whole / 60) % 60).padStart(2, '0')} min`;
  }
  return `${Math.floor(whole / 86400)} d ${Math.floor(whole / 3600) % 24} h`;
}

/** `part` of 1 in percent: with `digits` after the point, else with as many as a small number needs. */
export function percent(part, digits) {
  const value = 100 * part;
  if (digits !== undefined) {
    return `${value.toFixed(digits)} %`;
  }
  const short = value >= 99.95 ? '100' : value.toPrecision(value < 1 ? 2 : 3);
  return `${short.includes('.') ? short.replace(/\.?0+$/, '') : short} %`;
}

/** A mean in percent with its standard error, where there is one. */
export function spread(mean, error) {
  return `${(100 * mean).toFixed(2)}${error === undefined ? '' : ` ± ${(100 * error).toFixed(2)}`}`;
}

/** A figure of any size in a few digits. */
export function figure(value) {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) {
    return value.toExponential(2);
  }
  return size >= 1000 ? count(Math.round(value)) : String(Number(value.toPrecision(4)));
}

/** The first digits of a digest. */
export function brief(digest) {
  return digest.replace('sha256:', '').slice(0, 12);
}

export function moment(instant) {
  return new Date(instant).toLocaleString(undefined, {dateStyle: 'medium', timeStyle: 'medium'});
}

/** How long ago `instant` was, in words. */
export function ago(instant) {
  const seconds = Math.max(0, (Date.now() - Date.parse(instant)) / 1000);
  const [size, word] = [[86400, 'd'], [3600, 'h'], [60, 'min']].find(([unit]) => seconds >= unit) ?? [1, 's'];
  return `${Math.floor(seconds / size)} ${word} ago`;
}

export function plural(number, one, many = `${one}s`) {
  return `${count(number)} ${number === 1 ? one : many}`;
}
