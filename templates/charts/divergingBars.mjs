// Shares of a rating split at its middle: half of the neutral answers lie on each side of the line.
import { segmentBars } from './segments.mjs';

const behind = { stronglyBack: 1, back: 1, backTogether: 1, neutral: 0.5, notForward: 1 };
const start = (row) => -row.segments.reduce((sum, s) => sum + s.percent * (behind[s.tone] ?? 0), 0);

export default function divergingBars(chart, page) {
  const ends = chart.rows.filter((r) => r.segments.length).map((r) => [start(r), start(r) + r.segments.reduce((sum, s) => sum + s.percent, 0)]);
  const low = Math.min(-20, ...ends.map((e) => e[0]));
  const high = Math.max(20, ...ends.map((e) => e[1]));
  const domain = [Math.floor(low / 5) * 5, Math.ceil(high / 5) * 5];
  const apart = domain[1] - domain[0] > 120 ? 40 : 20;
  const ticks = [];
  for (let t = Math.ceil(domain[0] / apart) * apart; t <= domain[1]; t += apart) ticks.push(t);
  return segmentBars(chart, page, { start, domain, ticks, tickText: (t) => page.percent(Math.abs(t)), zero: 0 });
}
