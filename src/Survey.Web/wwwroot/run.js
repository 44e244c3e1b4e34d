// Reads a run's progress again while it is under way, so that the page need not be loaded as a whole.
const run = document.getElementById('run');
const look = async () => {
  const answer = await fetch(location.href, { credentials: 'same-origin' });
  if (answer.ok) {
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('run');
    if (next && next.innerHTML !== run.innerHTML) run.replaceChildren(...next.childNodes);
    if (next && next.dataset.underWay === 'no') return location.reload();
  }
  setTimeout(look, 1500);
};
setTimeout(look, 1500);
