// Stacked bars of a rating: the part that diverging and plain stacked bars share.
import { grey, ink, paint, picture, rule, size, tones } from './theme.mjs';
import { axisWords, bandOf, frame, totals } from './rows.mjs';

/** `start(row)` says where a row's first segment begins, in per cent. */
export function segmentBars(chart, page, { start, domain, ticks, tickText, zero }) {
  const rows = chart.rows;
  const columns = [
    { heading: chart.columns.figure, text: (r) => r.figure, weight: 600, size: size.figure, fill: ink },
    { heading: chart.columns.dontKnow, text: (r) => r.dontKnow },
    { heading: chart.columns.base, text: (r) => r.base, italic: (r) => r.isSmallBase },
  ];
  const { plot, row, middle, words, height } = frame(rows, columns, page, { step: page.half ? 19 : 21, bottom: chart.axisTitle ? 27 : 15 });
  const x = (percent) => ((percent - domain[0]) / (domain[1] - domain[0])) * plot.width;
  const values = [];
  const inside = [];
  rows.forEach((r, i) => {
    let at = start(r);
    for (const s of r.segments) {
      const look = tones[s.tone];
      if (s.percent > 0) values.push({ row: i, x0: at, x1: at + s.percent, fill: paint(look), thin: r.isSmallBase });
      const room = x(at + s.percent) - x(at);
      if (s.label && room >= page.textWidth(s.label, size.small, 600) + 5) inside.push({ x: plot.x + x(at + s.percent / 2), y: middle(i), text: s.label, anchor: 'middle', size: size.small, weight: 600, fill: look.ink, halo: look.texture ? look.fill : undefined });
      at += s.percent;
    }
    if (r.words) inside.push({ x: plot.x + (zero === undefined ? 0 : x(zero)) + 5, y: middle(i), text: r.words, anchor: 'start', size: size.small, fill: grey, italic: true, width: plot.width });
  });
  const xs = { type: 'quantitative', scale: { domain, nice: false, zero: false } };
  const bar = (thin) => ({
    transform: [{ filter: thin ? 'datum.thin' : '!datum.thin' }],
    mark: { type: 'bar', stroke: '#FFFFFF', strokeWidth: 0.9, height: { band: thin ? 0.58 : 1 } },
    encoding: { y: { field: 'row', type: 'ordinal', scale: { domain: rows.map((_, i) => i), ...bandOf(0.26) }, axis: null },
      x: { field: 'x0', ...xs, axis: { values: ticks, grid: true } }, x2: { field: 'x1' }, color: { field: 'fill', type: 'nominal', scale: null } },
  });
  return {
    legend: chart.levels.map((l) => ({ swatch: { tone: l.tone }, text: l.label })),
    words: [...words, ...inside, ...axisWords(plot, ticks, x, tickText, chart.axisTitle)],
    height,
    picture: { x: plot.x, y: plot.y, spec: picture(plot.width, plot.height, {
      layer: [
        { data: { values: [{}, ...totals(rows, row)] }, transform: [{ filter: 'isValid(datum.y)' }], mark: { type: 'rule', color: rule, strokeWidth: 0.8 }, encoding: { y: { field: 'y', type: 'quantitative', scale: null }, x: { value: 0 }, x2: { value: plot.width } } },
        ...(zero === undefined ? [] : [{ data: { values: [{ zero }] }, mark: { type: 'rule', color: ink, strokeWidth: 1 }, encoding: { x: { field: 'zero', ...xs } } }]),
        { data: { values }, ...bar(false) },
        { data: { values }, ...bar(true) },
      ],
    }) },
  };
}
