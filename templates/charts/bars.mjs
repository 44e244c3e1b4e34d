// Plain bars with the value of each; an earlier round's value as an open diamond. Where there is a mark or a scale's end beside
// a bar, the values stand in a column of their own, so that none is read as another mark's.
import { bandOf, frame } from './rows.mjs';
import { ink, mist, picture, size } from './theme.mjs';

export default function bars(chart, page) {
  const { rows } = chart;
  const column = chart.maximum !== null || rows.some((r) => r.earlier !== null);
  const most = chart.maximum ?? Math.max(1, ...rows.map((r) => Math.max(r.value, r.earlier ?? 0)));
  const { plot, middle, words, height } = frame(rows, [], page, { step: page.half ? 15.5 : 17, share: 0.4, bottom: 2 });
  const end = Math.ceil((Math.max(...rows.map((r) => page.textWidth(r.text, size.label, 600))) + 12) / 6) * 6;
  const x = (v) => (v / most) * (plot.width - end);
  const values = rows.map((r, i) => ({ row: i, value: x(r.value), full: chart.maximum ? x(most) : null, earlier: r.earlier === null ? null : x(r.earlier), fill: r.isTotal ? page.look.primary : page.look.accent }));
  const y = { field: 'row', type: 'ordinal', scale: { domain: rows.map((_, i) => i), ...bandOf(0.4) }, axis: null };
  const xs = (field) => ({ field, type: 'quantitative', scale: null });
  return {
    legend: chart.nowLabel && chart.earlierLabel ? [{ swatch: { fill: page.look.accent }, text: chart.nowLabel }, { swatch: { open: ink }, text: chart.earlierLabel }] : [],
    words: [...words, ...rows.map((r, i) => ({ x: column ? plot.x + plot.width : plot.x + x(r.value) + 5, y: middle(i), text: r.text, anchor: column ? 'end' : 'start', size: size.label, weight: 600, fill: ink }))],
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
