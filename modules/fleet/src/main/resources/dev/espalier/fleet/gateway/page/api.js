// Asks the gateway for things, and tells what it says when it refuses.

/** What the gateway answered instead: a problem as RFC 9457 has it, or that nobody answered. */
export class Trouble extends Error {
  constructor(status, title, detail) {
    super(detail || title);
    this.status = status;
    this.title = title;
  }
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, {headers: {accept: 'application/json'}, ...options});
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    throw new Trouble(0, 'No answer', 'The gateway does not answer.');
  }
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Trouble(response.status, problem.title ?? `Refused (${response.status})`, problem.detail ?? '');
  }
  return response;
}

/** The JSON at `path`. */
export async function get(path, signal) {
  return (await ask(path, {signal})).json();
}

/** A part of a list, and the path of the next one; undefined behind the last. */
export async function part(path, signal) {
  const response = await ask(path, {signal});
  const next = /<([^>]*)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
  return {items: await response.json(), next};
}

/** What the gateway answers to `body`. */
export async function post(path, body, type) {
  const headers = {accept: 'application/json', ...(type ? {'content-type': type} : {})};
  return (await ask(path, {method: 'POST', body, headers})).json();
}

/** `digest` as part of a path. */
export function named(digest) {
  return encodeURIComponent(digest.replace('sha256:', ''));
}

/** The words of what was thrown; nothing when it was only broken off. */
export function words(error) {
  return error.name === 'AbortError' ? '' : error.message;
}
