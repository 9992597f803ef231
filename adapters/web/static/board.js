// Says on an open page of the board which reminders have come since it was shown. All else needs no script.
(() => {
  'use strict';

  const news = document.querySelector('#news');
  if (!news) return;

  const REOPEN_AFTER = 5000;
  let source = null;

  function say(words) {
    const line = document.createElement('p');
    line.textContent = words;
    return line;
  }

  function lookAgain() {
    const line = document.createElement('p');
    const link = document.createElement('a');
    link.className = 'govuk-link';
    link.href = location.pathname + location.search;
    link.textContent = 'Load this page again';
    line.append(link);
    return line;
  }

  function show(lines) {
    news.replaceChildren(...[...news.querySelectorAll('.app-news__line')]);
    for (const words of lines) {
      const line = say(words);
      line.className = 'app-news__line';
      news.append(line);
    }
    news.append(lookAgain());
  }

  function listen() {
    if (source || document.hidden) return;
    source = new EventSource(`/board/stream?after=${news.dataset.after}`);
    source.addEventListener('news', (event) => {
      news.dataset.after = event.lastEventId;
      show(event.data.split('\n'));
    });
    source.addEventListener('ended', ended);
    source.addEventListener('error', () => {
      if (source && source.readyState === EventSource.CLOSED) refused();
    });
  }

  function ended() {
    stop();
    document.removeEventListener('visibilitychange', changed);
    news.replaceChildren(say('You were signed out. That happens after a while without use, or when what you may do here has changed.'), lookAgain());
  }

  // Whoever is not signed in any more is led elsewhere, which a stream cannot say.
  async function refused() {
    stop();
    let answer = null;
    try {
      answer = await fetch('/board/stream', { redirect: 'manual' });
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    if (answer && answer.type === 'opaqueredirect') ended();
    else setTimeout(listen, REOPEN_AFTER);
  }

  function stop() {
    if (source) source.close();
    source = null;
  }

  // A hidden page does not listen: browsers allow one site only six connections.
  function changed() {
    if (document.hidden) stop();
    else listen();
  }

  document.addEventListener('visibilitychange', changed);
  addEventListener('pagehide', stop);
  listen();
})();
