// Shares of a rating without a middle, from nothing to all.
import { segmentBars } from './segments.mjs';

export default function stackedBars(chart, page) {
  return segmentBars(chart, page, { start: () => 0, domain: [0, 100], ticks: page.half ? [0, 50, 100] : [0, 25, 50, 75, 100], tickText: page.percent });
}
