// The page: asks the endpoint `dovetail` for its sections, shows them, and asks for actions.

import { Refused, Silent, act, ask } from './asking.js';
import { Charts } from './charts.js';
import { Table, bytes, duration, make, millis, moment, number, percent, say, word } from './tables.js';

const QUICK = 5000;
const SLOW = 30000;

// A page around this one could have somebody press what he does not see.
const framed = window.top !== window.self;

const byId = id => document.getElementById(id);
const body = id => byId(id).querySelector('.body');

let about = { sections: [], actions: [] };

// Actions

const allowed = () => about.actions.join();
const may = action => !framed && about.actions.includes(action);

/** A button that asks for an action; nothing where it is not allowed. */
function button(action, title, { name, more, question, describe = done } = {}) {
  if (!may(action)) return undefined;
  const label = name ? `${title} ${name}` : title;
  return make('button', {
    type: 'button', class: 'do', 'aria-label': label,
    onclick: async event => {
      const pressed = event.currentTarget;
      // One that is disabled would lose the keyboard.
      if (pressed.ariaDisabled === 'true' || (question && !(await sure(title, question)))) return;
      pressed.ariaDisabled = 'true';
      tell(`${label} …`);
      try {
        const answer = await act(action, { ...(name && { name }), ...more });
        tell(`${label}: ${describe(answer)}`, 'good');
      } catch (failure) {
        tell(`${label}: ${failure instanceof Silent ? 'the application does not answer.' : failure.message}`, 'alarm');
      } finally {
        pressed.ariaDisabled = null;
        refresh(true);
      }
    },
  }, title);
}

const done = () => 'done.';

/** What is said of an action that came to its end, and is alarming if that was not a good one. */
function good(is, text) {
  if (!is) throw new Refused(text);
  return text;
}

function tell(text, kind = 'quiet') {
  const outcome = byId('outcome');
  outcome.replaceChildren(make('button', { type: 'button', onclick: () => { outcome.hidden = true; } }, 'Close'), text);
  outcome.className = `banner ${kind}`;
  outcome.hidden = false;
}

/** Asks whether it is meant. */
function sure(title, question) {
  const dialog = byId('confirm');
  dialog.querySelector('h2').textContent = title;
  dialog.querySelector('p').textContent = question;
  const [no, yes] = dialog.querySelectorAll('button');
  yes.textContent = title;
  dialog.returnValue = 'no';
  no.onclick = () => dialog.close('no');
  yes.onclick = () => dialog.close('yes');
  dialog.showModal();
  return new Promise(answer => dialog.addEventListener('close', () => answer(dialog.returnValue === 'yes'), { once: true }));
}

// Health and alerts

const STATUS = { UP: 'good', DEGRADED: 'warn', DOWN: 'alarm' };

const alertList = make('ul', { class: 'cards' });
const pastAlerts = new Table({
  label: 'Alerts that are over', key: row => row.id + row.raisedAt, sort: 3, empty: 'No alert is over yet.',
  columns: [
    { title: 'What', value: row => row.text, text: row => row.text },
    { title: 'Rule', value: row => row.rule, text: row => row.rule, wide: true },
    { title: 'Severity', value: row => row.severity, text: row => word(row.severity), wide: true },
    { title: 'Raised', value: row => Date.parse(row.raisedAt), text: row => moment(row.raisedAt) },
    { title: 'Over', value: row => Date.parse(row.resolvedAt), text: row => moment(row.resolvedAt) },
    { title: 'By', value: row => row.resolution, text: row => word(row.resolution).replace('by ', ''), wide: true },
  ],
});

function card(found, ...more) {
  const measured = [found.measured && `measured ${found.measured}`, found.threshold && `limit ${found.threshold}`].filter(Boolean).join(', ');
  return make('li', { class: word(found.severity), 'data-key': found.id },
    make('div', {},
      make('p', {}, make('b', {}, found.text), ' ', make('span', { class: 'quiet' }, measured)),
      make('p', {}, found.recommendation),
      make('p', { class: 'quiet' }, more.map(part => `${part} · `).join(''), `${word(found.severity)} · rule ${found.rule}`)),
    found.raisedAt && button('resolve-alert', 'Resolve', { name: found.id }));
}

