// Markdown as Mattermost shows it, into elements: nothing that somebody wrote is ever read as HTML.

import { emoji } from './emoji.js';

export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ''));
  return element;
}

// Where something between two marks ends; the order matters, since code holds no Markdown.
const marks = [
  [/^(`+)([\s\S]*?[^`])\1(?!`)/, (found) => make('code', {}, found[2].replace(/^ (.*) $/, '$1'))],
  [/^!?\[((?:[^\[\]\\]|\\.|\[[^\]]*\])*)\]\(\s*<?([^\s<>()]*(?:\([^\s()]*\)[^\s<>()]*)*)>?(?:\s+"[^"]*")?\s*\)/, (found, context) => link(found[2], inline(found[1], context), context) ?? found[0]],
  [/^<(https?:\/\/[^\s<>]+)>/, (found, context) => link(found[1], [found[1]], context)],
  [/^\*\*\*(?=\S)([\s\S]*?\S)\*\*\*/, (found, context) => make('strong', {}, make('em', {}, ...inline(found[1], context)))],
  [/^\*\*(?=\S)([\s\S]*?\S)\*\*(?!\*)/, (found, context) => make('strong', {}, ...inline(found[1], context))],
  [/^__(?=\S)([\s\S]*?\S)__(?!\w)/, (found, context) => make('strong', {}, ...inline(found[1], context)), true],
  [/^\*(?=[^\s*])([\s\S]*?[^\s*])\*(?!\*)/, (found, context) => make('em', {}, ...inline(found[1], context))],
  [/^_(?=[^\s_])([\s\S]*?[^\s_])_(?!\w)/, (found, context) => make('em', {}, ...inline(found[1], context)), true],
  [/^~~(?=\S)([\s\S]*?\S)~~/, (found, context) => make('del', {}, ...inline(found[1], context))],
  [/^https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]*_~]/, (found, context) => link(found[0], [found[0]], context), true],
  [/^:([a-z0-9_+-]+):/, (found) => emoji(found[1]) ? make('span', { class: 'emoji', role: 'img', 'aria-label': found[1].replaceAll('_', ' ') }, emoji(found[1])) : found[0]],
  [/^@([a-z0-9][a-z0-9._-]*)/i, (found, context) => mention(found[0], found[1], context), true],
  [/^~([a-z0-9][a-z0-9_-]*)/, (found, context) => channel(found[0], found[1], context), true],
];

function link(address, children, context) {
  let url;
  try { url = new URL(address, location.origin); } catch { return null; }
  if (!['http:', 'https:', 'mailto:'].includes(url.protocol)) return null;
  const inside = context.inside?.(url);
  return inside
    ? make('a', { href: `#${url.pathname}`, onclick: (event) => { event.preventDefault(); inside(); } }, ...children)
    : make('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer' }, ...children);
}

function mention(text, name, context) {
  for (let end = name.length; end > 0; end--) {
    const person = context.person?.(name.slice(0, end).toLowerCase());
    if (person)
      return [make('span', { class: person.me ? 'mention me' : 'mention', title: person.name }, `@${name.slice(0, end)}`), name.slice(end)];
  }
  return text;
}

function channel(text, name, context) {
  const found = context.channel?.(name);
  return found ? make('a', { href: `#${name}`, onclick: (event) => { event.preventDefault(); found.open(); } }, `~${found.title}`) : text;
}

