// The page: which view is open, what it is told, and whether the gateway is there.

import * as compare from './compare.js';
import * as fleet from './fleet.js';
import * as letters from './letters.js';
import * as studies from './studies.js';
import * as study from './study.js';
import * as task from './task.js';
import {h, put} from './dom.js';
import {Overview} from './overview.js';
import {Stream} from './stream.js';

const PATIENCE = 15_000; // milliseconds that a hidden page goes on listening
const LONG = 120_000; // milliseconds
const MOMENT = 2000; // milliseconds between what is kept of the fleet
const ROUTES = [
  [/^#?\/?$/, 'studies', studies],
  [/^#\/studies\/([^/?]+)$/, 'studies', study],
  [/^#\/tasks\/([^/?]+)$/, 'studies', task],
  [/^#\/fleet$/, 'fleet', fleet],
  [/^#\/dead-letters(?:\/([^/?]+))?$/, 'letters', letters],
  [/^#\/compare$/, 'compare', compare],
];

const overview = new Overview();
const stream = new Stream(receive, tell);
const host = document.getElementById('view');
let view;
let loaded = false;
let heard;

function receive(name, data) {
  heard = new Date();
  if (name === 'overview') {
    overview.take(data);
    view.overview?.(overview);
  } else if (name === 'reset') {
    overview.reset();
    load();
  } else if (name === 'study') {
    view.told?.(data);
  } else if (name === 'events') {
    view.events?.(data);
  }
}

function tell(state) {
  const live = state !== 'lost';
  put(document.getElementById('connection'), live ? 'live' : 'no connection');
  document.getElementById('connection').className = live ? 'live' : 'gone';
  showLost(!live);
  if (state === 'opened' || (!live && !loaded)) {
    load();
  }
}

function showLost(lost) {
  const place = document.getElementById('lost');
  if (lost && place.hidden) {
    place.replaceChildren(
        h('span', {}, `The gateway does not answer. What you see is as of ${(heard ?? new Date()).toLocaleTimeString()}; trying again by itself. `),
        h('button', {type: 'button', onclick: () => stream.retry()}, 'Try now'));
  }
  place.hidden = !lost;
}

/** Has the view fetch what it shows: once the stream is open, so that nothing falls in between. */
function load() {
  loaded = true;
  view.load?.();
}

function open() {
  const [path, query = ''] = location.hash.split('?');
  if (path === '#view') {
    host.focus();
    return;
  }
  const route = ROUTES.map(([form, tab, part]) => ({match: form.exec(path), tab, part})).find(({match}) => match);
  if (!route) {
    location.replace('#/');
    return;
  }
  const again = view !== undefined;
  view?.close?.();
  host.replaceChildren();
  loaded = false;
  const name = route.match[1] === undefined ? undefined : decodeURIComponent(route.match[1]);
  view = route.part.open(host, {name, query: new URLSearchParams(query), overview});
  document.querySelectorAll('nav a').forEach((link) => {
    link.toggleAttribute('aria-current', link.dataset.view === route.tab);
    if (link.dataset.view === route.tab) {
      link.setAttribute('aria-current', 'page');
    }
  });
  entitle(view.title);
  if (overview.known) {
    view.overview?.(overview);
  }
  follow();
  if (again) {
    scrollTo(0, 0);
    host.focus({preventScroll: true});
  }
}

function follow() {
  stream.follow({study: view.study, show: view.show});
}

function entitle(title) {
  document.title = `${title} · Espalier`;
}

document.addEventListener('title', (event) => entitle(event.detail));
document.addEventListener('follow', follow); // a view learnt what it has to be told of
addEventListener('hashchange', open);

setInterval(() => {
  if (!document.hidden && overview.known) {
    overview.remember(); // a fleet that does nothing says nothing
    view.passed?.();
  }
}, MOMENT);

let leaving;
let left = 0;
document.addEventListener('visibilitychange', () => {
  clearTimeout(leaving);
  if (document.hidden) {
    left = Date.now();
    leaving = setTimeout(() => stream.pause(), PATIENCE);
  } else if (Date.now() - left > LONG) {
    follow(); // what came meanwhile is sooner asked for than told
  } else {
    stream.resume();
  }
});

open();
