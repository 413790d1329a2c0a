// The window: who one is, what is open, and what comes in.

import { Refused, api, listen, me as asName, play } from './api.js';
import { composer } from './composer.js';
import { openDialog } from './dialog.js';
import { inline, make } from './markdown.js';
import { day, drawPost, moment, openFirst } from './posts.js';

const at = (id) => document.getElementById(id);
const state = { people: new Map(), channels: [], commands: [], me: '', team: null, channel: null, posts: new Map(), private: new Map(), thread: null, firstUnread: null, now: 0 };

const person = (id) => state.people.get(id);
const channelOf = (id) => state.channels.find((one) => one.id === id);
const zone = () => person(state.me)?.zone || 'Europe/London';
const titleOf = (channel) => channel.type === 'D' ? person(channel.people.find((id) => id !== state.me))?.name ?? 'You'
  : channel.type === 'G' ? channel.people.filter((id) => id !== state.me).map((id) => person(id)?.name).join(', ') : channel.title;

const context = {
  person: (name) => { const found = [...state.people.values()].find((one) => one.username === name); return found && { name: found.name, me: found.id === state.me }; },
  channel: (name) => { const found = state.channels.find((one) => one.name === name && one.type !== 'D'); return found && { title: found.title, open: () => openChannel(found.id) }; },
  // Links to the stand-in are places in this window: /team/channels/name and /team/pl/post.
  inside: (url) => {
    if (!['127.0.0.1', 'localhost'].includes(url.hostname)) return null;
    const [, , kind, what] = url.pathname.split('/');
    if (kind === 'pl') return () => openPost(what);
    if (kind === 'channels') { const found = state.channels.find((one) => one.name === what); return found ? () => openChannel(found.id) : null; }
    if (kind === 'messages') { const found = [...state.people.values()].find((one) => `@${one.username}` === what); return found ? () => openDirect(found.id) : null; }
    return null;
  },
};