function showHealth({ health, alerts }) {
  const active = alerts?.active ?? [];
  const alerted = new Set(active.map(alert => `${alert.rule} ${alert.subject}`));
  const findings = (health?.findings ?? []).filter(finding => !alerted.has(`${finding.rule} ${finding.subject}`));
  const cards = [
    ...active.map(alert => card(alert, `alert since ${moment(alert.firstSeen)}`, alert.count === 1 ? 'seen once' : `seen ${number(alert.count)} times`)),
    ...findings.map(finding => card(finding)),
  ];
  const stamp = JSON.stringify([active, findings, about.actions]);
  if (alertList.dataset.stamp !== stamp) {
    const focused = alertList.contains(document.activeElement) ? document.activeElement.closest('li').dataset.key : undefined;
    alertList.dataset.stamp = stamp;
    alertList.replaceChildren(...(cards.length ? cards : [make('li', {}, 'All is well: no rule has found anything.')]));
    cards.find(each => focused && each.dataset.key === focused)?.querySelector('button')?.focus();
  }
  pastAlerts.show(alerts?.history ?? []);
  if (health) {
    say(byId('status'), health.status);
    byId('status').className = `pill ${STATUS[health.status] ?? ''}`;
    const unanswered = health.unanswered?.length ? ` Could not be looked at: ${health.unanswered.join(', ')}.` : '';
    looked.textContent = `Looked at ${moment(health.evaluatedAt)}.${unanswered}`;
  }
}

const looked = make('p', { class: 'quiet' });

// Statements

const plan = row => (row.plan ? [
  make('h3', {}, row.plan.fullScan ? 'Plan: reads a table from end to end' : 'Plan'),
  make('pre', {}, row.plan.raw),
] : make('p', { class: 'quiet' }, row.query ? 'Its plan is asked when it is slow for the first time.' : 'Only queries have a plan here.'));

const measure = (title, value, format, wide) => ({ title, number: true, wide, value, text: row => format(value(row)) });

const statements = new Table({
  label: 'Statements since the start', key: row => row.id, sort: 2, filter: 'Filter by text or caller', empty: 'No statement yet.',
  columns: [
    { title: 'Statement', value: row => row.text, text: row => brief(row.text), find: row => row.text },
    { title: 'Caller', value: row => row.callers.join(), text: row => row.callers.join(', '), wide: true },
    measure('Total', row => row.totalMillis, millis),
    measure('Count', row => row.count, number),
    measure('Mean', row => row.meanMillis, millis),
    measure('p50', row => row.p50Millis, millis, true),
    measure('p95', row => row.p95Millis, millis),
    measure('p99', row => row.p99Millis, millis, true),
    measure('Max', row => row.maxMillis, millis, true),
    measure('Rows', row => row.rows, number, true),
    measure('Slow', row => row.slow, number, true),
    measure('Errors', row => row.errors, number, true),
  ],
  detail: row => [
    make('pre', {}, row.text),
    make('p', { class: 'quiet' }, `Called by ${row.callers.join(', ') || 'nobody who says so'}; first ${moment(row.first)}, last ${moment(row.last)}.`),
    plan(row),
  ],
});

const brief = text => (text.length > 120 ? `${text.slice(0, 119)}…` : text);

const errors = new Table({
  label: 'What failed in the last hour', key: row => row.error, sort: 1, empty: '',
  columns: [
    { title: 'Error', value: row => row.error, text: row => word(row.error) },
    measure('Count', row => row.count, number),
    { title: 'Statements', number: true, value: row => row.statements.length, text: row => number(row.statements.length) },
  ],
  detail: row => row.statements.map(statement => make('pre', {}, `${number(statement.count)} × ${statement.text}`)),
});

const findings = (label, times, most) => new Table({
  label, key: row => row.id + row.operation, sort: 2, empty: '',
  columns: [
    { title: 'Statement', value: row => row.text, text: row => brief(row.text) },
    { title: 'Caller', value: row => row.caller ?? row.operation, text: row => [row.operation, row.caller].filter(Boolean).join(' in ') },
    measure(times, row => row.times, number),
    measure(most, row => row.most, number),
    { title: 'Last', value: row => Date.parse(row.last), text: row => moment(row.last), wide: true },
  ],
  detail: row => make('pre', {}, row.text),
});

const insights = [
  ['errorPatterns', 'What failed', errors],
  ['nPlusOne', 'Queries again and again in one transaction or request (N+1)', findings('N+1', 'Times', 'Most in one')],
  ['largeResults', 'Very many rows at once', findings('Large results', 'Times', 'Most rows')],
].map(([name, title, table]) => ({ name, table, node: make('div', { hidden: true }, make('h3', {}, title), table.node) }));

