// Reads a run's progress again while it is under way, so that the page need not be loaded as a whole.
const run = document.getElementById('run');
const look = async () => {
  try {
    const answer = await fetch(location.href, { credentials: 'same-origin' });
    if (answer.ok) {
      const next = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('run');
      if (next && next.innerHTML !== run.innerHTML) run.replaceChildren(...next.childNodes);
      if (next && next.dataset.underWay === 'no') return location.reload();
    }
  } catch {
    // No connection at this moment: the next look may have one.
  }
  setTimeout(look, 1500);
};
setTimeout(look, 1500);
