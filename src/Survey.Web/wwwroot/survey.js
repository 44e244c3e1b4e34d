// What script adds to the pages of a response; all of them work without. How a word gets to the site: every change of the form is at once a draft in this
// browser's storage, a draft is sent some moments later, and it goes from the storage only when the site has said that it is saved. A sent draft that was not
// answered is sent again exactly as it was before anything newer is, so that a lost answer never looks like a colleague's change. A draft belongs to the page
// that wrote it as long as that page is open; then the next page of the same response, in whichever tab, takes it over.
'use strict';

const line = document.getElementById('line');
const status = line.querySelector('[role=status]');
const { response } = line.dataset;
const words = JSON.parse(line.dataset.words);
const root = `/a/r/${response}`;
const form = document.getElementById('answers');
const isCopy = 'copy' in line.dataset; // the service worker's word: this page was kept here, the site did not answer
const partOf = address => new URL(address, location.href).pathname.slice(`${root}/q/`.length);
const make = (tag, properties, ...inside) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.dataset.made = ''; // not part of the page as the site made it
  made.append(...inside);
  return made;
};
const wait = (ms, value) => new Promise(resolve => setTimeout(resolve, ms, value));
const lock = (name, work) => navigator.locks ? navigator.locks.request(name, work) : work();
let savedAt, renewedAt; // by the site's clock; the first is shown in the time of this place
const clock = () => {
  const now = new Date(savedAt ?? Date.now());
  return [now.getHours(), now.getMinutes()].map(n => String(n).padStart(2, '0')).join(':');
};

// What the page says about saving. "Saving…" is for the eye only.
const say = (key, ...more) => {
  line.classList.toggle('saving', key === 'saving');
  if (key === 'saving') return;
  if (key && drafts.some(draft => draft.isUnkept)) key = 'unkept';
  const text = (words[key] ?? '').replace('{time}', clock()) + (key === 'wrong' ? ` ${named.join(' · ')}` : '');
  if (status.textContent !== text) status.textContent = text;
  line.lastElementChild.replaceChildren(...more);
};

// Drafts

const page = Math.random().toString(36).slice(2);
const drafts = [];
const own = form && { page, key: `draft ${response} ${page}`, part: partOf(form.action), title: document.querySelector('h1').textContent.trim() };
if (own) drafts.push(own);
let isStarted = false, isOver = false; // over: finished and cleared, nothing is kept any more

const typed = () => {
  const body = new URLSearchParams(new FormData(form));
  body.delete('form');
  body.delete('then'); // a button's, once it was pressed
  return body;
};
const based = (body, on) => {
  const other = new URLSearchParams(body);
  if (on) other.set('based-on', on);
  return other.toString();
};
const content = body => {
  const answers = new URLSearchParams(body);
  answers.delete('based-on');
  answers.delete('loaded');
  return answers.toString();
};
// A page that shows a refused form holds words that are stored nowhere, and its two texts are settled only by a button.
const isBoth = !!form?.querySelector('.theirs');
let clean = form && !document.querySelector('main .problems') ? content(typed()) : undefined;

const keep = draft => {
  if (isOver) return;
  try {
    const { key, part, title, at, first, next, said } = draft;
    draft.isUnkept = Boolean(first || next);
    if (draft.isUnkept) localStorage.setItem(key, JSON.stringify({ key, part, title, at, first, next, said }));
    else localStorage.removeItem(key);
    draft.isUnkept = false;
  } catch { /* the storage is full or forbidden: the words are still in the page, which says so, and are sent */ }
};
const stored = prefix => {
  try {
    return Object.keys(localStorage).filter(key => key.startsWith(prefix)).map(key => JSON.parse(localStorage.getItem(key)));
  } catch {
    return [];
  }
};

// Questions and answers as they are read, for when the site takes them no more and shows no form.
const titleOf = question => question.querySelector('legend, label').firstChild.textContent.trim();
const answerOf = field => {
  if (field.type === 'radio' || field.type === 'checkbox') return field.checked ? field.labels[0].textContent.trim() : '';
  return field.value && (field.selectedOptions?.[0].text ?? field.value.trim());
};
const inWords = () => questions.map(question => [titleOf(question), [...question.querySelectorAll('[name^="q-"]')].map(answerOf).filter(Boolean).join(' · ')]).filter(([, answer]) => answer);

