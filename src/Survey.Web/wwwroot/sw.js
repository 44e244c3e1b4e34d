// Keeps the pages of a response for when the line is down. In order: a page is asked of the site first; when the site does not answer, or not within a few
// seconds, the kept copy is shown, marked as one. The site's word wins whenever it comes: a session that is over takes the copies away. Where no word comes, a
// copy is shown only as long as the session would last: twelve hours, ninety days on a member's own device, longer only while words wait here to be sent. Until
// then, and without a line, whoever sits at this browser can read it: "Finish and clear this computer" is for that. The pages' script (survey.js) fills the
// caches: one per response, named by its id, and one of the site's files. Nothing but reading is touched, and no other address: never a personal link, never a save.
'use strict';

const patience = 4000, hour = 3600e3;
const page = /^\/a\/r\/([0-9a-f-]{36})(\/check|\/q\/.*)?$/;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', event => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  const [, response] = page.exec(url.pathname) ?? [];
  if (request.mode === 'navigate' && response) event.respondWith(open(event, response, url));
  // A file's address holds the hash of its bytes: a kept one is never old.
  else if (/^(style|script|image)$/.test(request.destination)) event.respondWith(file(request));
});

async function open(event, response, url) {
  const kept = await caches.match(url.pathname, { cacheName: response });
  const live = fetch(event.request).then(answer => {
    if (answer.status === 200 && !url.search) {
      const copy = answer.clone();
      event.waitUntil(caches.open(response).then(cache => cache.put(url.pathname, copy)));
    }
    // The session is over, perhaps for good: whoever is at this browser now sees no kept page either.
    if (answer.status === 403) event.waitUntil(caches.delete(response));
    return answer;
  });
  event.waitUntil(live.catch(() => {}));
  if (!kept) return live;
  const contents = await caches.match(`/a/r/${response}`, { cacheName: response });
  const isOwnDevice = (await contents?.text())?.includes('data-device="own"');
  const isFresh = Date.now() - Date.parse(kept.headers.get('date')) < (isOwnDevice ? 90 * 24 : 12) * hour;
  const mayShow = isFresh || await caches.match(`/a/r/${response}/waiting`, { cacheName: response });
  if (!mayShow) return live;
  const copy = await marked(kept);
  // A slow site may still say that the session is over: an old copy waits for it.
  const tired = isFresh ? new Promise(resolve => setTimeout(resolve, patience, copy)) : live;
  return Promise.race([live.then(answer => answer.status > 501 ? copy : answer), tired]).catch(() => copy);
}

// The page says that it is a copy.
async function marked(kept) {
  const headers = new Headers(kept.headers);
  headers.delete('content-encoding');
  headers.delete('content-length');
  return new Response((await kept.text()).replace('<div id="line"', '<div id="line" data-copy'), { headers });
}

async function file(request) {
  const kept = await caches.match(request, { cacheName: 'files' });
  if (kept) return kept;
  const answer = await fetch(request);
  // The script makes this cache and takes it away; it does not come back by itself.
  if (answer.ok && await caches.has('files')) await (await caches.open('files')).put(request, answer.clone());
  return answer;
}
