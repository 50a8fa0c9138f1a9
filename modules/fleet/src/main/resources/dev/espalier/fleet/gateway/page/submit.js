// Takes a study file, as text or from the disk, to the gateway.

import {post, words} from './api.js';
import {h, put, say} from './dom.js';

const EXAMPLE = `name: my study
data: {name: glyphs, train: 1500, test: 500}
network: resnet8
seeds: [1, 2, 3]
objectives: [labels, rotation]
training: {epochs: 3, batch: 32}
pruning: {fraction: 0.75, rounds: 2, rewind: 1ep}
evaluations: [ticket, random]
`;

/** Opens the dialog; a study that is taken is shown. */
export function submitDialog() {
  const text = h('textarea', {id: 'study-file', rows: '16', spellcheck: 'false', required: true, placeholder: 'name: …'});
  const problem = h('div', {class: 'problem', role: 'alert', hidden: true});
  const file = h('input', {type: 'file', id: 'study-disk', accept: '.yaml,.yml,.json', onchange: async () => {
    text.value = await file.files[0]?.text() ?? text.value;
  }});
  const send = h('button', {type: 'submit', class: 'main'}, 'Submit');
  const dialog = h('dialog', {'aria-labelledby': 'submit-title', class: 'wide'},
      h('form', {method: 'dialog', onsubmit: submit},
          h('h2', {id: 'submit-title'}, 'Submit a study'),
          h('p', {class: 'quiet'}, 'The same work always has the same name: what is known of it is not computed again.'),
          h('label', {for: 'study-file'}, 'Study file, in YAML or JSON'), text,
          h('div', {class: 'row'},
              h('label', {for: 'study-disk'}, 'or from the disk'), file,
              h('button', {type: 'button', class: 'plain', onclick: () => {
                text.value = EXAMPLE;
              }}, 'Begin with an example')),
          problem,
          h('div', {class: 'buttons'},
              h('button', {type: 'button', onclick: () => dialog.close()}, 'Close'), send)));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  text.focus();

  async function submit(event) {
    event.preventDefault();
    send.disabled = true;
    problem.hidden = true;
    try {
      const {id} = await post('/api/studies', text.value, 'application/yaml');
      dialog.close();
      say('The study was taken.');
      location.hash = `#/studies/${id}`;
    } catch (error) {
      problem.hidden = false;
      problem.replaceChildren(h('strong', {}, error.title ?? 'Not taken'), h('p', {}));
      put(problem.lastChild, words(error));
    } finally {
      send.disabled = false;
    }
  }
}