const note = () => {
  const now = typed();
  const isSame = own.first ? content(own.first) === content(now) : content(now) === clean;
  own.next = isSame ? undefined : based(now, isBoth && own.hold === 'stale' ? 'unsettled' : null);
  own.at ??= Date.now();
  own.said = inWords();
  if (own.hold === 'wrong' || own.hold === 'bad') own.hold = undefined;
  keep(own);
};

// Takes over what other pages of this response left, at once or when they close. Where it belongs to this page it goes back into the fields, unless something was
// typed or saved here meanwhile: then it is another's text for the same part, with its own mark of what it is based on.
const isUntouched = () => !own.first && !own.next && !own.on && (!isStarted || content(typed()) === clean);
const adopt = () => {
  const found = stored(`draft ${response} `).filter(draft => draft.key !== own?.key).sort((a, b) => a.at - b.at);
  const taken = found.map(({ key }, n) => lock(`page ${key.split(' ')[2]}`, () => {
    const draft = JSON.parse(localStorage.getItem(key));
    if (!draft || isOver) return;
    localStorage.removeItem(key);
    if (draft.part === own?.part && isUntouched()) {
      Object.assign(own, { at: draft.at, first: draft.first, next: draft.next, said: draft.said });
      keep(own);
      restore(draft.next ?? draft.first);
      say('restored');
    } else {
      drafts.push(Object.assign(draft, { key: `draft ${response} ${page} ${n}` }));
      keep(draft);
    }
    drafts.sort((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity));
    if (isStarted) go();
  }));
  return Promise.race([Promise.all(taken), wait(500)]);
};

// With what they are based on: else words from before a colleague's save would pass for words that came after it. A page that shows both texts knows better.
const restore = body => {
  const given = new URLSearchParams(body);
  if (!isBoth) form.elements['based-on'].value = given.get('based-on') ?? '';
  for (const field of form.elements) {
    if (!/^(q|sure)-/.test(field.name) || field.type === 'hidden') continue;
    if (field.type === 'radio' || field.type === 'checkbox') {
      field.checked = given.getAll(field.name).includes(field.value);
      if (field.checked) field.closest('details')?.setAttribute('open', '');
    } else field.value = given.get(field.name) ?? '';
  }
};

// Sending

const post = async (draft, isSecond) => {
  const body = new URLSearchParams(draft.first);
  body.set('form', document.querySelector('[name=form]').value);
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 15000);
  try {
    const answer = await fetch(`${root}/save/${draft.part}`, { method: 'POST', body, signal: stop.signal, keepalive: draft.first.length < 50000 });
    if (answer.status >= 500) return { code: 'broken' };
    const said = await answer.json();
    return said.code === 'session' && !isSecond && await renew() ? post(draft, true) : said;
  } finally {
    clearTimeout(timer);
  }
};

// A kept page may hold a form token of an earlier session; the site gives a new one if the link was opened again since.
const renew = async () => {
  const answer = await fetch(root);
  const fresh = answer.ok && new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[name=form]');
  if (fresh) document.querySelectorAll('[name=form]').forEach(field => { field.value = fresh.value; });
  return fresh;
};

// Sends what can be sent, in order; undefined when nothing stands in the way, else what does. A draft at which the site fails does not keep the others waiting.
const mayGo = draft => (draft.first || draft.next) && !draft.hold;
let running;
const flush = () => running ??= lock(`send ${response}`, async () => {
  const failed = new Set();
  for (let draft; !isOver && (draft = drafts.find(d => mayGo(d) && !failed.has(d)));) {
    if (!draft.first) [draft.first, draft.next] = [based(draft.next, draft.on), undefined];
    keep(draft);
    say('saving');
    const answer = await post(draft).catch(() => ({}));
    if (answer.saved) acknowledge(draft, answer);
    else if (answer.code === 'broken') failed.add(draft);
    else if (answer.code === 'session' || !answer.code) return answer.code ?? 'offline';
    else {
      draft.next ??= draft.first;
      draft.first = undefined;
      draft.hold = answer.code === 'stale' || answer.code === 'closed' ? answer.code : 'bad';
      keep(draft);
    }
  }
  return failed.size > 0 ? 'broken' : undefined;
}).finally(() => { running = undefined; });

