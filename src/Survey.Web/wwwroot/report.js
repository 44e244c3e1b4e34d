// Improves a page of a report that is whole without it: highlights a region in all figures and tables, shows a row's values beside its drawing when it is pointed at or
// reached by keyboard, and lets a figure and its table take turns. What cannot be loaded stays as it was.
(() => {
  const article = document.querySelector('article[data-script]');
  if (!article) return;
  const [chartWord, tableWord, highlightWord, nothingWord] = article.dataset.script.split('|');
  const plain = (text) => text.replace(/[\u2066-\u2069\u200e\u200f]/g, '').replace(/\s+/g, ' ').trim();
  const make = (name, text, attributes = {}) => {
    const e = document.createElement(name);
    if (text) e.textContent = text;
    for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
    return e;
  };
  let lit = '';

  // A figure and the table behind it take turns. On paper both stand.
  for (const figure of article.querySelectorAll('figure[id]:has(> .picture img)')) {
    const table = document.getElementById(figure.id.replace(/-figure$/, '') + '-table') ?? document.getElementById(`${figure.id}-table`);
    if (!table || table === figure || !figure.parentElement.contains(table)) continue;
    const group = make('div', '', { class: 'switch', role: 'group' });
    const buttons = [[chartWord, figure], [tableWord, table]].map(([word, own]) => {
      const button = make('button', word, { type: 'button', 'aria-controls': own.id });
      button.addEventListener('click', () => show(own));
      group.append(button);
      return button;
    });
    const show = (which) => {
      figure.hidden = which !== figure;
      table.hidden = which !== table;
      buttons.forEach((b, i) => b.setAttribute('aria-pressed', String([figure, table][i] === which)));
    };
    figure.before(group);
    show(document.getElementById(location.hash.slice(1)) === table ? table : figure);
    addEventListener('beforeprint', () => { figure.hidden = table.hidden = false; });
    addEventListener('hashchange', () => { const at = document.getElementById(location.hash.slice(1)); if (at === table || at === figure) { show(at); at.scrollIntoView(); } });
  }

  /** A CSV with its quotes, as rows of names and values. */
  function rowsOf(csv) {
    const rows = [[]];
    for (const m of csv.matchAll(/("(?:[^"]|"")*"|[^,\n]*)(,|\n|$)/g)) {
      if (m[0] === '') break;
      rows.at(-1).push(m[1].startsWith('"') ? m[1].slice(1, -1).replaceAll('""', '"') : m[1]);
      if (m[2] === '\n') rows.push([]);
    }
    const [head, ...rest] = rows.filter((r) => r.length > 1);
    return rest.map((r) => Object.fromEntries(head.map((h, i) => [h, r[i] ?? ''])));
  }

  /** What a row says, from the parts that are there. */
  const said = (rows) => rows.map((r) => [r.round || r.step, r.share ? `${r.share}%` : r.value || (r.share === undefined && r.value === undefined ? r.figure : ''), r.low && r.high ? `(${r.low} … ${r.high})` : ''].filter(Boolean).join(' ')).filter(Boolean).join(' · ')
    + (rows[0]?.base ? ` · n = ${rows[0].base}` : '') + (rows[0]?.words ? ` · ${rows[0].words}` : '');

  // The drawing itself comes into the page when it is seen, so that its rows can be pointed at.
  const seen = new IntersectionObserver((entries) => entries.forEach((e) => { if (e.isIntersecting) { seen.unobserve(e.target); draw(e.target).catch(() => {}); } }), { rootMargin: '200px' });
  article.querySelectorAll('figure > .picture > img').forEach((img) => seen.observe(img));

  async function draw(img) {
    const address = new URL(img.src);
    const [svg, csv] = await Promise.all([address, new URL(address.href.replace(/svg$/, 'csv'))].map(async (a) => { const answer = await fetch(a); if (!answer.ok) throw new Error(a); return answer.text(); }));
    // Names within a drawing (of what cuts its stripes) must not be those of another on the page.
    const figure = img.closest('figure');
    const own = `${figure.id}-`;
    const named = svg.replace(/\bid="/g, `id="${own}`).replace(/url\(#/g, `url(#${own}`).replace(/href="#/g, `href="#${own}`);
    const drawing = new DOMParser().parseFromString(named, 'image/svg+xml').documentElement;
    if (drawing.localName !== 'svg') return;
    const byRow = Map.groupBy(rowsOf(csv), (r) => plain(r.row));
    const box = make('div', '', { class: 'drawing', role: 'group', 'aria-label': img.alt });
    const values = make('p', '', { class: 'values', role: 'status' });
    box.append(document.importNode(drawing, true));
    img.replaceWith(box);
    // Outside of what scrolls, so that they stay in sight.
    figure.querySelector(':scope > .picture').after(values);
    const root = box.firstElementChild;
    root.setAttribute('aria-hidden', 'false');
    const texts = [...root.querySelectorAll('text')];
    const { width } = root.viewBox.baseVal;
    for (const [label, rows] of byRow) {
      // A label may be broken into lines: its first words stand on the first.
      const first = texts.find((t) => { const words = plain(t.textContent); return words === label || (words.length > 3 && label.startsWith(`${words} `)); });
      if (!first) continue;
      const lines = [first];
      let rest = label.slice(plain(first.textContent).length).trim();
      for (let next = first.nextElementSibling; rest && next?.localName === 'text' && rest.startsWith(plain(next.textContent)); next = next.nextElementSibling) { lines.push(next); rest = rest.slice(plain(next.textContent).length).trim(); }
      const boxes = lines.map((l) => l.getBBox());
      const top = Math.min(...boxes.map((b) => b.y)) - 3;
      const row = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
      const attributes = { class: 'row', x: 0, y: top, width, height: Math.max(...boxes.map((b) => b.y + b.height)) + 3 - top, tabindex: 0, role: 'img', 'aria-label': `${label}: ${said(rows)}`, 'data-row': label };
      for (const [key, value] of Object.entries(attributes)) row.setAttribute(key, value);
      const tell = () => { values.textContent = `${label}: ${said(rows)}`; };
      const hush = () => { values.textContent = ''; };
      row.addEventListener('pointerenter', tell);
      row.addEventListener('focus', tell);
      row.addEventListener('pointerleave', hush);
      row.addEventListener('blur', hush);
      row.addEventListener('keydown', (e) => { if (e.key === 'Escape') hush(); });
      root.append(row);
    }
    light(lit);
  }

  // A region, in every table and drawing of the page.
  const names = new Map();
  const count = (name) => name && names.set(name, (names.get(name) ?? 0) + 1);
  article.querySelectorAll('table').forEach((t) => new Set([...t.querySelectorAll('tbody th'), ...t.querySelectorAll('.heatmap thead th')].map((h) => plain(h.textContent))).forEach(count));
  const several = [...names].filter(([, n]) => n > 1).map(([name]) => name);
  const heads = [...article.querySelectorAll('.heatmap thead th:not(:first-child)')].map((h) => plain(h.textContent));
  const choices = [...new Set([...several, ...heads])];
  if (choices.length > 1) {
    const select = make('select', '', { id: 'highlight' });
    select.append(make('option', nothingWord, { value: '' }), ...choices.map((name) => make('option', name, { value: name })));
    select.addEventListener('change', () => light(select.value));
    const tools = make('div', '', { class: 'tools' });
    tools.append(make('label', highlightWord, { for: 'highlight' }), select);
    article.querySelector('.blocks .chapter')?.after(tools);
  }

  function light(name) {
    lit = name;
    article.querySelectorAll('.lit').forEach((e) => e.classList.remove('lit'));
    if (!name) return;
    article.querySelectorAll('tbody tr').forEach((tr) => { if (plain(tr.cells[0].textContent) === name) tr.classList.add('lit'); });
    article.querySelectorAll('.heatmap table').forEach((t) => [...t.tHead.rows[0].cells].forEach((head, i) => { if (plain(head.textContent) === name) [head, ...[...t.tBodies[0].rows].map((r) => r.cells[i])].forEach((c) => c.classList.add('lit')); }));
    article.querySelectorAll('.drawing .row').forEach((r) => { if (r.dataset.row === name) r.classList.add('lit'); });
  }
})();
