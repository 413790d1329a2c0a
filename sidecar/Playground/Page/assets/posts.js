// Posts and what hangs on them: attachments, buttons, menus, reactions, edits.

import { fileAddress } from './api.js';
import { emoji, quick } from './emoji.js';
import { inline, make, markdown } from './markdown.js';

const time = (at, zone, how) => new Intl.DateTimeFormat('en-GB', { ...how, ...(zone ? { timeZone: zone } : {}) }).format(new Date(at));
export const clock = (at, zone) => time(at, zone, { hour: '2-digit', minute: '2-digit' });
export const day = (at, zone) => time(at, zone, { weekday: 'long', day: 'numeric', month: 'long' });
export const moment = (at, zone) => time(at, zone, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

const initials = (name) => name.split(/\s+/).map((word) => word[0]).slice(0, 2).join('').toUpperCase();
const shade = (id) => [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 6, 7);
const colours = { good: 'good', warning: 'warning', danger: 'danger' };

// To choose is to press: a key that would choose in a closed menu opens it instead, so that nothing is pressed in passing.
export function openFirst(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || (event.key.length > 1 && !event.key.startsWith('Arrow'))) return;
  event.preventDefault();
  event.currentTarget.showPicker();
}

function action(post, one, acts) {
  if (one.type === 'select')
    return make('select', { 'aria-label': one.name, disabled: one.disabled, onkeydown: openFirst, onchange: (event) => event.target.value && acts.press(post, one, event.target.value) },
      make('option', { value: '' }, one.name),
      ...(one.options ?? []).map((option) => make('option', { value: option.value, selected: option.value === one.default_option }, option.text)));
  return make('button', {
    type: 'button', disabled: one.disabled, class: ['primary', 'good', 'success'].includes(one.style) ? 'primary' : one.style === 'danger' ? 'danger' : null,
    onclick: async (event) => {
      const button = event.currentTarget;
      button.disabled = true; // until it is answered, as in Mattermost: no second click by mistake
      await acts.press(post, one, '');
      button.disabled = false;
    },
  }, ...inline(one.name));
}

function attachment(post, one, acts) {
  const title = one.title_link ? `[${one.title}](${one.title_link})` : one.title;
  return make('div', { class: `attachment ${colours[one.color] ?? ''}` },
    one.pretext ? make('div', {}, ...markdown(one.pretext, acts.context)) : '',
    one.author_name ? make('p', { class: 'author' }, one.author_name) : '',
    title ? make('p', { class: 'title' }, ...inline(title, acts.context)) : '',
    ...markdown(one.text, acts.context),
    one.fields?.length ? make('dl', {}, ...one.fields.map((field) => make('div', { class: field.short ? 'short' : '' },
      make('dt', {}, field.title), make('dd', {}, ...inline(String(field.value ?? ''), acts.context))))) : '',
    one.actions?.length ? make('div', { class: 'buttons' }, ...one.actions.map((each) => action(post, each, acts))) : '',
    one.footer ? make('p', { class: 'footer' }, one.footer) : '');
}

function reactions(post, acts) {
  const given = new Map();
  for (const one of post.metadata?.reactions ?? []) given.set(one.emoji_name, [...(given.get(one.emoji_name) ?? []), one.user_id]);
  return [...given].map(([code, ids]) => {
    const mine = ids.includes(acts.me);
    const names = ids.map((id) => acts.name(id)).join(', ');
    return make('button', { type: 'button', class: 'reaction', 'aria-pressed': String(mine), title: `${names}: :${code}:`, 'aria-label': `${code.replaceAll('_', ' ')}, ${ids.length}, by ${names}`, onclick: () => acts.react(post, code, !mine) },
      emoji(code) ?? `:${code}:`, ` ${ids.length}`);
  });
}

function tools(post, acts, inThread) {
  return make('div', { class: 'tools' },
    ...quick.map((code) => make('button', { type: 'button', tabindex: '-1', 'aria-label': `React with ${code.replaceAll('_', ' ')}`, onclick: () => acts.react(post, code, true) }, emoji(code))),
    inThread ? '' : make('button', { type: 'button', tabindex: '-1', onclick: () => acts.thread(post) }, 'Reply'),
    post.user_id === acts.me ? make('button', { type: 'button', tabindex: '-1', onclick: (event) => edit(event.currentTarget.closest('article'), post, acts) }, 'Edit') : '',
    post.user_id === acts.me ? make('button', { type: 'button', tabindex: '-1', onclick: () => acts.remove(post) }, 'Delete') : '');
}

