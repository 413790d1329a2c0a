// A box to write in: Enter sends, Shift+Enter makes a new line, and `/learn ` offers what can follow.

import { make } from './markdown.js';

export function composer({ form, box, list, usage, trouble, commands, say, send }) {
  let offered = [];
  let chosen = -1;

  const grow = () => { box.style.height = 'auto'; box.style.height = `${Math.min(box.scrollHeight, 160)}px`; };
  const typed = (name) => ['/learn', name].filter(Boolean).join(' ');
  const hide = () => { offered = []; chosen = -1; list.hidden = true; box.removeAttribute('aria-activedescendant'); };

  function choose(index) {
    chosen = (index + offered.length) % offered.length;
    [...list.children].forEach((option, at) => option.setAttribute('aria-selected', String(at === chosen)));
    list.children[chosen].scrollIntoView({ block: 'nearest' });
    box.setAttribute('aria-activedescendant', list.children[chosen].id);
  }

  function take(index) {
    const { name, arguments: hint } = offered[index];
    box.value = `${typed(name)}${hint ? ' ' : ''}`;
    hide();
    explain();
    box.focus();
  }

  // What can follow the subcommand that stands there already.
  function explain() {
    const found = /^\/learn +(\S+) /.exec(box.value);
    const one = found && commands().find((each) => each.name === found[1].toLowerCase() && each.arguments);
    usage.hidden = !one;
    usage.replaceChildren(...(one ? [make('b', {}, typed(one.name)), ' ', make('span', { class: 'hint' }, one.arguments), `: ${one.help}`] : []));
  }

  function offer() {
    explain();
    const begun = /^\/(\w*)(?: +(\S*))?$/.exec(box.value);
    const fits = (one) => begun[2] === undefined ? 'learn'.startsWith(begun[1]) : begun[1] === 'learn' && one.name.startsWith(begun[2].toLowerCase());
    const wasOffered = offered.length;
    offered = begun ? commands().filter(fits) : [];
    if (!offered.length || (offered.length === 1 && begun[2] === offered[0].name && !offered[0].arguments)) { hide(); return; }
    if (offered.length !== wasOffered) say(`${offered.length} ${offered.length === 1 ? 'command' : 'commands'}: arrow keys choose, Tab takes.`);
    list.replaceChildren(...offered.map((one, index) => make('div', {
      role: 'option', id: `${list.id}-${index}`, 'aria-selected': 'false',
      onmousedown: (event) => { event.preventDefault(); take(index); },
    }, make('b', {}, typed(one.name)), ' ', make('span', { class: 'hint' }, one.arguments), make('span', { class: 'help' }, one.help))));
    list.hidden = false;
    chosen = -1;
  }

  // One after the other, so that what is written while the one before is on its way is neither lost nor overtakes it.
  let waiting = 0;
  let before = Promise.resolve();
  function submit() {
    const text = box.value.trim();
    if (!text) return;
    hide();
    trouble.hidden = true;
    waiting++;
    form.ariaBusy = 'true';
    box.value = '';
    grow();
    explain();
    before = before.then(() => send(text)).catch((error) => {
      box.value = box.value || text;
      trouble.textContent = error.message;
      trouble.hidden = false;
    }).finally(() => {
      form.ariaBusy = String(--waiting > 0);
      grow();
    });
  }

  form.addEventListener('submit', (event) => { event.preventDefault(); submit(); });
  box.addEventListener('input', () => { grow(); offer(); });
  box.addEventListener('blur', hide);
  box.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (offered.length && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      choose(event.key === 'ArrowDown' ? chosen + 1 : chosen < 0 ? offered.length - 1 : chosen - 1);
    } else if (offered.length && (event.key === 'Tab' && !event.shiftKey || event.key === 'Enter' && chosen >= 0)) {
      event.preventDefault();
      take(Math.max(0, chosen));
    } else if (event.key === 'Escape' && offered.length) {
      event.stopPropagation();
      hide();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      submit();
    }
  });
}
