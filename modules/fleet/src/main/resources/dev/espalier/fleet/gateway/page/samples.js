// The samples of a task, metric by metric: what was fetched and what came since, bounded.

const MOST = 4000; // points of a metric that are kept

/** The values of a metric over steps, ascending. Of one step the highest attempt counts, of one attempt the last word. */
class Series {
  steps = [];
  values = [];
  #words = []; // [attempt, moment] of each
  total = 0;

  put(step, value, attempt, at) {
    const place = this.#placeOf(step);
    if (place === this.steps.length) {
      this.steps.push(step);
      this.values.push(value);
      this.#words.push([attempt, at]);
      this.total++;
      this.#bound();
    } else if (this.steps[place] !== step) {
      this.steps.splice(place, 0, step);
      this.values.splice(place, 0, value);
      this.#words.splice(place, 0, [attempt, at]);
      this.total++;
      this.#bound();
    } else if (attempt > this.#words[place][0] || (attempt === this.#words[place][0] && at >= this.#words[place][1])) {
      this.values[place] = value;
      this.#words[place] = [attempt, at];
    }
  }

  #placeOf(step) {
    const last = this.steps.length - 1;
    if (last < 0 || step > this.steps[last]) {
      return last + 1;
    }
    let low = 0;
    let high = last;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.steps[middle] < step) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Of more points than are kept, each four become the least and the greatest of them; the newest stay. */
  #bound() {
    if (this.steps.length <= MOST) {
      return;
    }
    const old = MOST - MOST / 4;
    const kept = [];
    for (let i = 0; i < old; i += 4) {
      const four = [i, i + 1, i + 2, i + 3].sort((a, b) => this.values[a] - this.values[b]);
      kept.push(Math.min(four[0], four[3]), Math.max(four[0], four[3]));
    }
    for (let i = old; i < this.steps.length; i++) {
      kept.push(i);
    }
    this.steps = kept.map((i) => this.steps[i]);
    this.values = kept.map((i) => this.values[i]);
    this.#words = kept.map((i) => this.#words[i]);
  }
}

export class Samples {
  #series = new Map();
  #wanted;

  /** Samples of these metrics; others are left out. */
  constructor(wanted) {
    this.#wanted = new Set(wanted);
  }

  /** Takes in what the gateway answered; what came by the stream meanwhile counts above it. */
  fetched(series) {
    for (const {metric, samples, notFinite, steps, values} of series.filter((one) => this.#wanted.has(one.metric))) {
      const own = this.#of(metric);
      const before = own.total;
      steps.forEach((step, i) => own.put(step, values[i], 0, ''));
      own.total = Math.max(own.total, samples - notFinite, before);
    }
  }

  /** Takes in one event. */
  sampled({step, attempt, at, values}) {
    for (const [metric, value] of Object.entries(values)) {
      if (this.#wanted.has(metric) && Number.isFinite(value)) {
        this.#of(metric).put(step, value, attempt, at);
      }
    }
  }

  #of(metric) {
    if (!this.#series.has(metric)) {
      this.#series.set(metric, new Series());
    }
    return this.#series.get(metric);
  }

  /** The series of a metric; an empty one before its first sample. */
  series(metric) {
    return this.#series.get(metric) ?? {steps: [], values: [], total: 0};
  }
}