const acknowledge = (draft, answer) => {
  const done = draft.first;
  draft.first = undefined;
  draft.on = answer.basedOn;
  savedAt = answer.at;
  // A save does not keep the session alive, a page does: who types for hours on one page asks for one now and then.
  renewedAt ??= savedAt;
  if (savedAt - renewedAt > 3600e3) {
    renewedAt = savedAt;
    renew().catch(() => {});
  }
  if (draft === own) {
    form.elements['based-on'].value = answer.basedOn;
    clean = content(done);
    wrong = answer.problems;
    showProblems();
  } else sentForOthers++;
  // What the questionnaire does not allow was left out: these words are nowhere but here.
  if (answer.problems.length > 0) {
    clean = draft === own ? undefined : clean;
    if (!draft.next) [draft.next, draft.hold] = [based(done, draft.on), 'wrong'];
  }
  if (!draft.next) draft.at = undefined;
  keep(draft);
  keepTrue(draft, answer.state).catch(() => {});
};

let timer, pause = 0, sentForOthers = 0;
const go = async () => {
  clearTimeout(timer);
  let trouble;
  // Again for what was typed after the last answer and before the lock was given back.
  do trouble = await flush(); while (!trouble && !isOver && drafts.some(mayGo));
  pause = trouble ? Math.min(60, pause * 2 || 2) : 0;
  clearTimeout(timer);
  if (trouble) timer = setTimeout(go, pause * 1000);
  report(trouble);
  return trouble;
};
// Not longer than a person waits for a button.
const goNow = () => Promise.race([go(), wait(pause ? 1500 : 6000, 'offline')]);

let lastTrouble;
const report = trouble => {
  lastTrouble = trouble;
  if (isOver) return;
  const others = drafts.filter(draft => draft !== own && (draft.first || draft.next));
  const closed = others.filter(draft => draft.hold === 'closed'), left = others.filter(draft => draft.hold !== 'closed');
  const links = left.map(draft => make('a', { href: `${root}/q/${draft.part}`, textContent: draft.title }));
  markContents(left);
  showClosed(closed);
  markWaiting().catch(() => {});
  if (trouble === 'session') say('session', make('a', { href: `/a/new-link?lang=${document.documentElement.lang}`, textContent: words.newLink }));
  else if (trouble) say(trouble);
  else if (own?.hold === 'stale') isBoth ? say('') : say('stale', make('button', { type: 'button', className: 'button second', textContent: words.both, onclick: () => passOn(form) }));
  else if (own?.hold) say(own.hold);
  else if (left.length > 0) say('left', ...links);
  else if (closed.length > 0) say('closed');
  else if (sentForOthers > 0 && document.querySelector('.parts, #send') && !document.activeElement?.matches('input, select, textarea')) {
    sessionStorage.setItem(`sent ${response}`, savedAt);
    location.reload(); // the page was made before these answers came
  } else if (sentForOthers > 0 || own?.on) {
    say(sentForOthers > 0 ? 'sent' : 'saved');
    sentForOthers = 0;
  }
};

// After the close no page has a form for these words any more: they are shown, to copy.
const showClosed = closed => {
  document.getElementById('unsaved')?.remove();
  if (closed.length === 0) return;
  const pair = ([question, answer]) => make('div', {}, make('dt', { textContent: question }), make('dd', { className: 'words', dir: 'auto', textContent: answer }));
  const texts = closed.flatMap(({ title, said }) => [make('h3', { textContent: title }), make('dl', { className: 'pairs' }, ...(said ?? []).map(pair))]);
  document.querySelector('main h1').after(make('section', { id: 'unsaved', className: 'answers' }, make('h2', { textContent: words.unsaved }), ...texts));
};

