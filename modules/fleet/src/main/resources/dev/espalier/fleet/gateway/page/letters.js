// Dead letters: what nobody could read, tasks that were given up, and what to do with them.

import {get, part, post, words} from './api.js';
import {confirmed, each, h, put, say, showTerms, terms} from './dom.js';
import {ago, brief, count, moment} from './format.js';

const AT_ONCE = 50;
const REFRESH = 5_000; // milliseconds: letters are no events of the stream

export function open(host, {name}) {
  let letters = [];
  let next;
  let timer;
  const trouble = h('p', {class: 'problem', role: 'alert', hidden: true});
  const none = h('div', {class: 'card empty-list', hidden: true}, 'No dead letters: everything that came could be read, and no task was given up.');
  const list = h('ul', {class: 'letters'});
  const more = h('button', {type: 'button', hidden: true, onclick: () => fetchOf(next, true)}, 'Show more');
  host.append(h('div', {class: 'heading'}, h('h1', {}, 'Dead letters')),
      h('p', {class: 'quiet'}, 'Records that nobody could read, with the reason, and tasks that were given up.'), trouble, none, list, more);

  async function load() {
    clearTimeout(timer);
    timer = setTimeout(load, REFRESH);
    if (!document.hidden) {
      await fetchOf(`/api/dead-letters?limit=${AT_ONCE}`, false);
    }
  }

  async function fetchOf(path, further) {
    try {
      const got = await part(path);
      letters = further ? letters.concat(got.items) : got.items;
      next = got.next;
      trouble.hidden = true;
      show();
    } catch (error) {
      trouble.hidden = !words(error);
      put(trouble, words(error));
    }
  }

  function show() {
    none.hidden = letters.length > 0;
    more.hidden = !next;
    each(list, letters, (letter) => letter.number, make, fill);
  }

  function make(letter) {
    const opened = h('div', {class: 'opened'});
    const details = h('details', {}, h('summary', {}, 'Show'), opened);
    details.addEventListener('toggle', () => details.open && showContent(letter, opened));
    details.open = String(letter.number) === name;
    return h('li', {class: 'card letter'},
        h('div', {class: 'heading'},
            h('strong', {}, letter.task ? 'A task that was given up' : 'A record that nobody could read'),
            h('div', {class: 'wishes'},
                h('button', {type: 'button', 'aria-label': `Try letter ${letter.number} again`, onclick: () => settle(letter, 'requeue')}, 'Try again'),
                h('button', {type: 'button', class: 'bad', 'aria-label': `Drop letter ${letter.number}`, onclick: () => drop(letter)}, 'Drop'))),
        h('p', {class: 'reason'}), h('p', {class: 'quiet'}), details);
  }

  function fill(item, letter) {
    put(item.querySelector('.reason'), letter.reason);
    put(item.querySelector('p.quiet'), `${ago(letter.at)} · ${letter.origin} · ${count(letter.bytes)} bytes`);
  }

  async function showContent(letter, place) {
    try {
      const {content} = await get(`/api/dead-letters/${letter.number}`);
      const bytes = Uint8Array.from(atob(content), (digit) => digit.charCodeAt(0));
      const facts = terms([], 'figures');
      showTerms(facts, [['Number', String(letter.number)], ['Came', moment(letter.at)], ['From', letter.origin],
        ...(letter.task ? [['Task', h('a', {href: `#/tasks/${letter.task.task}`}, brief(letter.task.task))], ['Attempts', count(letter.task.attempt)], ['Worker', letter.task.worker]] : [])]);
      place.replaceChildren(facts, h('pre', {tabindex: '0', 'aria-label': 'What came'}, new TextDecoder().decode(bytes)));
    } catch (error) {
      place.replaceChildren(h('p', {class: 'problem'}, words(error)));
    }
  }

  async function drop(letter) {
    if (await confirmed('Drop this letter?', 'It is settled, and nothing is done about it.', 'Drop it')) {
      await settle(letter, 'drop');
    }
  }

  async function settle(letter, word) {
    try {
      const {settled} = await post(`/api/dead-letters/${letter.number}/${word}`);
      say(`${count(settled)} ${settled === 1 ? 'letter is' : 'letters are'} settled.`);
      await load();
    } catch (error) {
      say(words(error));
    }
  }

  return {
    title: 'Dead letters',
    show: ['overview'],
    load,
    close: () => clearTimeout(timer),
  };
}