export function inline(text, context = {}) {
  const out = [];
  let plain = '';
  const flush = () => { if (plain) out.push(plain); plain = ''; };
  for (let at = 0; at < text.length;) {
    if (text[at] === '\\' && /[\\`*_{}[\]()#+\-.!~|:@<>]/.test(text[at + 1] ?? '')) { plain += text[at + 1]; at += 2; continue; }
    if (text[at] === '\n') { flush(); out.push(make('br')); at++; continue; }
    let taken = 0;
    if (/[`[!<*_~:@h]/.test(text[at])) {
      const rest = text.slice(at);
      const inWord = at > 0 && /\w/.test(text[at - 1]);
      for (const [pattern, build, notInWord] of marks) {
        if (notInWord && inWord) continue;
        const found = pattern.exec(rest);
        if (!found) continue;
        const built = build(found, context);
        if (built === null) continue;
        flush();
        out.push(...[built].flat());
        taken = found[0].length;
        break;
      }
    }
    if (taken) at += taken; else plain += text[at++];
  }
  flush();
  return out;
}

const item = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;

function list(lines, context) {
  const indent = item.exec(lines[0])[1].length;
  const ordered = /\d/.test(item.exec(lines[0])[2]);
  const element = make(ordered ? 'ol' : 'ul', ordered ? { start: parseInt(item.exec(lines[0])[2], 10) } : {});
  let entry = null;
  const close = () => {
    if (!entry) return;
    const task = /^\[([ xX])\]\s+(.*)$/s.exec(entry.text);
    const content = inline(task ? task[2] : entry.text, context);
    const child = task
      ? make('li', { class: 'task' }, make('input', { type: 'checkbox', disabled: true, checked: task[1] !== ' ', 'aria-label': task[1] !== ' ' ? 'done' : 'open' }), ' ', ...content)
      : make('li', {}, ...content);
    if (entry.inner.length) child.append(...blocks(entry.inner, context));
    element.append(child);
  };
  for (const line of lines) {
    const found = item.exec(line);
    if (found && found[1].length <= indent + 1) { close(); entry = { text: found[3], inner: [] }; }
    else if (found || entry.inner.length) entry.inner.push(line);
    else entry.text += `\n${line.trim()}`;
  }
  close();
  return element;
}

const cells = (line) => line.trim().replace(/^\||\|$/g, '').split('|').map((cell) => cell.trim());

function table(lines, context) {
  const row = (line, name) => make('tr', {}, ...cells(line).map((cell) => make(name, {}, ...inline(cell, context))));
  return make('table', {}, make('thead', {}, row(lines[0], 'th')), make('tbody', {}, ...lines.slice(2).map((line) => row(line, 'td'))));
}

function blocks(lines, context) {
  const out = [];
  let at = 0;
  const take = (while_) => { const from = at; while (at < lines.length && while_(lines[at], at - from)) at++; return lines.slice(from, at); };
  while (at < lines.length) {
    const line = lines[at];
    const fence = /^\s*(```+|~~~+)/.exec(line);
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
    if (!line.trim()) at++;
    else if (fence) {
      at++;
      const code = take((one) => !one.trim().startsWith(fence[1]));
      at++;
      out.push(make('pre', { tabindex: '0' }, make('code', {}, code.join('\n'))));
    } else if (heading) {
      at++;
      out.push(make(`h${Math.min(6, heading[1].length + 2)}`, {}, ...inline(heading[2], context)));
    } else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) {
      at++;
      out.push(make('hr'));
    } else if (/^\s*>/.test(line)) {
      out.push(make('blockquote', {}, ...blocks(take((one) => /^\s*>/.test(one)).map((one) => one.replace(/^\s*> ?/, '')), context)));
    } else if (item.test(line)) {
      out.push(list(take((one, index) => item.test(one) || (index > 0 && /^\s+\S/.test(one))), context));
    } else if (line.includes('|') && /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(lines[at + 1] ?? '') && (lines[at + 1] ?? '').includes('|')) {
      out.push(table(take((one) => one.includes('|')), context));
    } else {
      const text = take((one, index) => one.trim() && (index === 0 || !(/^\s*(```|~~~|>|#{1,6}\s)/.test(one) || item.test(one))));
      out.push(make('p', {}, ...inline(text.join('\n'), context)));
    }
  }
  return out;
}

export const markdown = (text, context = {}) => blocks(String(text ?? '').replace(/\r\n?/g, '\n').split('\n'), context);