// The fields that could not be saved, beside each and by name; not while somebody is still typing in it.
let wrong = [], named = [];
const showProblems = () => {
  for (const mark of document.querySelectorAll('.problem[data-made]')) {
    const question = mark.closest('.question');
    const described = form.querySelector(`[aria-describedby~="${mark.id}"]`);
    const rest = described?.getAttribute('aria-describedby').split(' ').filter(id => id !== mark.id).join(' ');
    if (rest) described.setAttribute('aria-describedby', rest);
    else described?.removeAttribute('aria-describedby');
    described?.removeAttribute('aria-invalid');
    question.classList.remove('wrong');
    mark.remove();
  }
  named = [];
  for (const { field, message } of wrong) {
    const control = document.getElementById(field);
    const question = control?.closest('.question');
    if (!question || document.activeElement?.name === field && document.activeElement.matches('input:not([type=radio], [type=checkbox])')) continue;
    named.push(titleOf(question));
    if (question.querySelector('.problem')) continue;
    const mark = make('p', { className: 'problem', id: `${field}-problem`, textContent: message });
    const isGroup = question.tagName === 'FIELDSET', described = isGroup ? question : control;
    question.classList.add('wrong');
    question.querySelector('legend, label').after(mark);
    described.setAttribute('aria-describedby', `${described.getAttribute('aria-describedby') ?? ''} ${mark.id}`.trim());
    if (!isGroup) control.setAttribute('aria-invalid', 'true');
  }
};

// Leaving and moving on

const pending = () => drafts.some(draft => draft.first || draft.next);
const isUp = () => Promise.race([fetch('/health/live', { cache: 'no-store' }).then(answer => answer.ok), wait(5000, false)]).catch(() => false);
// As without script: the site's own page follows.
let isPassed = false;
const pass = (target, button) => {
  isPassed = true;
  if (button?.name) target.append(make('input', { type: 'hidden', name: button.name, value: button.value }));
  target.submit();
};
// Without a line the browser would show its own error page instead of the words.
const passOn = async (target, button, basedOn) => {
  if (!await isUp()) return say(lastTrouble === 'broken' ? 'broken' : 'needsLine');
  if (basedOn) target.elements['based-on'].value = basedOn;
  pass(target, button);
};

addEventListener('submit', async event => {
  const { target, submitter: button } = event;
  if (!button) return;
  if (target.getAttribute('action') === '/a/finish' || button.value === 'finish') {
    event.preventDefault();
    return finish(target);
  }
  if (!['answers', 'send', 'speak'].includes(target.id)) return;
  event.preventDefault();
  const { to } = button.dataset;
  const isSpeaking = button.value.startsWith('speak-');
  if (target === form) {
    if (button.classList.contains('first') && stepOn()) return;
    note();
    // Another language settles nothing.
    if (own.hold === 'stale' && isBoth && !isSpeaking) Object.assign(own, { hold: undefined, on: undefined, first: undefined, next: typed().toString() });
  }
  const trouble = await goNow();
  if (target === form && own.hold) return own.hold === 'closed' ? undefined : passOn(form, button, own.hold === 'stale' && isBoth ? 'unsettled' : null);
  if (target.id === 'send' && pending()) return;
  // Nobody sends what they did not see: first the answers as they are now.
  if (target.id === 'send' && !isSpeaking && isCopy) return await isUp() ? location.reload() : say('needsLine');
  // Facts that are not confirmed yet: the site asks once more.
  if (!trouble && button.value === 'next' && form?.querySelector('[name^="sure-"]:not(:checked)') && !form.elements.unsure && await isUp()) return pass(form, button);
  if (to) {
    const isKept = window.caches && await caches.match(to, { ignoreSearch: true });
    if (!trouble || trouble !== 'session' && isKept && !drafts.some(draft => draft.isUnkept)) return location.assign(to);
  } else if (!trouble && await isUp()) {
    if (target.id === 'send') await forget(root, `${root}/check`).catch(() => {});
    return pass(target, button);
  }
  if (trouble !== 'session') say(trouble === 'broken' ? 'broken' : 'needsLine');
});

addEventListener('click', async event => {
  const link = event.target.closest?.('a[href]');
  if (!link || !own || !pending() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || link.target || !link.pathname.startsWith(root) || link.pathname === location.pathname) return;
  event.preventDefault();
  await goNow();
  location.assign(link.href);
});

