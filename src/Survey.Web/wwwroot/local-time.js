// A moment that the page gives in UTC, once more by the clock and in the words of who reads it.
for (const time of document.querySelectorAll('time[data-local]')) {
  const at = new Date(time.dateTime);
  const two = n => String(n).padStart(2, '0');
  const places = { day: at.getDate(), month: time.dataset.months.split('|')[at.getMonth()], year: at.getFullYear(), hh: two(at.getHours()), mm: two(at.getMinutes()) };
  const moment = time.dataset.pattern.replace(/{(\w+)}/g, (_, place) => places[place]);
  const own = Object.assign(document.createElement('span'), { textContent: time.dataset.local.replace('{moment}', moment) });
  own.dataset.made = ''; // not part of the page as the site made it
  time.after(' ', own, ' ');
}
