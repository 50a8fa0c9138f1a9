// The studies and the fleet as the stream told them last, and how the fleet went while the page was open.

const MOST_MOMENTS = 1800;

export class Overview {
  #lines = new Map();
  #sorted;
  workers = [];
  waiting = 0;
  imagesPerSecond = 0;
  events = 0;
  known = false;
  /** Moments of the fleet, oldest first: seconds since 1970, waiting, at work, images a second. */
  history = [[], [], [], []];

  /** Takes in what an event says: lines that changed, and the whole of the rest. */
  take(told) {
    told.studies.forEach((line) => this.#lines.set(line.id, line));
    if (told.studies.length > 0) {
      this.#sorted = undefined;
    }
    this.workers = told.workers;
    this.waiting = told.waiting;
    this.imagesPerSecond = told.imagesPerSecond;
    this.events = told.version;
    this.known = true;
    this.remember();
  }

  /** Takes in one line, as a wish was answered. */
  takeLine(line) {
    this.#lines.set(line.id, line);
    this.#sorted = undefined;
  }

  /** Forgets the studies: they were another log's. */
  reset() {
    this.#lines.clear();
    this.#sorted = undefined;
  }

  /** The studies, those submitted last first. */
  get studies() {
    this.#sorted ??= [...this.#lines.values()].sort((a, b) => Date.parse(b.submitted) - Date.parse(a.submitted));
    return this.#sorted;
  }

  line(id) {
    return this.#lines.get(id);
  }

  /** Keeps this moment, one a second at most; of more than fit, every other one of the older half goes. */
  remember() {
    const [times, waiting, working, speed] = this.history;
    const now = Math.round(Date.now() / 1000);
    if (times[times.length - 1] === now) {
      times.pop();
      waiting.pop();
      working.pop();
      speed.pop();
    }
    times.push(now);
    waiting.push(this.waiting);
    working.push(this.workers.length);
    speed.push(this.imagesPerSecond);
    if (times.length > MOST_MOMENTS) {
      this.history = this.history.map((column) => column.filter((_, i) => i > column.length / 2 || i % 2 === 0));
    }
  }
}
