// Plain bars with the value at the end of each; an earlier round's value as an open diamond.
import { bandOf, frame } from './rows.mjs';
import { ink, mist, picture, size } from './theme.mjs';

export default function bars(chart, page) {
  const { rows } = chart;
  const most = chart.maximum ?? Math.max(1, ...rows.map((r) => Math.max(r.value, r.earlier ?? 0)));
  const { plot, middle, words, height } = frame(rows, [], page, { step: page.half ? 18 : 19, share: 0.4, bottom: 2 });
  const end = Math.ceil((Math.max(...rows.map((r) => page.textWidth(r.text, size.label, 600))) + 10) / 12) * 12;
  const x = (v) => (v / most) * (plot.width - end);
  const values = rows.map((r, i) => ({ row: i, value: x(r.value), full: chart.maximum ? x(most) : null, earlier: r.earlier === null ? null : x(r.earlier), fill: r.isTotal ? page.look.primary : page.look.accent }));
  const y = { field: 'row', type: 'ordinal', scale: { domain: rows.map((_, i) => i), ...bandOf(0.44) }, axis: null };
  const xs = (field) => ({ field, type: 'quantitative', scale: null });
  return {
    legend: chart.nowLabel && chart.earlierLabel ? [{ swatch: { fill: page.look.accent }, text: chart.nowLabel }, { swatch: { open: ink }, text: chart.earlierLabel }] : [],
    words: [...words, ...rows.map((r, i) => ({ x: plot.x + Math.max(x(r.value), r.earlier === null ? 0 : x(r.earlier) + (Math.abs(x(r.earlier) - x(r.value)) < 44 && r.earlier > r.value ? 3 : -1e9)) + 5, y: middle(i), text: r.text, anchor: 'start', size: size.label, weight: 600, fill: ink }))],
    height,
    picture: { x: plot.x, y: plot.y, spec: picture(plot.width, plot.height, {
      layer: [
        ...(chart.maximum ? [{ data: { values }, mark: { type: 'bar', color: mist }, encoding: { y, x: { value: 0 }, x2: xs('full') } }] : []),
        { data: { values }, mark: { type: 'bar' }, encoding: { y, x: { value: 0 }, x2: xs('value'), color: { field: 'fill', type: 'nominal', scale: null } } },
        { data: { values: values.filter((v) => v.earlier !== null) }, mark: { type: 'point', shape: 'diamond', filled: true, size: 48, fill: '#FFFFFF', stroke: ink, strokeWidth: 1.1, opacity: 1 }, encoding: { y, x: xs('earlier') } },
      ],
    }) },
  };
}