function showQueries({ queries }) {
  statements.show(queries.statements);
  summary.textContent = `${number(queries.total.count)} statements since the start, ${number(queries.total.slow)} slow (${millis(queries.slowThresholdMillis)} or more), ${number(queries.total.failed)} failed; in the last hour p95 ${millis(queries.lastHour.p95Millis)}.`
    + (queries.others.count ? ` ${number(queries.others.count)} were of so many texts that they are not listed one by one.` : '');
  for (const { name, table, node } of insights) {
    node.hidden = !queries[name]?.length;
    table.show(queries[name] ?? []);
  }
}

const summary = make('p', { class: 'quiet' });

// Advice

const RANK = { LOW: 1, INFO: 1, MEDIUM: 2, WARNING: 2, HIGH: 3, CRITICAL: 4 };

const advice = new Table({
  label: 'Advice', key: row => row.id, sort: 2, empty: 'Nothing is advised.',
  columns: [
    { title: 'What', value: row => row.subject, text: row => row.text },
    { title: 'Kind', value: row => row.kind, text: row => word(row.kind), wide: true },
    { title: 'Severity', value: row => RANK[row.severity] ?? 0, text: row => word(row.severity) },
  ],
  detail: row => [
    row.sql && make('pre', {}, row.sql),
    row.evidence && [
      make('h3', {}, `Before${cost(row.evidence.costBefore)}`), make('pre', {}, row.evidence.planBefore),
      make('h3', {}, `After${cost(row.evidence.costAfter)}`), make('pre', {}, row.evidence.planAfter),
      make('p', { class: 'quiet' }, `Planned ${row.evidence.method}, for:`),
      row.evidence.statements.map(statement => make('pre', {}, statement.text)),
    ],
  ].flat(2).filter(Boolean),
});

const cost = value => (value === undefined ? '' : `, cost ${number(value)}`);
const adviceMade = make('p', { class: 'quiet' });

function showAdvice({ advice: section }) {
  advice.show(section.advice);
  adviceMade.textContent = section.running ? 'It is being looked for.'
    : section.startedAt ? `Found ${moment(section.startedAt)} in ${millis(duration(section.duration))}, with ${section.statements} statements planned.${section.problems.map(problem => ` ${problem}`).join('')}`
      : 'Nobody has looked yet.';
}

// Caches and pools

const caches = new Table({
  label: 'Caches', key: row => row.name, sort: 0, descending: false, empty: 'Nothing is cached.',
  columns: [
    { title: 'Cache', value: row => row.name, text: row => row.name },
    { title: 'Hit rate', number: true, value: row => row.hitRate, text: row => (row.hits + row.misses ? percent(row.hitRate) : '–') },
    measure('Hits', row => row.hits, number),
    measure('Misses', row => row.misses, number),
    { title: 'Size', number: true, value: row => row.size, text: row => `${number(row.size)} of ${number(row.maximumSize)}` },
    measure('Mean load', row => row.meanLoadMillis, millis, true),
    measure('Invalidated', row => row.invalidations, number, true),
    { title: '', stamp: allowed, node: row => button('clear-cache', 'Clear', { name: row.name }) },
  ],
});

const cacheAdvice = new Table({
  label: 'What would be better cached, or not', key: row => row.method + row.kind, sort: 1, empty: '',
  columns: [
    { title: 'Advice', value: row => row.method, text: row => row.text },
    measure('Saved an hour', row => row.savedMillisPerHour, millis),
    { title: 'Hit rate', number: true, value: row => row.hitRate, text: row => percent(row.hitRate) },
  ],
});

function showCache({ cache }) {
  caches.show(cache.caches);
  cacheAdvice.show(cache.advice);
  cacheAdvice.node.hidden = !cache.advice.length;
}

const pools = new Table({
  label: 'Pools of connections', key: row => row.name, sort: 0, descending: false, empty: 'No pool of ours.',
  columns: [
    { title: 'Pool', value: row => row.name, text: row => row.name },
    { title: 'Use', number: true, value: row => row.utilisation, text: row => percent(row.utilisation) },
    measure('Active', row => row.active, number),
    measure('Idle', row => row.idle, number),
    measure('Waiting', row => row.waiting, number),
    measure('Maximum', row => row.maximum, number),
  ],
});

