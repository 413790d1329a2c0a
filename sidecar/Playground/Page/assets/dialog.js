// The windows that an integration opens: filled in, checked as Mattermost's client does, submitted, and open still while something is wrong.

import { make, markdown } from './markdown.js';

function field(element) {
  const id = `field-${element.name}`;
  const kept = element.default || '';
  const common = { id, name: element.name, 'aria-describedby': `${id}-help ${id}-error`, required: !element.optional };
  const lengths = { minlength: element.min_length || null, maxlength: element.max_length || null, placeholder: element.placeholder || null };
  const options = element.options ?? [];
  let input;
  if (element.type === 'textarea') input = make('textarea', { ...common, ...lengths, rows: '4' }, kept);
  else if (element.type === 'select') input = make('select', common, make('option', { value: '' }, element.placeholder || 'Choose…'),
    ...options.map((one) => make('option', { value: one.value, selected: one.value === kept }, one.text)));
  else if (element.type === 'radio') input = make('div', { role: 'radiogroup', id, 'aria-labelledby': `${id}-label`, 'aria-describedby': common['aria-describedby'] }, ...options.map((one) =>
    make('label', { class: 'choice' }, make('input', { type: 'radio', name: element.name, value: one.value, checked: one.value === kept }), ` ${one.text}`)));
  else if (element.type === 'bool') input = make('label', { class: 'choice' }, make('input', { type: 'checkbox', id, name: element.name, checked: kept === 'true' }), ` ${element.placeholder || ''}`);
  else input = make('input', { ...common, ...lengths, type: ['email', 'number', 'password', 'tel', 'url'].includes(element.subtype) ? element.subtype : 'text', value: kept });
  return make('div', { class: 'field' },
    make(element.type === 'radio' ? 'p' : 'label', { class: 'label', id: `${id}-label`, for: element.type === 'radio' ? null : id }, element.display_name, element.optional ? make('span', { class: 'optional' }, ' (optional)') : ''),
    input,
    make('p', { class: 'help', id: `${id}-help` }, element.help_text || ''),
    make('p', { class: 'error', id: `${id}-error`, role: 'alert' }));
}

function value(form, element) {
  const input = form.elements[element.name];
  if (!input) return null;
  if (element.type === 'bool') return input.checked;
  return element.subtype === 'number' && input.value !== '' ? Number(input.value) : input.value || null;
}

function wrong(element, given) {
  if (given === null || given === '') return element.optional || element.type === 'bool' ? null : 'This field is required.';
  if (element.min_length && String(given).length < element.min_length) return `Minimum input length is ${element.min_length}.`;
  return null;
}

export function openDialog(holder, opened, submit, context) {
  const { dialog } = opened;
  const elements = dialog.elements ?? [];
  const trouble = make('p', { class: 'error', role: 'alert' });
  const form = make('form', { novalidate: true },
    make('h2', { id: 'dialog-title' }, dialog.title),
    make('div', { class: 'introduction' }, ...markdown(dialog.introduction_text, context)),
    ...elements.map(field),
    trouble,
    make('div', { class: 'actions' },
      make('button', { type: 'button', onclick: () => cancel() }, 'Cancel'),
      make('button', { type: 'submit', class: 'primary' }, dialog.submit_label || 'Submit')));

  const mark = (name, text) => {
    const place = form.querySelector(`#${CSS.escape(`field-${name}-error`)}`);
    if (place) place.textContent = text; else if (text) trouble.textContent = text;
    form.elements[name]?.setAttribute?.('aria-invalid', String(!!text));
  };
  const focusFirst = (errors) => {
    const first = elements.find((element) => errors[element.name]);
    if (first) form.querySelector(`[name="${CSS.escape(first.name)}"]`)?.focus();
    return !!first;
  };
  const close = () => { holder.close(); holder.replaceChildren(); };
  const cancel = () => {
    close();
    if (dialog.notify_on_cancel) submit(opened, {}, true).catch(() => {});
  };

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    trouble.textContent = '';
    const given = Object.fromEntries(elements.map((element) => [element.name, value(form, element)]));
    const errors = Object.fromEntries(elements.map((element) => [element.name, wrong(element, given[element.name]) ?? '']));
    elements.forEach((element) => mark(element.name, errors[element.name]));
    if (focusFirst(errors)) return;
    try {
      const answer = await submit(opened, given, false);
      for (const [name, text] of Object.entries(answer.errors ?? {})) mark(name, text);
      focusFirst(answer.errors ?? {});
      if (answer.error) trouble.textContent = answer.error;
      if (!answer.error && !Object.keys(answer.errors ?? {}).length && holder.contains(form)) close();
    } catch (error) {
      trouble.textContent = error.message;
    }
  });
  holder.oncancel = (event) => { event.preventDefault(); cancel(); };
  holder.replaceChildren(form);
  if (!holder.open) holder.showModal();
  form.querySelector('input, textarea, select')?.focus();
}