addEventListener('pagehide', () => {
  if (!own || isOver) return;
  note();
  if (running || own.hold || !own.first && !own.next) return;
  // No time to wait for a lock: a second copy of a save changes nothing.
  if (!own.first) [own.first, own.next] = [based(own.next, own.on), undefined];
  keep(own);
  post(own, true).catch(() => {});
});
addEventListener('beforeunload', event => { if (!isOver && !isPassed && drafts.some(draft => draft.isUnkept)) event.preventDefault(); });
addEventListener('pageshow', event => { if (event.persisted) location.reload(); });
document.addEventListener('visibilitychange', () => {
  if (own && !isOver) note();
  if (pending()) go();
});
addEventListener('online', () => { if (pending()) go(); else say(''); });
addEventListener('offline', () => say('offline'));

// Finish and clear this computer

const ask = left => new Promise(resolve => {
  if (!window.HTMLDialogElement) return resolve(confirm([words.clearTitle, words.clearText, ...left.map(draft => draft.title)].join('\n')));
  const list = make('ul', {}, ...[...new Set(left.map(draft => draft.title))].map(title => make('li', { textContent: title })));
  const answer = yes => { dialog.close(); dialog.remove(); resolve(yes); };
  const dialog = make('dialog', {}, make('h2', { id: 'clear', textContent: words.clearTitle }), make('p', { textContent: words.clearText }), list,
    make('p', { className: 'buttons' }, make('button', { className: 'button', textContent: words.clearNo, autofocus: true, onclick: () => answer(false) }),
      make('button', { className: 'button danger', textContent: words.clearYes, onclick: () => answer(true) })));
  dialog.setAttribute('aria-labelledby', 'clear');
  dialog.oncancel = () => answer(false);
  document.body.append(dialog);
  dialog.showModal();
});

const finish = async target => {
  if (own) note();
  if (pending()) await goNow();
  const left = [...stored('draft '), ...drafts.filter(draft => draft.isUnkept)];
  if (left.length > 0 && !await ask(left)) return;
  isOver = true;
  try {
    for (const draft of stored('draft ')) localStorage.removeItem(draft.key);
    sessionStorage.clear();
    localStorage.setItem('finished', Date.now()); // tells the other tabs
    localStorage.removeItem('finished');
  } catch { /* a storage that keeps nothing has nothing to clear */ }
  for (const kept of await navigator.serviceWorker?.getRegistrations() ?? []) await kept.unregister();
  for (const name of await window.caches?.keys() ?? []) await caches.delete(name);
  // Everything is sent or given up by now: the form of a part, which saves first where there is no script, has nothing left to save.
  const token = new URLSearchParams({ form: target.elements.form.value });
  if (await isUp()) {
    const last = make('form', { method: 'post', action: '/a/finish', hidden: true }, make('input', { name: 'form', value: token.get('form') }));
    document.body.append(last);
    return last.submit();
  }
  // Only the site can end the session: this page waits for the line, and shows nothing meanwhile.
  document.querySelectorAll('header, aside, footer').forEach(part => part.remove());
  document.querySelector('main').replaceChildren(make('div', { className: 'narrow prose' }, make('h1', { textContent: words.finished }), make('p', { className: 'lead', textContent: words.cleared })));
  history.replaceState(null, '', '/a/finish');
  for (;; await wait(5000)) {
    const answer = await fetch('/a/finish', { method: 'POST', body: token }).catch(() => null);
    if (answer?.ok) return location.replace(answer.url);
  }
};
addEventListener('storage', event => {
  if (event.key !== 'finished' || !event.newValue) return;
  isOver = true;
  location.replace('/a/finish');
});

// Pages for when the line is down

const contentsPart = (inside, part) => [...inside.querySelectorAll('.parts a')].find(link => partOf(link.getAttribute('href')) === part)?.closest('li');
const markContents = left => left.forEach(({ part }) => {
  const state = contentsPart(document, part)?.querySelector('.state');
  if (state) state.textContent = words.kept;
});

