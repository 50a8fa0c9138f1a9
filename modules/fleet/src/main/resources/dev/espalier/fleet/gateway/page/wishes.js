// Where a study stands, and the buttons that hold it, have it go on, or give it up.

import {named, post, words} from './api.js';
import {confirmed, h, put, say} from './dom.js';

const OVER = ['completed', 'failed', 'cancelled', 'budget spent'];

/** A word on where a study stands; `show(line)` changes it. */
export function statusPill() {
  const pill = h('span', {class: 'pill status'});
  pill.show = (line) => {
    put(pill, line.status);
    pill.dataset.status = line.status;
  };
  return pill;
}

/** The buttons of a study; `changed` is told its line as the gateway answers it. */
export function wishButtons(id, changed) {
  const pause = h('button', {type: 'button', onclick: () => wish('pause')}, 'Pause');
  const resume = h('button', {type: 'button', onclick: () => wish('resume')}, 'Resume');
  const cancel = h('button', {type: 'button', class: 'bad', onclick: ask}, 'Cancel');
  const buttons = h('div', {class: 'wishes'}, pause, resume, cancel);
  let name = '';

  async function wish(word) {
    try {
      changed(await post(`/api/studies/${named(id)}/${word}`));
      say(`${name} is to ${word}.`);
    } catch (error) {
      say(words(error));
    }
  }

  async function ask() {
    const detail = 'Nothing more is begun for it, and what is under way for it alone stops. What it found stays.';
    if (await confirmed(`Cancel ${name}?`, detail, 'Cancel the study')) {
      await wish('cancel');
    }
  }

  buttons.show = (line) => {
    name = line.name;
    const over = OVER.includes(line.status);
    pause.hidden = over || line.status === 'paused';
    resume.hidden = !(line.status === 'paused' || line.status === 'cancelled');
    cancel.hidden = over;
    [[pause, 'Pause'], [resume, 'Resume'], [cancel, 'Cancel']].forEach(([button, word]) =>
        button.setAttribute('aria-label', `${word} ${name}`));
  };
  return buttons;
}
