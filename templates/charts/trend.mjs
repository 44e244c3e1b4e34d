// One figure over the rounds: one wide panel, or small multiples in which each region stands out from the others.
import { grey, ink, picture, rule, size } from './theme.mjs';

export default function trend(chart, page) {
  const { panels, rounds } = chart;
  const net = chart.scale === 'net';
  // One scale for every trend of an edition: a steep line on one page is a steep line on the next.
  const points = page.alike.flatMap((c) => c.panels).flatMap((p) => p.points).filter((p) => p.value !== null);
  const alone = panels.length === 1;
  // Up to five stand in one row; more in rows that are as full as they can be.
  const columns = alone ? 1 : page.half ? 2 : panels.length <= 5 ? panels.length : panels.length % 4 === 0 || panels.length > 6 ? 4 : 3;
  const reach = Math.max(20, Math.ceil(Math.max(0, ...points.flatMap((p) => [Math.abs(p.low ?? p.value), Math.abs(p.high ?? p.value)])) / 20) * 20);
  const top = Math.min(100, Math.max(40, reach));
  const domain = net ? [-reach, reach] : [0, top];
  const ticks = net ? [-reach, 0, reach] : [0, top / 2, top];
  const axis = Math.ceil(Math.max(...ticks.map((t) => page.textWidth((net ? page.signed : page.percent)(t), size.tick))) / 6) * 6 + 6;
  const gap = columns > 4 ? 11 : 16;
  const width = Math.floor((page.width - axis - gap * (columns - 1)) / columns);
  const nameLines = alone ? 0 : Math.max(...panels.map((p) => page.lines(p.label, width, size.panel, 600)));
  const tall = alone ? (page.half ? 60 : 116) : columns > 4 ? 56 : 62;
  const title = alone ? chart.axisTitle : chart.breakLabel; // above its axis, where reading begins; over several panels the figure's subtitle has said what is measured
  const titleLines = title ? page.lines(title, page.width, size.tick) : 0;
  const above = titleLines * 9.6;
  const head = alone ? 10 : nameLines * 11 + 9;
  const down = head + tall + (alone ? 14 : 22);
  const full = { w: page.width - axis, h: down * Math.ceil(panels.length / columns) };
  const values = []; const lines = []; const bands = []; const breaks = []; const grid = []; const figures = [];
  const words = [];
  const inset = columns > 4 ? 9 : 12;
  // A panel's last figure stands behind its line's end, where no other region's line runs.
  const room = alone ? inset : Math.ceil(Math.max(0, ...panels.map((p) => page.textWidth(p.points.at(-1)?.text ?? '', size.figure, 600))) / 6) * 6 + 9;
  const xOf = (left, i) => left + (rounds.length === 1 ? (width - room + inset) / 2 : inset + ((width - inset - room) * i) / (rounds.length - 1));
  const yOf = (top, v) => top + tall * (1 - (v - domain[0]) / (domain[1] - domain[0]));
  const chains = (p) => { // stretches without a gap or a break
    const out = [];
    p.points.forEach((q, i) => { if (q.value === null) return; const before = p.points[i - 1]; if (i === 0 || before.value === null || q.isBreakBefore) out.push([]); out.at(-1).push([i, q]); });
    return out;
  };
  panels.forEach((panel, k) => {
    const left = (k % columns) * (width + gap);
    const top = Math.floor(k / columns) * down + head;
    for (const t of ticks) {
      grid.push({ x: left, x2: alone ? left + width : xOf(left, rounds.length - 1) + 3, y: yOf(top, t), strong: t === 0 });
      if (k % columns === 0) words.push({ x: axis - 5, y: yOf(top, t), text: (net ? page.signed : page.percent)(t), anchor: 'end', size: size.tick, fill: grey });
    }
    if (!alone) words.push({ x: axis + left, y: top - 8 - (nameLines - 1) * 5.5, text: panel.label, anchor: 'start', size: size.panel, weight: 600, fill: ink, width });
    if (!alone) panels.forEach((other, o) => { if (o !== k) chains(other).forEach((c, s) => c.forEach(([i, q]) => lines.push({ line: `${k}/${o}/${s}`, own: false, x: xOf(left, i), y: yOf(top, q.value) }))); });
    chains(panel).forEach((c, s) => c.forEach(([i, q]) => {
      lines.push({ line: `${k}/${s}`, own: true, x: xOf(left, i), y: yOf(top, q.value) });
      if (q.low !== null && q.high !== null) bands.push({ x: xOf(left, i), y: yOf(top, q.low), y2: yOf(top, q.high) });
    }));
    panel.points.forEach((q, i) => {
      if (alone || i === 0 || i === rounds.length - 1) words.push({ x: axis + xOf(left, i), y: top + tall + 9, text: rounds[i], anchor: 'middle', size: size.tick, fill: grey });
      if (q.isBreakBefore && i > 0) {
        const at = (xOf(left, i) + xOf(left, i - 1)) / 2;
        breaks.push({ x: at, y: top, y2: top + tall });
        if (alone && chart.breakLabel) words.push({ x: axis + at + 3, y: top + 4, text: chart.breakLabel, anchor: 'start', size: size.tick, fill: grey, italic: true, width: width / 2 });
      }
      if (q.value === null) return;
      values.push({ x: xOf(left, i), y: yOf(top, q.value) });
      const over = q.high !== null ? yOf(top, q.high) - 6 : yOf(top, q.value) - 8;
      if (q.text && !alone && i === rounds.length - 1) words.push({ x: axis + xOf(left, i) + 6, y: yOf(top, q.value), text: q.text, anchor: 'start', size: size.figure, weight: 600, fill: page.look.accent });
      if (q.text && alone) {
        const word = { x: axis + xOf(left, i), y: Math.max(-2, over), text: q.text, anchor: 'middle', size: size.figure, weight: 600, fill: page.look.accent };
        words.push(word);
        figures.push({ x: xOf(left, i), y: word.y, half: Math.ceil((page.textWidth(q.text, word.size, word.weight) + 4) / 12) * 6 });
      }
    });
  });
  // A line of the scale makes way for a figure.
  const open = grid.flatMap((g) => figures.filter((f) => Math.abs(f.y - g.y) < 5 && f.x > g.x && f.x < g.x2).sort((a, b) => a.x - b.x)
    .reduce((pieces, f) => [...pieces.slice(0, -1), { ...pieces.at(-1), x2: f.x - f.half }, { ...pieces.at(-1), x: f.x + f.half }], [g]).filter((s) => s.x2 > s.x));
  const p = (field) => ({ field, type: 'quantitative', scale: null });
  const xy = { x: p('x'), y: p('y') };
  return {
    legend: [],
    words: [...(title ? [{ x: 0, y: above / 2 - 1, text: title, anchor: 'start', size: size.tick, fill: grey, width: page.width }] : []), ...words.map((w) => ({ ...w, y: w.y + above }))],
    height: full.h + above,
    picture: { x: axis, y: above, spec: picture(full.w, full.h, {
      layer: [
        { data: { values: open }, mark: { type: 'rule' }, encoding: { ...xy, x2: { field: 'x2' }, color: { condition: { test: 'datum.strong', value: '#93A1AE' }, value: rule }, strokeWidth: { value: 0.7 } } },
        { data: { values: breaks }, mark: { type: 'rule', strokeDash: [2.5, 2], color: grey, strokeWidth: 0.9 }, encoding: { ...xy, y2: { field: 'y2' } } },
        { data: { values: lines.filter((l) => !l.own) }, mark: { type: 'line', strokeWidth: 0.8, color: '#C3CBD3' }, encoding: { ...xy, detail: { field: 'line' }, order: p('x') } },
        { data: { values: bands }, mark: { type: 'rule', strokeWidth: alone ? 7 : 4.5, strokeCap: 'butt', color: '#BFD6DE' }, encoding: { ...xy, y2: { field: 'y2' } } },
        { data: { values: lines.filter((l) => l.own) }, mark: { type: 'line', strokeWidth: 2.2, color: page.look.accent }, encoding: { ...xy, detail: { field: 'line' }, order: p('x') } },
        { data: { values }, mark: { type: 'point', filled: true, opacity: 1, size: alone ? 46 : 24, color: page.look.accent, stroke: '#FFFFFF', strokeWidth: 1 }, encoding: xy },
      ],
    }) },
  };
}