function edit(article, post, acts) {
  const box = make('textarea', { rows: '3', 'aria-label': 'Edit the message' });
  box.value = post.message;
  const text = article.querySelector('.text');
  const before = [...text.childNodes];
  const holder = article.parentElement;
  article.dataset.editing = 'true'; // what happens to the message meanwhile is drawn when this is over
  const done = () => {
    text.replaceChildren(...before);
    delete article.dataset.editing;
    acts.redraw();
    (holder.querySelector(`[data-post="${CSS.escape(post.id)}"]`) ?? holder).focus();
  };
  const save = async () => { if (await acts.edit(post, box.value)) done(); };
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') { event.stopPropagation(); done(); }
    if (event.key === 'Enter' && !event.shiftKey) { event.preventDefault(); save(); }
  });
  text.replaceChildren(box, make('div', { class: 'buttons' },
    make('button', { type: 'button', class: 'primary', onclick: save }, 'Save'), make('button', { type: 'button', onclick: done }, 'Cancel')));
  box.focus();
}

export function drawPost(post, acts, inThread = false) {
  const person = acts.person(post.user_id);
  const isPrivate = post.type === 'system_ephemeral';
  const fromWebhook = post.props?.from_webhook === 'true';
  // As Mattermost names them: an answer to a command stands under who typed it, marked as a bot's; one to a button is the system's.
  const name = post.props?.override_username || (isPrivate && !fromWebhook && !person?.bot ? 'System' : person?.name) || 'Somebody';
  const isSystem = post.type?.startsWith('system_') && !isPrivate;
  if (isSystem)
    return make('article', { class: 'post system', 'data-post': post.id, tabindex: '-1' }, make('p', {}, ...inline(post.message, acts.context), ' ', make('time', {}, clock(post.create_at, acts.zone))));
  const edited = post.edit_at > 0 ? make('span', { class: 'edited' }, ' (edited)') : '';
  const body = markdown(post.message, acts.context);
  if (edited && body.at(-1)?.tagName === 'P') body.at(-1).append(edited); else if (edited) body.push(edited);
  const replies = inThread || post.root_id ? 0 : acts.replies(post);
  const at = clock(post.create_at, acts.zone);
  return make('article', { class: `post${isPrivate ? ' private' : ''}`, 'data-post': post.id, tabindex: '-1', 'aria-label': `${name}, ${at}${isPrivate ? ', only visible to you' : ''}` },
    make('span', { class: `face shade-${shade(post.user_id)}`, 'aria-hidden': 'true' }, initials(name)),
    make('div', { class: 'body' },
      make('header', {}, make('b', {}, name), person?.bot || fromWebhook ? make('span', { class: 'badge' }, 'BOT') : '', ' ',
        make('time', { datetime: new Date(post.create_at).toISOString(), title: moment(post.create_at, acts.zone) }, at),
        isPrivate ? make('span', { class: 'only' }, '(Only visible to you)') : ''),
      post.root_id && !inThread ? make('button', { type: 'button', class: 'about', onclick: () => acts.thread(post) }, acts.rootWords(post)) : '',
      make('div', { class: 'text' }, ...body),
      ...(post.props?.attachments ?? []).map((one) => attachment(post, one, acts)),
      ...(post.metadata?.files ?? []).map((file) => make('p', {}, make('a', { class: 'file', href: fileAddress(file.id), download: file.name }, `📄 ${file.name}`))),
      make('div', { class: 'reactions' }, ...reactions(post, acts)),
      replies ? make('button', { type: 'button', class: 'replies', onclick: () => acts.thread(post) }, replies === 1 ? '1 reply' : `${replies} replies`) : ''),
    isPrivate ? make('div', { class: 'tools' }, make('button', { type: 'button', tabindex: '-1', onclick: () => acts.dismiss(post) }, 'Hide')) : tools(post, acts, inThread));
}
