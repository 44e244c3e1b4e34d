// What charts of labelled rows share: a column of labels, a plot, columns of words at the end, all in left-to-right
// coordinates (the worker turns a finished chart round for a right-to-left page).
import { grey, ink, size } from './theme.mjs';

/** The frame: where labels, plot and end columns stand, and how high a row must be for its label. */
export function frame(rows, columns, page, { step = 16, pad = 5, top = 0, bottom = 0, share = 0.29 } = {}) {
  const heads = columns.filter((c) => c.heading !== null && c.heading !== undefined); // a column may go without words at its head, but not without a head
  const widths = heads.map((c) => Math.max(...rows.map((r) => page.textWidth(c.text(r) ?? '', c.size ?? size.label, c.weight) + 2), ...c.heading.split(' ').map((w) => page.textWidth(w, size.tick) + 2), Math.min(44, page.textWidth(c.heading, size.tick) + 2)));
  const wanted = Math.max(...rows.map((r) => page.textWidth(r.label, size.label, r.isTotal ? 600 : 400))) + 12;
  // In wide steps, so that languages whose words differ a little share one picture.
  const label = Math.min(Math.ceil(wanted / 24) * 24, Math.round(page.width * (page.half ? 0.5 : share)));
  const ends = Math.ceil(widths.reduce((a, b) => a + b + 10, 0) / 12) * 12;
  const most = Math.max(
    ...rows.map((r) => page.lines(r.label, label - 8, size.label, r.isTotal ? 600 : 400)),
    ...rows.filter((r) => r.words).map((r) => page.lines(r.words, page.width - label - ends - 10, size.small)));
  const row = Math.min(Math.max(step, most * 10.6 + pad), Math.max(10.5, 560 / rows.length)); // a chart never grows longer than a page
  const headLines = Math.max(0, ...heads.map((c, i) => page.lines(c.heading, widths[i] + 8, size.tick)));
  const head = heads.some((c) => c.heading) ? headLines * 9.4 + 5 : 0;
  const plot = { x: label, y: top + head, width: page.width - label - ends, height: row * rows.length };
  const places = [];
  let at = page.width;
  for (let i = heads.length - 1; i >= 0; i--) { places[i] = { right: at, width: widths[i] }; at -= widths[i] + 10; }
  const middle = (i) => plot.y + row * i + row / 2;
  const words = [
    ...rows.map((r, i) => ({ x: 0, y: middle(i), text: r.label, anchor: 'start', size: size.label, weight: r.isTotal ? 600 : 400, fill: ink, width: label - 8 })),
    ...heads.map((c, i) => ({ x: places[i].right, y: plot.y - 4, text: c.heading, anchor: 'end', size: size.tick, fill: grey, width: places[i].width + 8, foot: true })),
    ...rows.flatMap((r, i) => heads.flatMap((c, k) => (c.text(r) ? [{ x: places[k].right, y: middle(i), text: c.text(r), anchor: 'end', size: c.size ?? size.label, weight: c.weight ?? 400, fill: c.fill ?? grey, italic: c.italic?.(r) ?? false }] : []))),
  ];
  return { plot, row, middle, words, height: plot.y + plot.height + bottom };
}

/** Faint lines between a total row and the others, so that it reads as their sum. */
export const totals = (rows, row) => rows.flatMap((r, i) => (r.isTotal && i + 1 < rows.length ? [{ y: row * (i + 1) }] : []));

/**
 * Lines of a scale down the plot, one stretch for each run of rows in which `crosses(row)` holds: where a row has words
 * or a scale of its own in the plot, no line runs through them.
 */
export function scaleLines(rows, row, ticks, x, crosses) {
  const runs = [];
  rows.forEach((r, i) => {
    if (!crosses(r)) return;
    if (i > 0 && crosses(rows[i - 1])) runs.at(-1)[1] = row * (i + 1);
    else runs.push([row * i, row * (i + 1)]);
  });
  return ticks.flatMap((t) => runs.map(([y, y2]) => ({ x: x(t), y, y2, zero: t === 0 })));
}

/** Why a row shows nothing, in the place of what it would show. */
export const rowWords = (rows, plot, middle) => rows.flatMap((r, i) => (r.words
  ? [{ x: plot.x + 5, y: middle(i), text: r.words, anchor: 'start', size: size.small, fill: grey, italic: true, width: plot.width - 10 }] : []));

/** Words under the plot: tick labels and what the axis measures. */
export function axisWords(plot, ticks, x, text, title) {
  return [
    ...ticks.map((t) => ({ x: plot.x + x(t), y: plot.y + plot.height + 9, text: text(t), anchor: 'middle', size: size.tick, fill: grey })),
    ...(title ? [{ x: plot.x + plot.width / 2, y: plot.y + plot.height + 21, text: title, anchor: 'middle', size: size.tick, fill: grey, width: plot.width * 1.5 }] : []),
  ];
}

/** A band scale over row numbers whose bands are exactly one row apart. */
export const bandOf = (inner) => ({ type: 'band', paddingInner: inner, paddingOuter: inner / 2 });