const held = new Table({
  label: 'Connections in use', key: row => row.pool + row.thread, sort: 1, empty: '',
  columns: [
    { title: 'Pool', value: row => row.pool, text: row => row.pool },
    { title: 'For', number: true, value: row => duration(row.lasting), text: row => millis(duration(row.lasting)) },
    { title: 'Taken by', value: row => row.operation ?? '', text: row => row.operation ?? '–' },
    { title: 'Now in', value: row => row.method ?? '', text: row => row.method ?? '–' },
    { title: 'Thread', value: row => row.thread ?? '', text: row => row.thread ?? '–', wide: true },
  ],
});

function showPools({ pools: now }) {
  const uses = now.flatMap(pool => pool.held ?? []);
  pools.show(now);
  held.show(uses);
  held.node.hidden = !uses.length;
}

// What was done to the database

const outcome = good => (good ? 'yes' : 'no');

const migrations = new Table({
  label: 'Migrations', key: row => row.history + row.script + row.installedOn, sort: 3, empty: 'None.',
  columns: [
    { title: 'Version', value: row => row.version ?? '', text: row => row.version ?? '–' },
    { title: 'Description', value: row => row.description, text: row => row.description },
    { title: 'Script', value: row => row.script, text: row => row.script, wide: true },
    { title: 'Installed', value: row => Date.parse(row.installedOn ?? 0), text: row => (row.installedOn ? moment(row.installedOn) : '–') },
    { title: 'Took', number: true, value: row => duration(row.duration), text: row => millis(duration(row.duration)) },
    { title: 'Success', value: row => String(row.success), text: row => outcome(row.success) },
    { title: 'History', value: row => row.history, text: row => row.history, wide: true },
  ],
});

const runs = new Table({
  label: 'Runs of the optimizer', key: row => row.id, sort: 0, empty: 'It has not run yet.',
  columns: [
    { title: 'Started', value: row => Date.parse(row.startedAt), text: row => moment(row.startedAt) },
    { title: 'State', value: row => row.state, text: row => word(row.state) },
    { title: 'Cause', value: row => row.cause, text: row => word(row.cause), wide: true },
    { title: 'Took', number: true, value: row => duration(row.duration), text: row => millis(duration(row.duration)) },
    { title: 'Before', number: true, value: row => row.bytesBefore, text: row => bytes(row.bytesBefore) },
    { title: 'After', number: true, value: row => row.bytesAfter, text: row => bytes(row.bytesAfter) },
    { title: 'Instance', value: row => row.instance, text: row => row.instance, wide: true },
  ],
  detail: row => make('ul', {}, row.steps.map(step => make('li', {}, make('b', {}, step.step), ` ${word(step.outcome)}, ${millis(duration(step.duration))}: ${step.message}`))),
});

function checkpointed({ leftTo, last }) {
  if (leftTo) return `left to ${leftTo}.`;
  if (!last) return good(false, 'none was made.');
  const behind = last.logPages - last.checkpointedPages;
  return good(behind <= 0, behind > 0
    ? `${number(behind)} pages of the log could not be copied yet, as somebody reads what was there before.` : 'all of the log is in the database.');
}

const nextRun = make('p', { class: 'quiet' });

function showMaintenance({ maintenance }) {
  runs.show(maintenance.recent);
  nextRun.textContent = maintenance.running ? 'It is running.' : maintenance.nextRun ? `Next run ${moment(maintenance.nextRun)}.` : 'It runs when it is asked.';
}

const backups = new Table({
  label: 'Backups', key: row => row.name, sort: 1, empty: 'There is none yet.',
  columns: [
    { title: 'Backup', value: row => row.name, text: row => row.name },
    { title: 'Made', value: row => Date.parse(row.createdAt), text: row => moment(row.createdAt) },
    { title: 'Size', number: true, value: row => row.size, text: row => bytes(row.size) },
    { title: 'Verified', value: row => String(row.verified), text: row => row.problem ?? outcome(row.verified) },
    { title: 'Kept as', wide: true, text: row => [row.engine, row.compressed && 'compressed', row.encrypted && 'encrypted'].filter(Boolean).join(', ') || '–' },
    {
      title: '',
      stamp: allowed,
      node: row => [
        button('verify', 'Verify', { name: row.name, describe: answer => good(answer.verified, answer.verified ? 'it is sound.' : answer.problem ?? 'it is not sound.') }),
        ' ',
        button('restore', 'Restore', { name: row.name, question: `The database becomes what it was at ${moment(row.createdAt)}. What was written since is lost, but for the backup that is made before.` }),
      ],
    },
  ],
});

