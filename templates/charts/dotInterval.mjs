// Estimates with their ranges. The mark's shape says on which side of zero the whole range lies.
import { ink, marks, mist, pale, picture, rule, size } from './theme.mjs';
import { axisWords, bandOf, frame, rowWords, scaleLines } from './rows.mjs';

export default function dotInterval(chart, page) {
  const { rows } = chart;
  const net = chart.scale === 'net';
  const known = rows.filter((r) => r.value !== null);
  const every = page.alike.flatMap((c) => c.rows).filter((r) => r.value !== null);
  const reach = Math.min(100, Math.max(20, Math.ceil(Math.max(0, ...every.flatMap((r) => [Math.abs(r.low ?? r.value), Math.abs(r.high ?? r.value)])) / 20) * 20));
  const domain = net ? [-reach, reach] : [0, 100];
  const ticks = net ? [-reach, -reach / 2, 0, reach / 2, reach] : page.half ? [0, 50, 100] : [0, 25, 50, 75, 100];
  const columns = [
    { heading: '', text: (r) => r.valueText, weight: 600, size: size.figure, fill: ink },
    { heading: chart.rangeHeading, text: (r) => r.rangeText },
    { heading: chart.baseHeading, text: (r) => r.base },
  ];
  const { plot, row, middle, words, height } = frame(rows, columns, page, { step: 17, bottom: chart.axisTitle ? 27 : 15 });
  const inset = 10; // a mark at the end of the scale stays within the picture
  const x = (v) => inset + ((v - domain[0]) / (domain[1] - domain[0])) * (plot.width - 2 * inset);
  const values = known.map((r) => ({ row: rows.indexOf(r), value: x(r.value), low: x(r.low ?? r.value), high: x(r.high ?? r.value), total: r.isTotal, ...(net ? marks[r.direction] : marks.none), ...(net ? {} : { fill: page.look.accent }) }));
  const xs = (field) => ({ field, type: 'quantitative', scale: null });
  const y = { field: 'row', type: 'ordinal', scale: { domain: rows.map((_, i) => i), ...bandOf(0.3) }, axis: null };
  return {
    legend: chart.legend.map((l) => ({ swatch: { mark: l.direction }, text: l.label })),
    words: [
      ...words,
      ...rowWords(rows, plot, middle),
      ...axisWords(plot, ticks, x, net ? page.signed : page.percent, chart.axisTitle),
    ],
    height,
    picture: { x: plot.x, y: plot.y, spec: picture(plot.width, plot.height, {
      layer: [
        { data: { values: rows.flatMap((r, i) => (i % 2 ? [] : [{ top: row * i, bottom: row * (i + 1) }])) }, mark: { type: 'rect', color: mist, opacity: 0.6 }, encoding: { y: { field: 'top', type: 'quantitative', scale: null }, y2: { field: 'bottom' }, x: { value: 0 }, x2: { value: plot.width } } },
        { data: { values: scaleLines(rows, row, ticks, x, (r) => !r.words).map((l) => ({ ...l, zero: net && l.zero })) }, mark: { type: 'rule' }, encoding: { x: xs('x'), y: xs('y'), y2: { field: 'y2' }, color: { condition: { test: 'datum.zero', value: ink }, value: rule }, strokeWidth: { condition: { test: 'datum.zero', value: 1 }, value: 0.6 } } },
        { data: { values }, mark: { type: 'rule', strokeWidth: 2.6, strokeCap: 'round', color: pale }, encoding: { y, x: xs('low'), x2: { field: 'high' } } },
        { data: { values }, mark: { type: 'point', filled: true, opacity: 1, stroke: '#FFFFFF', strokeWidth: 0.8 }, encoding: { y, x: xs('value'), shape: { field: 'shape', type: 'nominal', scale: null }, color: { field: 'fill', type: 'nominal', scale: null }, size: { condition: { test: 'datum.total', value: 110 }, value: 78 } } },
      ],
    }) },
  };
}
