// Leaves any page at once. All else needs no script.
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
    dispatchEvent(new Event('leave'));
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

  // Words half typed are kept for the next load of the conversation alone: that another page came says that somebody
  // signed in or out.
  if (!find('#turns')) sessionStorage.removeItem('half-typed');
})();