const backupState = make('p', { class: 'quiet' });

function showBackups({ backups: section }) {
  backups.show(section.backups);
  backupState.textContent = [
    section.running && 'At work now.',
    section.lastFailure && `Last failure ${moment(section.lastFailureAt)}: ${section.lastFailure}`,
  ].filter(Boolean).join(' ');
}

const settings = new Table({
  label: 'Settings that were read back', key: row => row.name, sort: 0, descending: false, empty: 'None.',
  columns: [
    { title: 'Setting', value: row => row.name, text: row => row.name },
    { title: 'In force', value: row => String(row.actual), text: row => String(row.actual ?? '–') },
    { title: 'Expected', value: row => String(row.expected ?? ''), text: row => String(row.expected ?? '–') },
    { title: 'As expected', value: row => String(row.same), text: row => outcome(row.same) },
  ],
});

function showSettings({ settings: { applied, differing } }) {
  settings.show(applied.map(setting => ({ ...setting, same: !differing.includes(setting.name) })));
}

// The parts of the page: what each needs of the endpoint, how often, and how it is shown

const charts = new Charts(body('charts'));

const parts = [
  { id: 'health', needs: ['health', 'alerts'], every: QUICK, show: showHealth, nodes: [alertList, looked, make('details', {}, make('summary', {}, 'Alerts that are over'), pastAlerts.node)] },
  { id: 'charts', needs: ['history', 'pools'], every: QUICK, show: ({ history, pools: now }) => charts.show(history ?? {}, now ?? []), nodes: [] },
  { id: 'queries', needs: ['queries'], every: QUICK, show: showQueries, nodes: [summary, statements.node, ...insights.map(({ node }) => node)] },
  { id: 'advice', needs: ['advice'], every: SLOW, show: showAdvice, nodes: [adviceMade, advice.node], actions: () => [button('advise', 'Look now', { describe: answer => (answer.running ? 'it goes on; what is found comes by itself.' : `${answer.advice.length} advised.`) })] },
  { id: 'cache', needs: ['cache'], every: QUICK, show: showCache, nodes: [caches.node, cacheAdvice.node], actions: () => [button('clear-cache', 'Clear all')] },
  { id: 'pools', needs: ['pools'], every: QUICK, show: showPools, nodes: [pools.node, held.node] },
  { id: 'migrations', needs: ['migrations'], every: SLOW, show: ({ migrations: now }) => migrations.show(now), nodes: [migrations.node] },
  {
    id: 'maintenance', needs: ['maintenance'], every: SLOW, show: showMaintenance, nodes: [nextRun, runs.node],
    actions: () => [
      button('optimize', 'Optimize', { question: 'The optimizer runs now, beside everybody’s work.', describe: answer => good(answer.success, `${answer.success ? 'done' : 'some steps failed'} in ${millis(duration(answer.duration))}.`) }),
      button('optimize', 'Only say what it would do', { more: { dryRun: true }, describe: answer => answer.steps.map(step => `${step.step}: ${step.message}`).join(' ') }),
      button('checkpoint', 'Checkpoint', { describe: checkpointed }),
    ],
  },
  { id: 'backups', needs: ['backups'], every: SLOW, show: showBackups, nodes: [backupState, backups.node], actions: () => [button('backup', 'Back up now', { describe: answer => `${answer.name}, ${bytes(answer.size)}.` })] },
  { id: 'settings', needs: ['settings'], every: SLOW, show: showSettings, nodes: [settings.node] },
];

const ALWAYS = ['pools', 'settings'];

function build() {
  for (const part of parts) {
    body(part.id).append(...part.nodes);
    part.bar = make('div', { class: 'tools' });
    body(part.id).after(part.bar);
  }
  byId('charts').append(charts.numbers);
}

let arranged;

