// What the page asks of the playground: Mattermost's own API as the person of this window, and its stream of events.

export const me = new URLSearchParams(location.search).get('as') || 'learning.lead';

export class Refused extends Error {}

async function call(method, path, body) {
  const response = await fetch(path, {
    method,
    headers: { 'X-Learning-As': me, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch(() => { throw new Refused('The playground does not answer. Is it still running?'); });
  const json = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(json.message || `The playground answered ${response.status}.`);
  return json;
}

export const api = (method, path, body) => call(method, `/api/v4${path}`, body);
export const play = (method, path) => call(method, `/play${path}`);
export const fileAddress = (id) => `/api/v4/files/${id}?as=${encodeURIComponent(me)}`;

// Tells of every event, and of each connection, since a window that was away has missed something.
export function listen(onEvent, onConnected) {
  const open = () => {
    const socket = new WebSocket(`ws://${location.host}/play/socket?as=${encodeURIComponent(me)}`);
    socket.onmessage = (message) => {
      const heard = JSON.parse(message.data);
      if (heard.event === 'hello') onConnected();
      else if (heard.event) onEvent(heard);
    };
    socket.onclose = () => setTimeout(open, 1000);
  };
  open();
}