const forget = async (...addresses) => {
  if (!window.caches || isOver || !await caches.has(response)) return;
  const cache = await caches.open(response);
  for (const address of addresses) await cache.delete(address);
};

// Tells the service worker, which cannot look into the storage, whether words wait on this device: then the kept pages stay open to them whatever their age.
const markWaiting = async () => {
  const isWaiting = stored(`draft ${response} `).length > 0;
  if (!isWaiting) return forget(`${root}/waiting`);
  if (window.caches && !isOver && await caches.has(response)) await (await caches.open(response)).put(`${root}/waiting`, new Response(''));
};

const remake = (old, html) => {
  const headers = new Headers(old.headers);
  headers.delete('content-encoding');
  headers.delete('content-length');
  return new Response('<!doctype html>' + html, { headers });
};

// After a save the kept copies show what was saved: the part's page, its state in the contents, and, asked for again a moment later, all answers.
let refill;
const keepTrue = async (draft, state) => {
  if (!window.caches || isOver || !await caches.has(response)) return;
  await forget(`${root}/check`);
  clearTimeout(refill);
  refill = setTimeout(() => keepSite().catch(() => {}), 3000);
  if (draft.next && !draft.hold) return;
  const html = draft === own && !draft.next && !document.querySelector('main .problems, .theirs') ? asSaved() : null;
  const cache = await caches.open(response);
  const address = `${root}/q/${draft.part}`;
  const [contents, old] = await Promise.all([cache.match(root), cache.match(address)]);
  if (old && html) await cache.put(address, remake(old, html));
  else if (old) await fetch(address).then(answer => answer.status === 200 && !answer.redirected && cache.put(address, answer));
  if (!contents) return;
  const copy = new DOMParser().parseFromString(await contents.clone().text(), 'text/html');
  const row = contentsPart(copy, draft.part);
  if (row) [row.className, row.querySelector('.state').textContent] = [state.toLowerCase(), words[state]];
  row?.querySelector('.left')?.remove();
  await cache.put(root, remake(contents, copy.documentElement.outerHTML));
};

// This page as the site would make it now.
const asSaved = () => {
  for (const field of form.elements) {
    field.defaultValue = field.value;
    if (field.type === 'radio' || field.type === 'checkbox') field.defaultChecked = field.checked;
    for (const option of field.options ?? []) option.defaultSelected = option.selected;
  }
  const copy = document.documentElement.cloneNode(true);
  copy.querySelectorAll('[data-made]').forEach(made => made.remove());
  copy.querySelectorAll('.here, .one').forEach(part => part.classList.remove('here', 'one', 'last'));
  const { firstElementChild, children: [, said, more] } = copy.querySelector('#line');
  firstElementChild.parentElement.className = 'line';
  firstElementChild.parentElement.removeAttribute('data-copy');
  said.textContent = more.textContent = '';
  return copy.outerHTML;
};

// One after another and only what is missing, old or in another language.
const keepPages = async () => {
  const cache = await caches.open(response), files = await caches.open('files');
  for (const path of [root, ...line.dataset.pages.split(' ').map(name => `${root}/${name}`)]) {
    const kept = await cache.match(path);
    if (kept?.headers.get('content-language') === document.documentElement.lang && Date.now() - Date.parse(kept.headers.get('date')) < 12 * 3600e3) continue;
    const before = savedAt;
    const answer = await fetch(path);
    if (isOver) return;
    if (savedAt !== before) continue; // made before the save, perhaps
    if (answer.status !== 200 || answer.redirected) continue;
    const html = await answer.clone().text();
    await cache.put(path, answer);
    for (const [, file] of html.matchAll(/ (?:href|src)="(\/[^"]+\.(?:css|js|svg)[^"]*)"/g)) if (!await files.match(file)) await files.add(file);
  }
};

const keepSite = async () => {
  if (!window.caches || !navigator.serviceWorker) return;
  await navigator.serviceWorker.register('/a/sw.js', { scope: '/a/' });
  await caches.open('files');
  if (!navigator.connection?.saveData) await lock(`keep ${response}`, keepPages);
};

// One question at a time where the screen is small

