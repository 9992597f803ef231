// Sends answers without loading the page again, and shows replies as they come.
(() => {
  'use strict';

  const find = (selector) => document.querySelector(selector);
  const turns = find('#turns');
  if (!turns) return;
  const answer = () => find('#answer');

  // Replies come by the stream. A hidden page does not listen: browsers allow one site only six connections.

  const REOPEN_AFTER = 5000;
  const REOPEN_AT_MOST = 300000;
  let source = null;
  let reopenTimer = 0;
  let reopenAfter = REOPEN_AFTER;

  // A stream that is over, as with the session, is asked for ever less often, until the person does something.
  function listenAgain() {
    reopenTimer = setTimeout(listen, reopenAfter);
    reopenAfter = Math.min(2 * reopenAfter, REOPEN_AT_MOST);
  }

  function listenNow() {
    reopenAfter = REOPEN_AFTER;
    listen();
  }

  function listen() {
    clearTimeout(reopenTimer);
    if (source || document.hidden) return;
    const { last, mark } = answer().dataset;
    source = new EventSource(`/chat/stream?after=${last}&mark=${mark}`);
    source.addEventListener('turns', (event) => released(() => show(event.data)));
    source.addEventListener('open', () => { reopenAfter = REOPEN_AFTER; });
    source.addEventListener('reload', reload);
    source.addEventListener('error', () => {
      if (!source || source.readyState !== EventSource.CLOSED) return;
      stopListening();
      listenAgain();
    });
  }

  function stopListening() {
    if (source) source.close();
    source = null;
  }

  function reload() {
    stopListening();
    history.replaceState(null, '', '/chat#latest');
    try {
      keepHalfTyped();
    } finally {
      location.reload();
    }
  }

  // For the person that the page was shown to, as the server marks them: whoever signed in meanwhile may be another.
  // What nobody signed in typed is dropped: whose it is cannot be said.
  function keepHalfTyped() {
    const { person, about } = answer().dataset;
    if (!person) return;
    const form = find('#answer form');
    const values = [...new FormData(form)].filter(([name]) => name !== 'text' && form.elements[name].type !== 'hidden');
    const text = waiting && textIn(new FormData(form)) === textIn(waiting.values) ? '' : form.elements.text.value;
    values.push(['text', [...new Set([...next, text])].filter(Boolean).join(' ')]);
    sessionStorage.setItem('half-typed', JSON.stringify({ person, about, values }));
  }

  function giveBackHalfTyped() {
    const kept = JSON.parse(sessionStorage.getItem('half-typed'));
    sessionStorage.removeItem('half-typed');
    if (!kept || kept.person !== answer().dataset.person) return;
    const values = new FormData();
    for (const [name, value] of kept.values) values.append(name, value);
    putBack(answer(), { dataset: kept }, values);
  }

  document.addEventListener('visibilitychange', () => (document.hidden ? stopListening() : listenNow()));
  for (const end of ['pagehide', 'leave']) addEventListener(end, stopListening);
  listen();

  // While a button or key is down, or a word is being composed, nothing is exchanged under the person's hand: a press
  // that ends on another element than it began on is no press to a browser.

  const HELD_AT_MOST = 10000;
  const held = new Set();
  let later = [];

  function released(work) {
    if (!held.size) return work();
    later.push(work);
    setTimeout(letAllGo, HELD_AT_MOST);
  }

  function letGo(what) {
    if (!held.delete(what) || held.size) return;
    // After the click that this release is.
    setTimeout(() => {
      if (held.size) return;
      const works = later;
      later = [];
      works.forEach((work) => work());
    });
  }

  function letAllGo() {
    for (const what of [...held]) letGo(what);
  }

  addEventListener('pointerdown', () => held.add('pointer'), true);
  for (const end of ['pointerup', 'pointercancel', 'dragend']) addEventListener(end, () => letGo('pointer'), true);
  // A scroll bar, or a menu that opens, may keep the end of a press to itself.
  addEventListener('pointermove', (event) => { if (!event.buttons) letGo('pointer'); }, true);
  addEventListener('keydown', (event) => { if (event.key === ' ') held.add('space'); }, true);
  addEventListener('keyup', (event) => { if (event.key === ' ') letGo('space'); }, true);
  addEventListener('compositionstart', () => held.add('word'), true);
  addEventListener('compositionend', () => letGo('word'), true);
  addEventListener('blur', letAllGo);
  document.addEventListener('visibilitychange', letAllGo);

  // What was sent and not yet answered: { values, typed }. And words sent meanwhile: they go when that is answered.

  const REPLY_WITHIN = 6000;
  let waiting = null;
  let waitTimer = 0;
  let next = [];

  const textIn = (values) => values.get('text') ?? '';
  const controls = (section) => [...section.querySelectorAll('a, button, input, select, textarea, summary')];

  function show(html) {
    const news = new DOMParser().parseFromString(html, 'text/html');
    const asked = news.querySelector('#answer');
    const before = answer();
    if (Number(asked.dataset.last) <= Number(before.dataset.last)) return;
    const isNew = (turn) => Number(turn.dataset.seq) > Number(before.dataset.last);
    const fresh = [...news.querySelectorAll('#turns > li')].filter(isNew);
    // A reminder asks nothing: what was asked before it stays the newest.
    const isAsking = fresh.some((turn) => turn.classList.contains('app-turn--latest'));
    for (const old of isAsking ? turns.querySelectorAll('.app-turn--latest') : []) {
      old.classList.replace('app-turn--latest', 'app-turn--past');
      old.querySelector('#latest')?.removeAttribute('id');
      old.querySelectorAll('.app-newest').forEach((one) => one.remove());
    }
    turns.append(...fresh);
    const mine = waiting;
    const words = next;
    const now = new FormData(before.querySelector('form'));
    const begun = mine && ![textIn(mine.values), ...words].includes(textIn(now)) ? textIn(now) : '';
    const place = controls(before).indexOf(document.activeElement);
    const heldFocus = before.contains(document.activeElement);
    const wasTyping = document.activeElement?.id === 'text' && (!mine || begun);
    settled();
    before.replaceWith(asked);
    document.title = asked.dataset.title;
    putBack(asked, before, mine ? mine.values : now, mine);
    if (begun) find('#text').value = begun;
    const isSame = asked.dataset.about === before.dataset.about;
    if (wasTyping && !(mine && urgent())) find('#text').focus();
    else if (!mine && isSame && place >= 0) controls(asked)[place]?.focus();
    else if (mine || heldFocus) moveTo(mine);
    if (words.length) sendNext(words, begun);
  }

  // As if the words had been typed after the reply. What is being typed stays in the box.
  function sendNext(words, begun) {
    const box = find('#text');
    box.value = words[0];
    box.form.requestSubmit();
    next = words.slice(1);
    box.value = begun || words.at(-1);
  }

  const urgent = () => find('.app-turn--latest .app-emergency');

  // After a slip the form keeps what was in it; words half typed outlive news from elsewhere.
  function putBack(asked, before, kept, mine) {
    const slip = asked.dataset.title.startsWith('Error:');
    const same = asked.dataset.about === before.dataset.about;
    if (mine && !(slip && same)) return;
    for (const input of asked.querySelectorAll('form:first-of-type :is(input, select, textarea):not([type=hidden])')) {
      const values = kept.getAll(input.name);
      if (input.name !== 'text' && !same) continue;
      if (input.type === 'radio' || input.type === 'checkbox') input.checked = values.includes(input.value);
      else if (values.length) input.value = values[0];
    }
  }

  function moveTo(mine) {
    const latest = find('#latest');
    const problem = find('.app-turn--latest .govuk-error-summary');
    const isTyping = mine?.typed && !urgent() && matchMedia('(pointer: fine)').matches;
    const target = problem || (isTyping ? find('#text') : latest);
    target.focus({ preventScroll: true });
    latest.scrollIntoView({ block: 'start' });
  }

  async function look() {
    let page = null;
    try {
      page = await fetch('/chat');
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    const html = page?.ok && !page.redirected ? await page.text() : '';
    if (!waiting) return;
    if (!html) return reload();
    released(() => {
      const mine = waiting;
      show(html);
      if (mine && waiting === mine) reload();
    });
  }

  function settled() {
    clearTimeout(waitTimer);
    waiting = null;
    next = [];
    answer().classList.remove('app-sending');
    find('#sending').textContent = '';
  }

  // What was typed over the words that did not go stands after them.
  function allTyped(values, box) {
    return [...new Set([textIn(values), ...next, box.value])].filter(Boolean).join(' ');
  }

  function notSent() {
    const box = find('#text');
    const all = allTyped(waiting.values, box);
    settled();
    box.value = all;
    const status = find('#sending');
    status.className = 'govuk-error-message';
    status.textContent = 'That was not sent. Check your connection and try again. '
      + 'If a child is in danger now, phone 999.';
  }

  // The server turned it away and will again, but then on a page that says why.
  function sendWithoutScript(form, name, value) {
    stopListening();
    if (name) {
      const pressed = document.createElement('input');
      Object.assign(pressed, { type: 'hidden', name, value });
      form.append(pressed);
    }
    form.submit();
  }

  document.addEventListener('submit', async (event) => {
    const form = event.target;
    if (!form.closest('#answer')) return;
    event.preventDefault();
    const values = new FormData(form);
    if (waiting) {
      // The same once more is the same press; other words are another message.
      const words = textIn(values);
      if (words && words !== (next.at(-1) ?? textIn(waiting.values))) next.push(words);
      return;
    }
    const { name, value } = event.submitter ?? {};
    if (name) values.append(name, value);
    waiting = { values, typed: Boolean(values.get('text')) };
    answer().classList.add('app-sending');
    find('#sending').className = 'govuk-visually-hidden';
    find('#sending').textContent = 'Sending';
    const body = new URLSearchParams(values);
    body.append('mark', answer().dataset.mark);
    let status = 0;
    try {
      status = (await fetch(form.action, { method: 'POST', body, headers: { 'X-By-Stream': '1' } })).status;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    if (status === 205) return reload();
    // The stream may have been quicker.
    if (!waiting) return;
    if (status === 0) return notSent();
    if (status !== 204) {
      if (values.has('text')) form.elements.text.value = allTyped(values, form.elements.text);
      return sendWithoutScript(form, name, value);
    }
    // Some networks hold streams back: then the page itself is asked.
    waitTimer = setTimeout(look, REPLY_WITHIN);
    listenNow();
  });

  giveBackHalfTyped();
})();
