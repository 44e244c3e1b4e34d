// Stacked bars of a rating: the part that diverging and plain stacked bars share.
import { grey, ink, mist, paint, picture, rule, size, tones } from './theme.mjs';
import { axisWords, bandOf, frame, rowWords, scaleLines, totals } from './rows.mjs';

/**
 * `start(row)` says where a row's first segment begins, in per cent. A row for which `isApart(row)` holds does not lie on the
 * scale: it is a thin strip on a ground of its own, as long as a bar, and no line of the scale runs through it.
 */
export function segmentBars(chart, page, { start, isApart = () => false, domain, ticks, tickText, zero }) {
  const rows = chart.rows;
  const columns = [
    { heading: chart.columns.figure, text: (r) => r.figure, weight: 600, size: size.figure, fill: ink },
    { heading: chart.columns.dontKnow, text: (r) => r.dontKnow },
    { heading: chart.columns.base, text: (r) => r.base, italic: (r) => r.isSmallBase },
  ];
  // What the scale measures stands before its ticks, below the labels, where there is room for it; else below the ticks.
  const fits = (at) => !chart.axisTitle || page.textWidth(chart.axisTitle, size.tick) <= at - 20;
  const { plot, row, middle, words, height: tall } = frame(rows, columns, page, { step: 14.6, pad: 4, bottom: 15 });
  const aside = fits(plot.x);
  const height = tall + (aside ? 0 : 12);
  const x = (percent) => ((percent - domain[0]) / (domain[1] - domain[0])) * plot.width;
  const values = [];
  const inside = [];
  const grounds = [];
  const plates = []; // a number on stripes stands on a plate of its own; as wide in every language, so that they share the picture
  rows.forEach((r, i) => {
    const apart = isApart(r);
    const inset = apart ? 5 : 0;
    let at = apart ? domain[0] : start(r);
    if (apart) grounds.push({ y: row * i + 1, y2: row * (i + 1) - 1 });
    for (const s of r.segments) {
      const look = tones[s.tone];
      const [from, to] = [x(at) + inset, x(at + s.percent) + inset];
      if (s.percent > 0) values.push({ row: i, x0: from, x1: to, fill: paint(look), band: apart ? 'apart' : r.isSmallBase ? 'thin' : 'full' });
      if (s.label && to - from >= page.textWidth(s.label, size.small, 600) + 5) {
        const centre = (from + to) / 2;
        inside.push({ x: plot.x + centre, y: middle(i), text: s.label, anchor: 'middle', size: size.small, weight: 600, fill: look.ink });
        const half = Math.min((s.label.length * size.small * 0.6) / 2 + 2, (to - from) / 2 - 1);
        if (look.texture) plates.push({ x: centre - half, x2: centre + half, y: row * (i + 0.5) - size.small * 0.52, y2: row * (i + 0.5) + size.small * 0.52, fill: look.fill });
      }
      at += s.percent;
    }
  });
  const p = (field) => ({ field, type: 'quantitative', scale: null });
  const lines = scaleLines(rows, row, ticks, x, (r) => !r.words && !isApart(r));
  const bars = (band, high) => ({
    data: { values: values.filter((v) => v.band === band) },
    mark: { type: 'bar', stroke: '#FFFFFF', strokeWidth: 0.9, height: { band: high } },
    encoding: { y: { field: 'row', type: 'ordinal', scale: { domain: rows.map((_, i) => i), ...bandOf(0.22) }, axis: null },
      x: p('x0'), x2: { field: 'x1' }, color: { field: 'fill', type: 'nominal', scale: null } },
  });
  const upright = (wanted, color, strokeWidth) => ({ data: { values: lines.filter(wanted) }, mark: { type: 'rule', color, strokeWidth }, encoding: { x: p('x'), y: p('y'), y2: { field: 'y2' } } });
  return {
    legend: chart.levels.map((l) => ({ swatch: { tone: l.tone }, text: l.label })),
    words: [...words, ...inside, ...rowWords(rows, plot, middle), ...axisWords(plot, ticks, x, tickText, aside ? null : chart.axisTitle),
      ...(aside && chart.axisTitle ? [{ x: 0, y: plot.y + plot.height + 9, text: chart.axisTitle, anchor: 'start', size: size.tick, fill: grey }] : [])],
    height,
    picture: { x: plot.x, y: plot.y, spec: picture(plot.width, plot.height, {
      layer: [
        { data: { values: grounds }, mark: { type: 'rect', color: mist }, encoding: { y: p('y'), y2: { field: 'y2' }, x: { value: 0 }, x2: { value: plot.width } } },
        { data: { values: totals(rows, row) }, mark: { type: 'rule', color: rule, strokeWidth: 0.8 }, encoding: { y: p('y'), x: { value: 0 }, x2: { value: plot.width } } },
        upright((l) => zero === undefined || !l.zero, rule, 0.6),
        upright((l) => zero !== undefined && l.zero, ink, 1),
        bars('full', 1),
        bars('thin', 0.58),
        bars('apart', 0.62),
        { data: { values: plates }, mark: { type: 'rect' }, encoding: { y: p('y'), y2: { field: 'y2' }, x: p('x'), x2: { field: 'x2' }, color: { field: 'fill', type: 'nominal', scale: null } } },
      ],
    }) },
  };
}