const small = matchMedia('(max-width: 40em)');
const questions = [...form?.querySelectorAll('.question') ?? []];
const name = question => question.querySelector('[name^="q-"]').name;
// A page that asks about certain fields, or shows two texts, shows all of them at once.
const stepper = form && questions.length > 1 && !document.querySelector('main .unsure, .theirs') && make('div', { className: 'stepper' },
  make('button', { type: 'button', className: 'button', textContent: words.next, onclick: () => stepOn() }),
  make('button', { type: 'button', className: 'button second', textContent: words.previous, onclick: () => history.length > 1 && move(-1) }));
const counter = make('p', { className: 'counter quiet' });

// Those that the answers given do not skip, by how the page shows them.
const asked = () => {
  form.classList.remove('one');
  const shown = questions.filter(question => question.getClientRects().length > 0);
  form.classList.toggle('one', small.matches);
  return shown;
};
const show = (question, takesFocus) => {
  const shown = asked();
  const at = Math.max(0, shown.indexOf(question));
  questions.forEach(other => other.classList.toggle('here', other === shown[at]));
  form.classList.toggle('last', at === shown.length - 1);
  counter.textContent = words.question.replace('{n}', at + 1).replace('{total}', shown.length);
  [stepper.firstChild.hidden, stepper.lastChild.hidden] = [at === shown.length - 1, at === 0];
  if (!takesFocus || !small.matches) return;
  const heading = shown[at].querySelector('legend, label');
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  counter.scrollIntoView();
};
const move = by => {
  const shown = asked();
  const next = shown[shown.findIndex(question => question.classList.contains('here')) + by];
  if (!next) return false;
  history.pushState(null, '', `#${name(next)}`);
  show(next, true);
  return true;
};
const stepOn = () => small.matches && stepper && move(1);
// A link may lead to any control of a question, such as the box that confirms a fact.
const fromAddress = () => document.getElementById(location.hash.slice(1))?.closest('.question') ?? questions[0];
if (stepper) {
  form.querySelector('.asked').before(counter);
  form.querySelector('.buttons').before(stepper);
  const first = location.hash ? fromAddress() : questions.find(question => question.classList.contains('wrong')) ?? questions[0];
  show(first, location.hash !== '');
  addEventListener('popstate', () => show(fromAddress(), true));
  small.addEventListener('change', () => show(form.querySelector('.here')));
  // As it is typed, not when the field is left: a button that moves away under a finger takes the tap with it.
  form.addEventListener('input', () => show(form.querySelector('.here')));
}

// How much of a text's room is used; said aloud only when it gets scarce.
for (const field of document.querySelectorAll('[data-longest]')) {
  const count = make('p', { className: 'count' });
  const show = () => {
    const used = [...field.value.trim().normalize()].length;
    count.textContent = field.dataset.count.replace('{used}', used);
    count.classList.toggle('over', used > field.dataset.longest);
    count.setAttribute('aria-live', used > field.dataset.longest * .95 ? 'polite' : 'off');
  };
  field.after(count);
  field.addEventListener('input', show);
  show();
}

// The start

navigator.locks?.request(`page ${page}`, () => new Promise(() => {}));
form?.addEventListener('input', () => {
  note();
  if (pause) return;
  clearTimeout(timer);
  timer = setTimeout(go, 600);
});
form?.addEventListener('change', event => {
  note();
  if (/radio|checkbox|select/.test(event.target.type)) go();
});
form?.addEventListener('focusout', () => setTimeout(() => {
  showProblems();
  if (own.hold === 'wrong') report(lastTrouble);
}));
if (isBoth) own.hold = 'stale';
(async () => {
  const sentAt = sessionStorage.getItem(`sent ${response}`);
  if (sentAt) {
    savedAt = Number(sentAt);
    say('sent');
  } else if (isCopy || !navigator.onLine) say(isCopy || !own ? 'copy' : 'offline');
  sessionStorage.removeItem(`sent ${response}`);
  await adopt();
  isStarted = true;
  if (pending()) await go();
  if (document.readyState !== 'complete') await new Promise(resolve => addEventListener('load', resolve));
  await keepSite().catch(() => {});
})();
