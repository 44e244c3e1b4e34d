// Shares of a rating split at its middle: half of the neutral answers lie on each side of the line.
import { segmentBars } from './segments.mjs';

const behind = { stronglyBack: 1, back: 1, backTogether: 1, neutral: 0.5 };
const whole = (segments) => segments.reduce((sum, s) => sum + s.percent, 0);
const start = (row) => -row.segments.reduce((sum, s) => sum + s.percent * (behind[s.tone] ?? 0), 0);
/** Two steps, "advanced" and "not advanced", have no middle: what did not advance need not have gone back. */
const isApart = (row) => row.segments.some((s) => s.tone === 'notForward');

/** One scale for every chart of its kind in an edition, so that one point can be held against another. */
function domainOf(charts) {
  const rows = charts.flatMap((c) => c.rows).filter((r) => r.segments.length && !isApart(r));
  const low = Math.min(-50, ...rows.map(start));
  const high = Math.max(50, ...rows.map((r) => start(r) + whole(r.segments)));
  return [Math.floor(low / 5) * 5, Math.ceil(high / 5) * 5];
}

export default function divergingBars(chart, page) {
  const domain = domainOf(page.alike);
  const ticks = [];
  for (let t = Math.ceil(domain[0] / 25) * 25; t <= domain[1]; t += 25) ticks.push(t);
  return segmentBars(chart, page, { start, isApart, domain, ticks, tickText: (t) => page.percent(Math.abs(t)), zero: 0 });
}
