// One stream of server-sent events, opened again and again until it is closed; none is missed.

const SHORTEST = 500; // milliseconds before it is tried again
const LONGEST = 10_000;
const NAMES = ['overview', 'study', 'events', 'behind', 'reset'];

export class Stream {
  #source;
  #timer;
  #last;
  #wanted;
  #wait = SHORTEST;
  #receive;
  #tell;

  /**
   * `receive(name, data, resumed)` is given every event; `tell(state)` is told `opened`, `resumed`
   * (nothing was missed) or `lost`.
   */
  constructor(receive, tell) {
    this.#receive = receive;
    this.#tell = tell;
    addEventListener('online', () => this.retry());
  }

  /** Follows something else from now on: `study` by its digest, and the names of events to `show`. */
  follow(wanted) {
    this.#wanted = wanted;
    this.#last = undefined;
    this.#wait = SHORTEST;
    this.#open();
  }

  /** Tries at once. */
  retry() {
    if (this.#wanted && this.#source?.readyState !== EventSource.OPEN) {
      this.#wait = SHORTEST;
      this.#open();
    }
  }

  /** Lets go of the gateway; `resume` goes on behind the last event. */
  pause() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = undefined;
  }

  resume() {
    if (!this.#source && this.#wanted) {
      this.#open();
    }
  }

  #open() {
    this.pause();
    const resumed = this.#last !== undefined;
    const source = new EventSource(`/api/events?${this.#query()}`);
    this.#source = source;
    source.addEventListener('open', () => {
      this.#wait = SHORTEST;
      this.#tell(resumed ? 'resumed' : 'opened');
    });
    source.addEventListener('error', () => this.#again(source));
    NAMES.forEach((name) => source.addEventListener(name, (event) => this.#take(name, event)));
  }

  #query() {
    const {study, show} = this.#wanted;
    return new URLSearchParams({
      ...(study ? {study} : {}),
      ...(show ? {show: show.join(',')} : {}),
      ...(this.#last === undefined ? {} : {after: this.#last}),
    });
  }

  #take(name, event) {
    if (event.lastEventId) {
      this.#last = event.lastEventId;
    }
    this.#receive(name, event.data ? JSON.parse(event.data) : {});
  }

  /** A browser gives up where it is refused, so it is never left to try by itself. */
  #again(source) {
    if (source !== this.#source) {
      return;
    }
    this.pause();
    this.#tell('lost');
    this.#timer = setTimeout(() => this.#open(), this.#wait * (0.75 + Math.random() / 2));
    this.#wait = Math.min(LONGEST, 2 * this.#wait);
  }
}
