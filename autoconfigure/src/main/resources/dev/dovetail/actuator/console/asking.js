// Asks the endpoint `dovetail`, and says in words what it means when it does not answer.

const PATIENCE = 20000;

// Whom Spring Security sees ask like this it answers a plain 401; all others it may have the browser ask for a password, each time.
const HEADERS = { Accept: 'application/json', 'X-Requested-With': 'XMLHttpRequest' };

// The page was told where the endpoint is, seen from itself: nobody else knows what a proxy puts in front.
const endpoint = document.documentElement.dataset.endpoint;

let heard = 0;

/** The application answers, but not what was asked for. Everywhere: as it would anything else. */
export class Refused extends Error {

  constructor(message, everywhere = false) {
    super(message);
    this.everywhere = everywhere;
  }
}

/** The application does not answer at all. */
export class Silent extends Error {}

/** What a section shows. */
export async function ask(section) {
  const asked = performance.now();
  try {
    return await answer(section, { signal: AbortSignal.timeout(PATIENCE) });
  } catch (failure) {
    // While it answers others, something is wrong with this question only.
    if (failure instanceof Silent && heard > asked) throw new Refused(failure.message);
    throw failure;
  }
}

/** Has something done, however long that takes. */
export function act(action, parameters) {
  return answer(action, {
    method: 'POST',
    headers: { ...HEADERS, 'Content-Type': 'application/json', ...csrf() },
    body: JSON.stringify(parameters),
  });
}

async function answer(path, options) {
  let response;
  let text;
  try {
    response = await fetch(`${endpoint}/${path}`, {
      headers: HEADERS, cache: 'no-store', redirect: 'manual', ...options,
    });
    text = await response.text();
  } catch (failure) {
    throw new Silent(failure.name === 'TimeoutError' ? `No answer within ${PATIENCE / 1000} s.` : 'The connection was lost.');
  }
  heard = performance.now();
  const found = parsed(text);
  if (response.status === 401) throw new Refused('You are not signed in, or no longer. Load this page again.', true);
  if (response.type === 'opaqueredirect' || (response.ok && found === undefined)) {
    throw new Refused('Something answers with a page of its own, as for signing in. Load this page again.', true);
  }
  if (!response.ok) throw new Refused(reason(response, found, options.method === 'POST'));
  return found;
}

function parsed(text) {
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    return undefined;
  }
}

// What Spring Boot itself says of an error has a status in it, and little else.
function reason(response, found, posted) {
  const own = found?.status === undefined ? found?.error ?? found?.message : undefined;
  return own ?? meaning(response, posted);
}

function meaning({ status, url }, posted) {
  if (status === 403 && posted) {
    return 'You may not do that. Where requests need a token against forgery, this page sends that of the cookie XSRF-TOKEN: with Spring Security, http.csrf(csrf -> csrf.spa()).';
  }
  if (status === 403) return 'You may not read this: the application’s security keeps it from you.';
  if (status === 404) {
    return `There is no ${new URL(url).pathname}: is the endpoint dovetail exposed (management.endpoints.web.exposure.include), and its access not none?`;
  }
  if (status === 405) return 'The application allows no actions: see management.endpoint.dovetail.access.';
  return `The application answered ${status}. Its log says more.`;
}

/** What Spring Security wants to see of a page that changes something. */
function csrf() {
  const token = /(?:^|; )XSRF-TOKEN=([^;]+)/.exec(document.cookie);
  return token ? { 'X-XSRF-TOKEN': decodeURIComponent(token[1]) } : {};
}
