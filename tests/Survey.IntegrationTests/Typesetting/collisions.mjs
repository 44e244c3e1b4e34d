// Says where a chart's words lie on one another, on a line or mark, half on a bar, or outside the drawing.
// Input: { "charts": folder, "editions": [content, …] } as JSON; output: a list of sentences as JSON. Drawn and measured as the report is.
import fs from 'node:fs';
import { drawings } from '../../../src/Survey.Reporting/Typesetting/node/drawings.mjs';

const GROUND = ['#EEF2F5']; // a faint band behind rows is no mark
const { charts: folder, editions } = JSON.parse(fs.readFileSync(0, 'utf8'));
const studio = await drawings(folder);

function* figures(blocks, half = false) {
  for (const b of blocks) {
    if (b.kind === 'figure') yield [b, half];
    else if (b.kind === 'columns') { yield* figures(b.first, true); yield* figures(b.second, true); }
  }
}

/** The boxes that a word's lines take, from the top of its capitals to the line it stands on. */
function wordBox(w, ruler) {
  const lines = w.width ? ruler.wrap(w.text, w.width, w.size, w.weight) : [w.text];
  const width = Math.max(...lines.map((l) => ruler.textWidth(l, w.size, w.weight)));
  const height = w.size * (0.7 * lines.length + 0.38 * (lines.length - 1));
  const left = w.anchor === 'end' ? w.x - width : w.anchor === 'middle' ? w.x - width / 2 : w.x;
  const top = w.foot ? w.y - height : w.y - height / 2;
  return [left, top, left + width, top + height];
}

/** What is painted, in the order in which it is, in the drawing's coordinates. */
function painted({ svg, data }) {
  const { x: dx, y: dy, width, flip } = data.picture;
  const place = ([a, b, c, d]) => (flip ? [dx + width - c, dy + b, dx + width - a, dy + d] : [dx + a, dy + b, dx + c, dy + d]);
  const out = [];
  for (const [element] of svg.replace(/<clipPath.*?<\/clipPath>|<g clip-path.*?<\/g>/g, '').matchAll(/<(?:line|path)\b[^>]*>/g)) {
    const of = (name) => element.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1];
    const [x, y] = (of('transform')?.match(/-?[\d.]+/g) ?? [0, 0]).map(Number);
    const colour = of('fill') ?? of('stroke');
    if (!colour || of('display') === 'none') continue;
    if (element.startsWith('<line')) {
      const half = Number(of('stroke-width') ?? 1) / 2;
      const [x2, y2] = [x + Number(of('x2')), y + Number(of('y2'))];
      const [across, along] = x === x2 ? [half, 0] : [0, half]; // its width lies beside it, not at its ends
      out.push({ kind: 'a line', box: place([Math.min(x, x2) - across, Math.min(y, y2) - along, Math.max(x, x2) + across, Math.max(y, y2) + along]) });
      continue;
    }
    const d = of('d');
    const bar = d.match(/^M(-?[\d.]+),(-?[\d.]+)h(-?[\d.]+)v(-?[\d.]+)/)?.slice(1).map(Number);
    if (bar) { out.push({ kind: GROUND.includes(colour) ? 'ground' : 'a bar', box: place([x + bar[0], y + bar[1], x + bar[0] + bar[2], y + bar[1] + bar[3]]) }); continue; }
    const points = [...d.matchAll(/(-?[\d.]+),(-?[\d.]+)(?=[A-Z]|$)/g)].map((p) => [x + Number(p[1]), y + Number(p[2])]);
    if (of('fill')) { out.push({ kind: 'a mark', box: place([Math.min(...points.map((p) => p[0])), Math.min(...points.map((p) => p[1])), Math.max(...points.map((p) => p[0])), Math.max(...points.map((p) => p[1]))]) }); continue; }
    for (let i = 1; i < points.length; i++) { // a drawn line as a row of small boxes
      const [[x1, y1], [x2, y2]] = [points[i - 1], points[i]];
      const steps = Math.max(1, Math.ceil(Math.hypot(x2 - x1, y2 - y1) / 2));
      for (let k = 0; k <= steps; k++) { const [px, py] = [x1 + ((x2 - x1) * k) / steps, y1 + ((y2 - y1) * k) / steps]; out.push({ kind: 'a curve', box: place([px - 0.6, py - 0.6, px + 0.6, py + 0.6]) }); }
    }
  }
  return out;
}

const touch = (a, b, by = 0.3) => a[0] < b[2] - by && b[0] < a[2] - by && a[1] < b[3] - by && b[1] < a[3] - by;
const within = (a, b) => a[0] >= b[0] - 0.3 && a[1] >= b[1] - 0.3 && a[2] <= b[2] + 0.3 && a[3] <= b[3] + 0.3;

const said = [];
for (const edition of editions) {
  const all = [...figures(edition.blocks)];
  for (const [block, half] of all) {
    if (block.chart.kind === 'regionMap') continue; // its words stand below it
    const drawn = await studio.draw(block.chart, edition, half, all.map(([b]) => b.chart));
    const words = drawn.data.words.map((w) => ({ text: w.text, box: wordBox(w, drawn.ruler) }));
    const marks = painted(drawn);
    const say = (w, what) => said.push(`${edition.language} ${block.id}: \u201C${w.text}\u201D ${what}`);
    words.forEach((w, i) => {
      if (!within(w.box, [-1, -4, drawn.data.width + 1, drawn.data.height + 4])) say(w, 'leaves the drawing');
      for (const other of words.slice(i + 1)) if (touch(w.box, other.box)) say(w, `lies on \u201C${other.text}\u201D`);
      for (const mark of marks.toReversed()) { // from what was painted last to what lies under it
        if (!touch(w.box, mark.box)) continue;
        if (mark.kind === 'ground') continue;
        if (mark.kind === 'a bar' && within(w.box, mark.box)) break; // a number in its segment; the segment hides the rest
        say(w, `lies on ${mark.kind}`);
        break;
      }
    });
  }
}
process.stdout.write(JSON.stringify(said));
