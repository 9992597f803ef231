// Leaves the page at once; sends answers without loading it again; shows replies as they come. All else needs no script.
(() => {
  'use strict';

  const find = (selector) => document.querySelector(selector);

  // Exit this page: by its button, or by pressing Shift three times within five seconds.

  const exitButton = find('.govuk-js-exit-this-page-button');
  const exitStatus = document.createElement('span');
  const SHIFT_LASTS = 5000;
  let shifts = 0;
  let shiftTimer = 0;

  function exit(event) {
    if (event) event.preventDefault();
    stopListening();
    document.title = 'Loading';
    document.body.classList.add('govuk-exit-this-page-hide-content');
    const cover = document.createElement('div');
    cover.className = 'govuk-exit-this-page-overlay';
    cover.setAttribute('role', 'alert');
    cover.textContent = 'Loading.';
    document.body.append(cover);
    location.replace(exitButton.href);
  }

  function countShift(event) {
    clearTimeout(shiftTimer);
    if (event.key !== 'Shift') {
      shifts = 0;
      exitStatus.textContent = '';
      return;
    }
    shifts += 1;
    if (shifts === 3) return exit();
    exitStatus.textContent = shifts === 1
      ? 'Shift, press 2 more times to exit.'
      : 'Shift, press 1 more time to exit.';
    shiftTimer = setTimeout(() => {
      shifts = 0;
      exitStatus.textContent = 'Exit this page expired.';
    }, SHIFT_LASTS);
  }

  if (exitButton) {
    exitStatus.className = 'govuk-visually-hidden';
    exitStatus.setAttribute('role', 'status');
    exitButton.parentElement.append(exitStatus);
    exitButton.addEventListener('click', exit);
    document.addEventListener('keyup', countShift, true);
  }

  // A page taken back out of the browser's memory may show what was left on purpose: ask for it afresh.
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });

  const turns = find('#turns');
  if (!turns) return;
  const answer = () => find('#answer');

  // Replies come by the stream. A hidden page does not listen: browsers allow one site only six connections.

  const REOPEN_AFTER = 5000;
  let source = null;

  function listen() {
    if (source || document.hidden) return;
    const { last, mark } = answer().dataset;
    source = new EventSource(`/chat/stream?after=${last}&mark=${mark}`);
    source.addEventListener('turns', (event) => show(event.data));
    source.addEventListener('reload', reload);
    source.addEventListener('error', () => {
      if (!source || source.readyState !== EventSource.CLOSED) return;
      stopListening();
      setTimeout(listen, REOPEN_AFTER);
    });
  }

  function stopListening() {
    if (source) source.close();
    source = null;
  }

  function reload() {
    stopListening();
    history.replaceState(null, '', '/chat#latest');
    location.reload();
  }

  document.addEventListener('visibilitychange', () => (document.hidden ? stopListening() : listen()));
  addEventListener('pagehide', stopListening);
  listen();

  // What was sent and not yet answered: { values, typed }.

  const REPLY_WITHIN = 6000;
  let waiting = null;
  let waitTimer = 0;

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
    const heldFocus = before.contains(document.activeElement);
    const wasTyping = !mine && document.activeElement?.id === 'text';
    const kept = mine ? mine.values : new FormData(before.querySelector('form'));
    settled();
    before.replaceWith(asked);
    document.title = asked.dataset.title;
    putBack(asked, before, kept, mine);
    if (wasTyping) find('#text').focus();
    else if (mine || heldFocus) moveTo(mine);
  }

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
    const isUrgent = find('.app-turn--latest .app-emergency');
    const isTyping = mine?.typed && !isUrgent && matchMedia('(pointer: fine)').matches;
    const target = problem || (isTyping ? find('#text') : latest);
    target.focus({ preventScroll: true });
    latest.scrollIntoView({ block: 'start' });
  }

  function settled() {
    clearTimeout(waitTimer);
    waiting = null;
    answer().classList.remove('app-sending');
    find('#sending').textContent = '';
  }

  function notSent() {
    settled();
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
    if (waiting) return;
    const values = new FormData(form);
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
    if (status !== 204) return sendWithoutScript(form, name, value);
    // Some networks hold streams back: then the page itself is loaded again.
    waitTimer = setTimeout(reload, REPLY_WITHIN);
    listen();
  });
})();
