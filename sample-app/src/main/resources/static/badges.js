// The page of the badge registry. Everything that comes from the server is set as text, never as markup.

const SHOWN = 10;
const SELECTABLE = 100;

const byId = id => document.getElementById(id);
const badgesById = new Map();

/** Answers the JSON, or throws what the problem details say. */
async function call(path, options) {
  const response = await fetch(path, options);
  const body = await response.json();
  if (!response.ok) {
    const fields = (body.errors ?? []).map(error => `${error.field} ${error.message}`);
    throw new Error(fields.join(', ') || body.detail || response.statusText);
  }
  return body;
}

function element(name, text, className = '') {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

async function showDatabase() {
  const line = byId('database');
  // 503 has a body too: it says what is wrong.
  const health = await (await fetch('actuator/health')).json();
  const details = health.components?.dovetail?.details ?? {};
  const name = `${details.flavour ?? 'Database'} ${details.version ?? ''}`.trim();
  line.className = health.status === 'UP' ? 'up' : 'down';
  line.textContent = [name, health.status, ...(details.issues ?? [])].join(' · ');
}

async function showBadges() {
  const { content, page } = await call(`api/badges?size=${SELECTABLE}`);
  content.forEach(badge => badgesById.set(badge.id, badge));
  byId('badge-count').textContent = page.totalElements.toLocaleString();
  byId('award').elements.badgeId.replaceChildren(...content.map(badge => new Option(badge.name, badge.id)));
  byId('badges').replaceChildren(...content.map(badge => {
    const item = document.createElement('li');
    item.append(element('strong', badge.name), element('p', badge.description));
    return item;
  }));
  if (content.length === 0) {
    byId('badges').append(element('li', 'There is no badge yet. POST one to /api/badges.', 'quiet'));
  }
}

async function badgeName(id) {
  if (!badgesById.has(id)) {
    badgesById.set(id, await call(`api/badges/${id}`));
  }
  return badgesById.get(id).name;
}

async function row(assertion) {
  const cells = document.createElement('tr');
  cells.append(
    element('td', new Date(assertion.issuedAt).toLocaleString()),
    element('td', assertion.recipient),
    element('td', await badgeName(assertion.badgeId)),
    assertion.revoked ? element('td', `revoked: ${assertion.revocationReason}`, 'alarm') : element('td', 'valid'));
  return cells;
}

async function showAssertions() {
  const { content } = await call(`api/assertions?size=${SHOWN}`);
  byId('assertions').replaceChildren(...await Promise.all(content.map(row)));
}

async function award(event) {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector('button');
  const outcome = byId('outcome');
  button.disabled = true;
  try {
    const awarded = await call('api/assertions', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(Object.fromEntries(new FormData(form))),
    });
    outcome.className = 'quiet';
    outcome.textContent = `Awarded to ${awarded.recipient}.`;
    form.elements.recipient.value = '';
    await showAssertions();
  } catch (error) {
    outcome.className = 'alarm';
    outcome.textContent = error.message;
  } finally {
    button.disabled = false;
  }
}

function failed(error) {
  byId('database').className = 'down';
  byId('database').textContent = `The application does not answer: ${error.message}`;
}

byId('award').addEventListener('submit', award);
showDatabase().catch(failed);
showBadges().then(showAssertions).catch(failed);