/** Shows those parts that the application has, and the actions that it allows; nothing moves while these are the same. */
function arrange() {
  const stamp = JSON.stringify(about);
  if (stamp === arranged) return;
  arranged = stamp;
  const known = new Set([...about.sections, ...ALWAYS]);
  const shown = parts.filter(part => known.has(part.needs[0]));
  for (const part of parts) {
    byId(part.id).hidden = !shown.includes(part);
    part.asked = part.needs.filter(section => known.has(section));
    part.at = undefined;
    part.bar.replaceChildren(...(part.actions?.() ?? []).filter(Boolean));
  }
  document.querySelector('nav').replaceChildren(...shown.map(part => make('a', { href: `#${part.id}` }, byId(part.id).dataset.title)));
  byId('engine').textContent = about.engine ? `${about.flavour} ${about.version}` : 'The database does not answer.';
  document.title = about.engine ? `Dovetail: ${about.flavour}` : 'Dovetail';
}

// Going on

let paused = false;
let silentSince;
let learning;
let learned;

/** Asks for what is due; for everything, whose state an action may have changed, also what has just been asked for. */
async function refresh(everything = false) {
  // Whoever was silent may have been started anew, as another version or with other rules. Only the first time it is waited for.
  const known = learn(everything).catch(failure => { if (!about.sections.length || isOutage(failure)) unanswered(failure); });
  if (!about.sections.length) await known;
  const answers = new Map();
  const once = name => answers.get(name) ?? answers.set(name, ask(name)).get(name);
  const now = performance.now();
  for (const part of parts) {
    const due = everything || (!part.busy && (part.at === undefined || now - part.at >= part.every - 500));
    if (part.asked && !byId(part.id).hidden && due) update(part, once);
  }
}

async function learn(anew) {
  if (!anew && about.engine && performance.now() - learned < SLOW - 500) return;
  learning ??= ask('about').finally(() => { learning = undefined; });
  about = await learning;
  learned = performance.now();
  arrange();
}

/** A part whose answer is still on its way is asked for after that, and keeps no other one waiting. */
async function update(part, once) {
  if (part.busy) {
    part.next = once;
    return;
  }
  part.busy = true;
  part.at = performance.now();
  try {
    const answers = await Promise.all(part.asked.map(async name => [name, await once(name)]));
    await part.show(Object.fromEntries(answers));
    note(part, '');
    answered();
  } catch (failure) {
    failed(part, failure);
  } finally {
    part.busy = false;
  }
  const next = part.next;
  part.next = undefined;
  if (next) await update(part, next);
}

const isOutage = failure => failure instanceof Silent || failure.everywhere;

function failed(part, failure) {
  if (isOutage(failure)) {
    part.at = undefined;
    unanswered(failure);
  } else note(part, failure instanceof Refused ? failure.message : `This could not be shown: ${failure.message}`);
}

function note(part, text) {
  part.note ??= body(part.id).parentNode.insertBefore(make('p', { class: 'alarm' }), body(part.id));
  say(part.note, text);
  part.note.hidden = !text;
}

function answered() {
  silentSince = undefined;
  byId('outage').hidden = true;
  byId('updated').textContent = 'As of ' + new Date().toLocaleTimeString('en-GB');
}

function unanswered(failure) {
  learned = undefined;
  silentSince ??= new Date();
  const outage = byId('outage');
  say(outage, failure instanceof Silent
    ? `The application has not answered since ${silentSince.toLocaleTimeString('en-GB')}. What you see is what it said last.`
    : failure.message);
  outage.hidden = false;
}

// A page that nobody looks at asks nothing.
setInterval(() => { if (!paused && !document.hidden) refresh(); }, QUICK);
document.addEventListener('visibilitychange', () => { if (!paused && !document.hidden) refresh(); });

byId('pause').addEventListener('click', event => {
  paused = !paused;
  event.currentTarget.setAttribute('aria-pressed', paused);
  event.currentTarget.textContent = paused ? 'Go on' : 'Pause';
  if (!paused) refresh(true);
});

// Dark and light: as the system says, until somebody says otherwise.

const prefersDark = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => (document.documentElement.dataset.theme ?? (prefersDark.matches ? 'dark' : 'light')) === 'dark';

function applyTheme() {
  byId('theme').textContent = isDark() ? 'Light' : 'Dark';
  parts.find(part => part.id === 'charts').at = undefined;
}

// A browser that keeps nothing for anybody refuses even to be asked.
function storage() {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

const remembered = storage()?.getItem('dovetail-theme');
if (remembered) document.documentElement.dataset.theme = remembered;
prefersDark.addEventListener('change', applyTheme);
byId('theme').addEventListener('click', () => {
  document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
  storage()?.setItem('dovetail-theme', document.documentElement.dataset.theme);
  applyTheme();
  refresh();
});

build();
applyTheme();
refresh();
