// The same drawing as one SVG for a web page: legend on top, picture, words as text in the reader's fonts.
const esc = (s) => s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
const r = (n) => Number(n.toFixed(2));

/** Readers' system fonts run wider than the face that was measured: words are set a little smaller, and what stands in a row is given more room. */
const NARROWER = 0.94;
const WIDER = 1.1;
const WIDEST = 1.4;

export function webSvg({ svg, data, ruler, rtl }, swatches) {
  const out = [];
  const size = 8.8;
  let down = 0;
  const side = (x) => (rtl ? data.width - x : x);
  const rows = [data.legend, ...(data.list.length ? [data.list.map((l) => ({ swatch: l.swatch, text: `${l.text}: ${l.figure}` }))] : [])];
  const entries = (list, top) => {
    let x = 0; let y = top + 7;
    for (const l of list) {
      const w = 15 + ruler.textWidth(l.text, size) * WIDER + 16;
      if (x > 0 && x + w - 16 > data.width) { x = 0; y += 15; }
      out.push(`<svg x="${r(rtl ? data.width - x - 9 : x)}" y="${r(y - 4.5)}" width="9" height="9" viewBox="0 0 10 10">${inner(swatches.get(l.swatch))}</svg>`);
      out.push(text({ x: side(x + 14), y, text: l.text, anchor: rtl ? 'end' : 'start', size, weight: 400, fill: '#14263B' }));
      x += w;
    }
    return list.length ? y + 14 : top;
  };
  down = entries(rows[0], down);
  const p = data.picture;
  const turn = p.flip ? ` transform="translate(${r(p.width)} 0) scale(-1 1)"` : '';
  out.push(`<g transform="translate(${r(p.x)} ${r(p.y + down)})"><g${turn}>${inner(svg)}</g></g>`);
  for (const w of data.words) out.push(text({ ...w, y: w.y + down }));
  let height = data.height + down + 4;
  if (rows[1]) height = entries(rows[1], height + 4);

  function text(w) {
    const lines = w.width ? ruler.wrap(w.text, w.width, w.size, w.weight) : [w.text];
    const lead = w.size * 1.15;
    const first = w.foot ? w.y - lead * (lines.length - 1) : w.y + w.size * 0.34 - (lead * (lines.length - 1)) / 2;
    // text-anchor follows the text's own direction: in a right-to-left text its start is at the right
    const anchor = rtl ? { start: 'end', end: 'start', middle: 'middle' }[w.anchor] : w.anchor;
    const attributes = `text-anchor="${anchor}" font-size="${r(w.size * NARROWER)}"${w.weight > 400 ? ` font-weight="${w.weight}"` : ''}${w.italic && !rtl ? ' font-style="italic"' : ''} fill="${w.fill}"`;
    // A line that would outgrow its room in a wide face is held to the width that was measured: what stands beside it begins where the room ends, and the picture has an edge.
    const held = (l) => { const wide = ruler.textWidth(l, w.size, w.weight); return w.width && wide * WIDEST > w.width ? ` textLength="${r(Math.min(wide, w.width))}" lengthAdjust="spacingAndGlyphs"` : ''; };
    return lines.map((l, i) => `<text x="${r(w.x)}" y="${r(first + lead * i)}" ${attributes}${held(l)}>${esc(rtl && /^[-+\u2212≤≥<>]?[\d\s.,%\u202F\u00A0\u2013\u2026\u2212+-]*$/.test(l) ? `\u2066${l}\u2069` : l)}</text>`).join('');
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${r(data.width)} ${r(height)}" width="${r(data.width)}" height="${r(height)}" font-family="system-ui, sans-serif"${rtl ? ' direction="rtl"' : ''}>${out.join('')}</svg>\n`;
}

const inner = (svg) => svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'));