const acts = {
  context, person, get me() { return state.me; }, get zone() { return zone(); },
  name: (id) => person(id)?.name ?? 'Somebody',
  replies: (post) => Math.max(post.reply_count ?? 0, [...state.posts.values()].filter((one) => one.root_id === post.id).length),
  rootWords: (post) => { const root = state.posts.get(post.root_id); return `In the thread: ${(root?.message ?? '').split('\n')[0].replace(/[*_`#]/g, '').slice(0, 60) || 'an older message'}`; },
  thread: (post) => openThread(post.root_id || post.id),
  press: (post, action, option) => tell(api('POST', `/posts/${post.id}/actions/${action.id}`, { selected_option: option, cookie: action.cookie ?? '' })),
  react: (post, code, on) => tell(on
    ? api('POST', '/reactions', { user_id: state.me, post_id: post.id, emoji_name: code })
    : api('DELETE', `/users/${state.me}/posts/${post.id}/reactions/${code}`)),
  edit: (post, message) => tell(api('PUT', `/posts/${post.id}/patch`, { message })),
  remove: (post) => confirm('Delete this message?') && tell(api('DELETE', `/posts/${post.id}`)),
  redraw: () => draw(),
  dismiss: (post) => { state.private.delete(post.id); draw(); },
};

// The region is always there, as those who only hear it need it; the same twice is said twice.
function say(text) {
  at('said').replaceChildren(make('span', {}, text));
}

let noteEnds = 0;
function note(text) {
  say(text);
  at('note').replaceChildren(...inline(text));
  at('note').hidden = false;
  clearTimeout(noteEnds);
  noteEnds = setTimeout(() => { at('note').hidden = true; }, Math.max(6000, text.length * 90)); // time to read it
}

async function tell(doing) {
  try { return await doing; } catch (error) { if (!(error instanceof Refused)) throw error; note(error.message); return null; }
}

// Sidebar

function entry(channel) {
  const current = channel.id === state.channel?.id;
  const unread = !current && channel.unread > 0;
  const sign = channel.type === 'P' ? '🔒' : channel.type === 'O' ? '#' : '';
  return make('li', {}, make('button', {
    type: 'button', 'data-place': channel.id, class: unread ? 'unread' : channel.member ? null : 'outside', 'aria-current': current ? 'page' : null, onclick: () => openChannel(channel.id),
  }, sign ? make('span', { class: 'sign', 'aria-hidden': 'true' }, sign) : make('span', { class: 'sign dot', 'aria-hidden': 'true' }, '●'), make('span', { class: 'name' }, titleOf(channel)),
    channel.member ? '' : make('span', { class: 'count' }, 'join'),
    unread ? make('span', { class: 'count', 'aria-label': `${channel.unread} unread` }, String(channel.unread)) : ''));
}

function drawSidebar() {
  const held = document.activeElement?.closest('[data-place]')?.dataset.place;
  at('team').textContent = state.team.title;
  at('channels').replaceChildren(...state.channels.filter((one) => 'OP'.includes(one.type)).sort((a, b) => a.title.localeCompare(b.title)).map(entry));
  const directs = state.channels.filter((one) => 'DG'.includes(one.type));
  const known = new Set(directs.filter((one) => one.type === 'D').flatMap((one) => one.people));
  const others = [...state.people.values()].filter((one) => one.id !== state.me && !known.has(one.id));
  at('directs').replaceChildren(
    ...directs.sort((a, b) => b.last - a.last).map(entry),
    ...others.map((one) => make('li', {}, make('button', { type: 'button', 'data-place': one.id, onclick: () => openDirect(one.id) }, make('span', { class: 'sign dot', 'aria-hidden': 'true' }, '○'), make('span', { class: 'name' }, one.name)))));
  if (held) document.querySelector(`[data-place="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  const unread = state.channels.filter((one) => one.member && one.id !== state.channel?.id).reduce((sum, one) => sum + one.unread, 0);
  document.title = `${unread ? `(${unread}) ` : ''}${state.channel ? titleOf(state.channel) : 'Playground'} · Playground`;
}

// Posts

const shown = (inThread) => [...state.posts.values(), ...[...state.private.values()].filter((one) => one.channel_id === state.channel?.id)]
  .filter((one) => one.delete_at === 0 || !one.delete_at)
  .filter((one) => !inThread || one.id === state.thread || one.root_id === state.thread)
  .sort((a, b) => a.create_at - b.create_at);

// Only what changed is drawn anew, so that a screen reader is told of new posts alone, and nobody loses the button they are on or the text they are changing.
const drawnAs = new WeakMap();
const label = (element) => element.getAttribute('aria-label') ?? element.textContent;
function fill(holder, posts, inThread, firstUnread = null) {
  const held = document.activeElement;
  const article = holder.contains(held) ? held.closest('article') : null;
  const atEnd = holder.scrollHeight - holder.scrollTop - holder.clientHeight < 60;
  const old = new Map([...holder.children].map((child) => [child.dataset.post ?? child.dataset.day, child]));
  const wanted = [];
  let today = '';
  for (const post of posts) {
    const date = day(post.create_at, zone());
    if (date !== today) {
      today = date;
      const rule = old.get(date) ?? make('p', { class: 'day', 'data-day': date }, make('span', {}, date));
      wanted.push(rule);
    }
    if (post.id === firstUnread) wanted.push(old.get('new') ?? make('p', { class: 'day new', 'data-day': 'new' }, make('span', {}, 'New messages')));
    const looks = JSON.stringify([post, inThread || post.root_id ? 0 : acts.replies(post), post.root_id && !inThread ? acts.rootWords(post) : '']);
    let element = old.get(post.id);
    if (!element || (!element.dataset.editing && drawnAs.get(element) !== looks)) {
      element = drawPost(post, acts, inThread);
      drawnAs.set(element, looks);
    }
    wanted.push(element);
  }
  [...holder.children].filter((child) => !wanted.includes(child)).forEach((child) => child.remove());
  wanted.forEach((element, index) => { if (holder.children[index] !== element) holder.insertBefore(element, holder.children[index] ?? null); });
  if (article && !article.isConnected) {
    const anew = wanted.find((one) => one.dataset.post === article.dataset.post);
    const same = anew && [...anew.querySelectorAll('button, a, select')].find((one) => one.tagName === held.tagName && label(one) === label(held));
    (same ?? anew ?? holder).focus({ preventScroll: true });
  }
  const mine = posts.at(-1)?.user_id === state.me && !old.has(posts.at(-1).id);
  if (atEnd || mine) holder.scrollTop = holder.scrollHeight;
}

function draw() {
  drawSidebar();
  if (!state.channel) return;
  at('title').textContent = `${state.channel.type === 'O' ? '~' : ''}${titleOf(state.channel)}`;
  at('about').textContent = state.channel.type === 'D' ? person(state.channel.people.find((id) => id !== state.me))?.about ?? '' : '';
  at('message').placeholder = `Write to ${titleOf(state.channel)}, or type /learn`;
  fill(at('posts'), shown(false), false, state.firstUnread);
  at('thread').hidden = !state.thread;
  if (state.thread) fill(at('replies'), shown(true), true);
}

// Arrow keys go from message to message; what can be done with one is in the way of Tab only where one is.
for (const holder of [at('posts'), at('replies')]) {
  holder.addEventListener('keydown', (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    const all = [...holder.querySelectorAll('article')];
    if (!steps || !all.length || ![holder, ...all].includes(event.target)) return;
    event.preventDefault();
    const from = event.target === holder ? all.length - (steps < 0 ? 0 : 1) : all.indexOf(event.target);
    all[Math.min(all.length - 1, Math.max(0, from + steps))].focus();
  });
  const reach = (event) => event.target.closest('article')?.querySelectorAll('.tools button').forEach((one) => { one.tabIndex = event.type === 'focusin' ? 0 : -1; });
  holder.addEventListener('focusin', reach);
  holder.addEventListener('focusout', reach);
}

const pane = (name) => { document.body.dataset.pane = name; };

// What is heard while an answer is on its way may not stand in it: then it is asked for again.
let heardSoFar = 0;
async function whileNothingIsHeard(ask) {
  for (let tries = 0; ; tries++) {
    const before = heardSoFar;
    const answer = await ask();
    if (heardSoFar === before || tries === 5) return answer;
  }
}

async function loadPosts() {
  const { id } = state.channel;
  const list = await whileNothingIsHeard(() => api('GET', `/channels/${id}/posts?per_page=200`));
  if (state.channel.id === id) state.posts = new Map(Object.values(list.posts).filter((one) => !one.delete_at).map((one) => [one.id, one]));
}

// Where somebody left off: the last messages of others, as many as the channel counts unread.
function markUnread(channel) {
  const others = shown(false).filter((one) => one.user_id !== state.me && !one.type?.startsWith('system_'));
  state.firstUnread = channel.unread > 0 ? others.at(-channel.unread)?.id ?? others[0]?.id ?? null : null;
}

async function seen(channel) {
  channel.unread = 0;
  await play('POST', `/seen/${channel.id}`);
}

let opening = 0;
async function openChannel(id, keepThread = false) {
  const turn = ++opening;
  const channel = channelOf(id);
  if (!channel) return;
  if (!channel.member) {
    if (!await tell(api('POST', `/channels/${id}/members`, { user_id: state.me }))) return;
    channel.member = true;
  }
  const isAnother = state.channel?.id !== id;
  state.channel = channel;
  if (!keepThread) state.thread = null;
  await tell(loadPosts());
  if (turn !== opening) return;
  markUnread(channel);
  if (isAnother) at('posts').replaceChildren();
  pane(state.thread ? 'thread' : 'channel');
  draw();
  at('posts').scrollTop = at('posts').scrollHeight;
  await seen(channel);
  drawSidebar();
}

async function openDirect(id) {
  const channel = await tell(api('POST', '/channels/direct', [state.me, id]));
  if (!channel) return;
  if (!channelOf(channel.id))
    state.channels.push({ id: channel.id, name: channel.name, title: '', type: 'D', member: true, people: [state.me, id], unread: 0, last: 0 });
  await openChannel(channel.id);
}

async function openPost(id) {
  const post = await tell(api('GET', `/posts/${id}`));
  if (!post) return;
  if (state.channel?.id !== post.channel_id) await openChannel(post.channel_id);
  openThread(post.root_id || post.id);
  document.querySelector(`#replies [data-post="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'center' });
}

function openThread(id) {
  state.thread = id;
  at('replies').replaceChildren();
  pane('thread');
  draw();
  at('replies').scrollTop = at('replies').scrollHeight;
  at('reply').focus({ preventScroll: true });
}

function closeThread() {
  const id = state.thread;
  state.thread = null;
  pane('channel');
  draw();
  (document.querySelector(`#posts [data-post="${CSS.escape(id ?? '')}"] .replies`) ?? at('message')).focus();
}

// What comes in

const soon = (() => { let due = 0; return () => { clearTimeout(due); due = setTimeout(async () => { await tell(loadState()); draw(); }, 50); }; })();

const hear = {
  posted(data) {
    const post = JSON.parse(data.post);
    const channel = channelOf(post.channel_id);
    if (!channel || (channel.type === 'D' && !channel.last)) soon();
    if (channel) channel.last = Math.max(channel.last, post.create_at);
    if (post.channel_id !== state.channel?.id) {
      if (channel && post.user_id !== state.me && !post.type?.startsWith('system_')) channel.unread++;
      drawSidebar();
      return;
    }
    state.posts.set(post.id, post);
    const root = state.posts.get(post.root_id);
    if (root) root.reply_count = Math.max(root.reply_count ?? 0, post.reply_count ?? 0);
    draw();
    seen(state.channel).catch(() => {});
  },
  post_edited(data) {
    const post = JSON.parse(data.post);
    const known = state.posts.get(post.id);
    if (!known) return;
    state.posts.set(post.id, { ...post, reply_count: Math.max(known.reply_count ?? 0, post.reply_count ?? 0) });
    draw();
  },
  post_deleted(data) {
    const { id } = JSON.parse(data.post);
    state.posts.delete(id);
    for (const reply of [...state.posts.values()].filter((one) => one.root_id === id)) state.posts.delete(reply.id);
    if (state.thread === id) state.thread = null;
    draw();
  },
  ephemeral_message(data) {
    const post = JSON.parse(data.post);
    // The clock may stand still; what is said after a message stands below it all the same.
    post.create_at = Math.max(post.create_at, ...[...state.posts.values()].map((one) => one.create_at + 0.5));
    state.private.set(post.id, post);
    if (post.channel_id === state.channel?.id && state.thread && state.thread !== post.root_id) note('An answer that only you see stands in the channel.');
    draw();
  },
  reaction_added: (data) => reacted(JSON.parse(data.reaction), true),
  reaction_removed: (data) => reacted(JSON.parse(data.reaction), false),
  open_dialog(data) {
    openDialog(at('dialog'), JSON.parse(data.dialog), (opened, submission, cancelled) => api('POST', '/actions/dialogs/submit', {
      url: opened.url, callback_id: opened.dialog.callback_id, state: opened.dialog.state, submission, cancelled, channel_id: state.channel.id, team_id: state.team.id,
    }), context);
  },
  playground_clock: (data) => showTime(data.now),
  playground_content({ changed, broken }) {
    const failed = broken.find((one) => changed.includes(one.path));
    if (failed) note(`${failed.path}${failed.line ? `, line ${failed.line}` : ''}: ${failed.finding}`);
    else if (changed.length) note(`Read anew: ${changed.join(', ')}. What is open keeps its text; from the next round on it is the new one.`);
  },
  user_added: soon, user_removed: soon, channel_created: soon, channel_updated: soon, channel_deleted: soon, channel_restored: soon, direct_added: soon, group_added: soon,
};

function reacted(reaction, on) {
  const post = state.posts.get(reaction.post_id);
  if (!post) return;
  const others = (post.metadata?.reactions ?? []).filter((one) => one.user_id !== reaction.user_id || one.emoji_name !== reaction.emoji_name);
  post.metadata = { ...post.metadata, reactions: on ? [...others, reaction] : others };
  draw();
}

// Clock and people

function showTime(now) {
  state.now = now;
  at('now').textContent = `${moment(now, zone())} ${zone().split('/').at(-1).replaceAll('_', ' ')}`;
  at('now').title = `As your clock shows it, in ${zone()}`;
  at('now').dateTime = new Date(now).toISOString();
}

for (const button of document.querySelectorAll('.clock button'))
  button.addEventListener('click', async () => {
    document.querySelectorAll('.clock button').forEach((one) => { one.disabled = true; });
    const moved = await tell(play('POST', `/clock?by=${button.dataset.by}`));
    document.querySelectorAll('.clock button').forEach((one) => { one.disabled = false; });
    button.focus();
    if (!moved) return;
    showTime(moved.now);
    if (!moved.happened) note(button.dataset.by === 'next' ? 'Nothing happens in the next two months.' : 'Nothing that anybody can see happened.');
  });

function drawPeople() {
  const playing = [...state.people.values()].filter((one) => one.plays);
  at('as').replaceChildren(...playing.map((one) => make('option', { value: one.username, selected: one.id === state.me }, `${one.name} (${one.about})`)));
  const next = playing[(playing.findIndex((one) => one.id === state.me) + 1) % playing.length];
  at('other').href = `/?as=${encodeURIComponent(next.username)}`;
  at('other').title = `Open a second window as ${next.name}`;
}
at('as').addEventListener('keydown', openFirst);
at('as').addEventListener('change', (event) => { location.search = `?as=${encodeURIComponent(event.target.value)}`; });

async function loadState() {
  const read = await whileNothingIsHeard(() => play('GET', '/state'));
  state.people = new Map(read.people.map((one) => [one.id, one]));
  Object.assign(state, { me: read.me, team: read.team, commands: read.commands, channels: read.channels, first: read.first });
  at('folder').textContent = read.content;
  if (state.channel) {
    const same = channelOf(state.channel.id);
    if (same) same.unread = 0; else state.channels.push(state.channel);
    state.channel = same ?? state.channel;
  }
  showTime(read.now);
}

composer({
  form: at('composer'), box: at('message'), list: at('suggestions'), usage: at('usage'), trouble: at('trouble'), commands: () => state.commands, say,
  send: (text) => send(text, ''),
});
composer({
  form: at('reply-composer'), box: at('reply'), list: at('reply-suggestions'), usage: at('reply-usage'), trouble: at('reply-trouble'), commands: () => state.commands, say,
  send: (text) => send(text, state.thread),
});

function send(text, root) {
  return text.startsWith('/')
    ? api('POST', '/commands/execute', { command: text, channel_id: state.channel.id, team_id: state.team.id, root_id: root })
    : api('POST', '/posts', { channel_id: state.channel.id, root_id: root, message: text });
}

at('back').addEventListener('click', () => { pane('sidebar'); at('sidebar').querySelector('[aria-current]')?.focus(); });
at('close').addEventListener('click', closeThread);
document.addEventListener('keydown', (event) => { if (event.key === 'Escape' && state.thread && !at('dialog').open) closeThread(); });

async function begin() {
  await loadState();
  drawPeople();
  // A window that does not listen yet would miss what is told once, such as an answer that only its person sees: so it opens, and opens anew, with a connection.
  listen((heard) => { heardSoFar++; hear[heard.event]?.(heard.data); }, async () => {
    await tell(loadState());
    const isFirst = !state.channel;
    await openChannel((state.channel ?? state.channels.find((one) => one.name === state.first) ?? state.channels[0]).id, true);
    if (isFirst) at('message').focus();
  });
}

begin().catch((error) => {
  at('posts').replaceChildren(make('p', { class: 'error', role: 'alert' }, `${error.message} `, asName === 'learning.lead' ? '' : make('a', { href: '/' }, 'Begin as the facilitator')));
});
