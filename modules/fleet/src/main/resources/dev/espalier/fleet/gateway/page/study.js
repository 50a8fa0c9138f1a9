// A study: how far it is, what it found so far, and what it works on.

import {get, named, words} from './api.js';
import {armsPart} from './arms.js';
import {each, framed, h, put, showTerms, terms} from './dom.js';
import {brief, count, duration, moment, percent, plural} from './format.js';
import {graphPart} from './graph.js';
import {masksPart} from './masks.js';
import {settingsPart} from './settings.js';
import {tasksPart} from './tasks.js';
import {trainingPart} from './training.js';
import {statusPill, wishButtons} from './wishes.js';

const SHOW = ['overview', 'study', 'metric.sampled', 'mask.published', 'outcome.published', 'attempt.reported', 'task.released'];

const WHOLE = /^sha256:[0-9a-f]{64}$/;

export function open(host, {name}) {
  return WHOLE.test(name) ? shown(host, name) : found(host, name);
}

/** Looks for the study whose digest begins so, and goes there. */
function found(host, name) {
  const told = h('p', {class: 'quiet', role: 'status'}, 'Looking for the study …');
  host.append(told);
  return {
    title: 'Study',
    show: ['overview'],
    async load() {
      try {
        location.replace(`#/studies/${(await get(`/api/studies/${named(name)}`)).line.id}`);
      } catch (error) {
        put(told, words(error));
      }
    },
  };
}

function shown(host, name) {
  const path = `/api/studies/${named(name)}`;
  let study;
  const title = h('h1', {}, 'Study');
  const pill = statusPill();
  const wishes = wishButtons(name, (line) => {
    study = {...study, line};
    draw();
  });
  const facts = h('p', {class: 'quiet facts'});
  const bar = h('progress', {max: 1, class: 'long'});
  const figures = terms([]);
  const failures = h('ul', {class: 'failures', hidden: true});
  const trouble = h('p', {class: 'problem', role: 'alert', hidden: true});
  const arms = armsPart();
  const training = trainingPart();
  const masks = masksPart(path);
  const graph = graphPart(path, (task) => training.choose(task));
  const tasks = tasksPart(path, training);
  const settings = settingsPart();
  const parts = [arms, training, masks, graph, tasks, settings];
  const sections = parts.map((part) => h('section', {class: 'card', 'aria-label': part.title}, h('h2', {}, part.title), part.node));
  host.append(h('div', {class: 'heading'}, h('div', {class: 'what'}, title, pill), wishes),
      facts, trouble, bar, figures, failures, ...sections);
  const draw = framed(show);

  function show() {
    if (!study) {
      return;
    }
    const {line, cost} = study;
    put(title, line.name);
    document.dispatchEvent(new CustomEvent('title', {detail: line.name}));
    pill.show(line);
    wishes.show(line);
    put(facts, factsOf(study));
    bar.value = line.tasks ? line.completed / line.tasks : 0;
    bar.setAttribute('aria-label', `${line.completed} of ${line.tasks} tasks done`);
    showTerms(figures, [
      ['Tasks', `${count(line.completed)} / ${count(line.tasks)}`],
      ['Rounds', `${count(line.roundsCompleted)} / ${count(line.rounds)}`],
      ['At work', count(line.running)],
      ['Time left', line.left === undefined ? '–' : duration(line.left)],
      ['Computing time', duration(cost.seconds)],
      ['Images trained', count(cost.images)],
      ['Images/s', count(Math.round(study.active.reduce((sum, task) => sum + task.progress.imagesPerSecond, 0)))],
      ...budgetOf(line),
    ]);
    failures.hidden = study.failures.length === 0;
    each(failures, study.failures.map((reason, i) => ({reason, i})), (it) => it.i, () => h('li'), (node, it) => put(node, it.reason));
    arms.show(study.curves);
    training.active(study.active);
    masks.know(study);
    settings.show(study.content);
  }

  return {
    title: 'Study',
    study: name,
    show: SHOW,
    async load() {
      try {
        study = await get(path);
        trouble.hidden = true;
        draw();
        parts.forEach((part) => part.load?.());
      } catch (error) {
        trouble.hidden = !words(error) || study !== undefined;
        put(trouble, words(error));
      }
    },
    told(data) {
      study = data;
      draw();
    },
    events(batch) {
      parts.forEach((part) => part.events?.(batch));
    },
    close() {
      parts.forEach((part) => part.close?.());
    },
  };
}

function factsOf({line, content}) {
  const network = typeof content.network === 'string' ? content.network : content.network.name ?? 'a network of its own';
  const objectives = content.objectives.map((objective) => objective.name ?? objective).join(' + ');
  return `${network} on ${content.data.name} · ${objectives} · ${plural(content.seeds.length, 'seed')} · ` +
      `${plural(content.pruning.rounds, 'round')} of ${percent(content.pruning.fraction ?? 0)} · submitted ${moment(line.submitted)} · ${brief(line.id)}`;
}

/** What a study may take, and what it took of that. */
function budgetOf({budget = {}, spending, spent, priority}) {
  return [
    ...(budget.deadline === undefined ? [] : [['Deadline', typeof budget.deadline === 'string' ? moment(budget.deadline) : JSON.stringify(budget.deadline)]]),
    ...(budget.workerSeconds === undefined ? [] : [['Workers’ time', `${duration(spending.workerSeconds)} of ${duration(budget.workerSeconds)}`]]),
    ...(budget.tasks === undefined ? [] : [['Tasks begun', `${count(spending.tasks)} of ${count(budget.tasks)}`]]),
    ...(spent === undefined ? [] : [['Ended by', spent]]),
    ...(priority === undefined ? [] : [['Priority', priority]]),
  ];
}
