// A task: what it is, what it needs, who tried it, what they said, and its curves.

import {get, named, words} from './api.js';
import {debounced, each, framed, h, put, showTerms, table, terms} from './dom.js';
import {brief, count, figure, moment, percent} from './format.js';
import {settingsPart} from './settings.js';
import {stateAfter} from './states.js';
import {trainingPart} from './training.js';

const SHOW = ['metric.sampled', 'attempt.reported', 'attempt.logged', 'outcome.published', 'task.released'];
const MOST_LINES = 500;

export function open(host, {name}) {
  const path = `/api/tasks/${named(name)}`;
  let task;
  let attempts = [];
  let lines = [];
  let logged = 0;
  const title = h('h1', {}, 'Task');
  const pill = h('span', {class: 'pill status'});
  const bar = h('progress', {max: 1, class: 'long'});
  const figures = terms([]);
  const trouble = h('p', {class: 'problem', role: 'alert', hidden: true});
  const studies = h('p', {class: 'quiet'});
  const parents = h('ul', {class: 'tasks'});
  const tried = h('div');
  const log = h('ol', {class: 'log', tabindex: '0', 'aria-label': 'Log lines'});
  const artifacts = h('ul', {class: 'legend'});
  const training = trainingPart(true);
  const settings = settingsPart('All of its content');
  const sections = [['Curves', training.node], ['Attempts', tried], ['Log of the newest attempt', log],
    ['Artifacts', artifacts], ['Needs', parents], ['Content', settings.node]].map(([heading, node]) =>
      h('section', {class: 'card', 'aria-label': heading}, h('h2', {}, heading), node));
  host.append(h('div', {class: 'heading'}, h('div', {class: 'what'}, title, pill)), studies, trouble, bar, figures, ...sections);
  const draw = framed(show);
  const refresh = debounced(load, 1500);

  async function load() {
    const known = task !== undefined;
    try {
      task = await get(path);
      trouble.hidden = true;
      if (!known) {
        document.dispatchEvent(new Event('follow'));
        return;
      }
      training.follow(task.line.id, task.line.title, true);
      draw();
      await loadAttempts();
      draw();
    } catch (error) {
      trouble.hidden = !words(error) || (task !== undefined && error.status === 0);
      put(trouble, words(error));
      draw();
    }
  }

  async function loadAttempts() {
    attempts = await get(`${path}/attempts`);
    const newest = attempts[attempts.length - 1]?.attempt;
    if (newest !== undefined && newest !== logged) {
      lines = await get(`${path}/attempts/${newest}/log`);
      logged = newest;
    }
  }

  function show() {
    if (!task) {
      return;
    }
    const {line, content, studies: wanting, outcome, checkpoint} = task;
    put(title, line.title);
    document.dispatchEvent(new CustomEvent('title', {detail: line.title}));
    put(pill, line.state);
    pill.dataset.status = line.state;
    studies.replaceChildren('Wanted by ', ...wanting.flatMap((id, i) => [i ? ', ' : '', h('a', {href: `#/studies/${id}`}, `study ${brief(id)}`)]), ` · ${brief(line.id)}`);
    const {step, steps, epoch, epochs, imagesPerSecond, loss} = line.progress;
    bar.value = line.state === 'completed' ? 1 : steps ? step / steps : 0;
    bar.setAttribute('aria-label', `${percent(bar.value, 0)} of the task`);
    showTerms(figures, [
      ['Step', steps ? `${count(step)} / ${count(steps)}` : '–'],
      ['Epoch', epochs ? `${Math.min(epoch + 1, epochs)} / ${epochs}` : '–'],
      ['Images/s', imagesPerSecond ? count(Math.round(imagesPerSecond)) : '–'],
      ['Loss', typeof loss === 'number' && loss ? figure(loss) : '–'],
      ['Accuracy', line.accuracy === undefined ? '–' : percent(line.accuracy)],
      ['Density', line.density === undefined ? '–' : percent(line.density)],
      ['Attempt', line.attempt ? count(line.attempt) : '–'],
      ['Worker', line.worker ?? '–'],
    ]);
    settings.show(content);
    each(parents, task.parents, (parent) => parent.id, (parent) => h('li', {}, h('a', {href: `#/tasks/${parent.id}`}, parent.title), h('span', {class: 'pill status'})),
        (item, parent) => {
          put(item.lastChild, parent.state);
          item.lastChild.dataset.status = parent.state;
        });
    showArtifacts(outcome, checkpoint);
    showAttempts();
    showLog();
    document.querySelectorAll('main section').forEach((section) => {
      section.hidden = section.children[1].childElementCount === 0;
    });
  }

  function showArtifacts(outcome, checkpoint) {
    const result = outcome?.outcome.result ?? {};
    const known = [['mask', result.mask?.digest], ['trained weights', result.trained], ['rewind point', result.rewind], ['evidence', result.evidence], ['checkpoint', checkpoint]];
    each(artifacts, known.filter(([, digest]) => digest), ([what]) => what, ([what, digest]) => h('li', {},
        h('a', {class: 'button', download: true, href: what === 'mask' ? `/api/masks/${digest}/safetensors` : `/api/artifacts/${digest}`}, what)));
  }

  function showAttempts() {
    if (attempts.length > 0) {
      tried.replaceChildren(table('Attempts', ['Attempt', 'Worker', 'Phase', 'Last heard', 'Progress', 'Trouble'], attempts.map((one) => [
        String(one.attempt), one.worker, one.phase, moment(one.heard),
        one.progress.steps ? percent(one.progress.step / one.progress.steps, 0) : '–', one.trouble ?? ''])));
    }
  }

  function showLog() {
    const down = log.scrollTop + log.clientHeight >= log.scrollHeight - 8;
    const shown = lines.slice(-MOST_LINES);
    log.replaceChildren(...shown.map(({at, level, text}) => h('li', {'data-level': level.toLowerCase()},
        h('time', {datetime: at}, new Date(at).toLocaleTimeString()), h('b', {}, level), h('span', {}, text))));
    if (down) {
      log.scrollTop = log.scrollHeight;
    }
  }

  return {
    title: 'Task',
    get show() {
      return task ? SHOW : ['overview'];
    },
    get study() {
      return task?.studies[0];
    },
    load,
    events(batch) {
      const mine = batch.filter(({data}) => data.task === task?.line.id);
      training.events(mine);
      const spoken = mine.filter(({type}) => type === 'dev.espalier.attempt.logged.v1');
      if (spoken.length > 0) {
        lines = lines.concat(spoken.flatMap(({data}) => (data.attempt >= logged ? data.lines : []))).slice(-MOST_LINES);
        draw();
      }
      if (mine.some((event) => stateAfter(event) !== undefined)) {
        refresh();
      }
    },
    close() {
      refresh.stop();
      training.close();
    },
  };
}
