// A chart's data to a drawing: picture, words with their places, legend. Chart modules think from left to right;
// for a right-to-left page the finished drawing is turned round, so that one picture serves every language.
import path from 'node:path';
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';
import { measure } from './measure.mjs';
import { needs } from './tables.mjs';
import { studio } from './pictures.mjs';

export const WIDTH = 482; // the page's body in points
export const HALF = 231;

export async function drawings(folder) {
  const load = (name) => import(pathToFileURL(path.join(folder, name)).href);
  const theme = await load('theme.mjs');
  const countries = JSON.parse(fs.readFileSync(path.join(folder, 'countries.json'), 'utf8'));
  const { picture, world, count } = studio({ theme, countries });
  const modules = new Map();
  const rulers = { true: measure(true), false: measure(false) };
  const columnRulers = { true: measure(true, ['tnum']), false: measure(false, ['tnum']) };
  const swatches = new Map();

  function swatch(s) {
    const id = `swatch-${JSON.stringify(s).replace(/[^a-zA-Z0-9]+/g, '-')}`;
    if (!swatches.has(id)) swatches.set(id, swatchSvg(s, theme));
    return id;
  }

  /** `edition`: the content's language, direction, labels and look. `others`: all charts of the edition; those of one kind may share a scale. */
  async function draw(chart, edition, half, others) {
    if (!modules.has(chart.kind)) {
      if (!/^[a-zA-Z]+$/.test(chart.kind)) throw new Error(`unknown kind of chart: ${chart.kind}`);
      modules.set(chart.kind, (await load(`${chart.kind}.mjs`)).default);
    }
    const rtl = edition.direction === 'rightToLeft';
    const ruler = rulers[rtl];
    const page = {
      width: half ? HALF : WIDTH, half, look: edition.look, world, ...ruler,
      alike: others.filter((c) => c.kind === chart.kind && c.scale === chart.scale),
      percent: (n) => edition.labels.percentPattern.replace('{0}', String(n)),
      signed: (n) => (n > 0 ? `+${n}` : n < 0 ? `\u2212${-n}` : '0'),
    };
    const drawing = modules.get(chart.kind)(chart, page);
    const spec = drawing.picture.spec;
    const { id, svg } = await picture(spec);
    const flip = rtl && drawing.mirror !== false;
    const other = { start: 'end', end: 'start', middle: 'middle' };
    return {
      svg,
      data: {
        width: page.width, height: drawing.height,
        picture: { id, x: flip ? page.width - drawing.picture.x - spec.width : drawing.picture.x, y: drawing.picture.y, width: spec.width, height: spec.height, flip },
        legend: (drawing.legend ?? []).map((l) => ({ swatch: swatch(l.swatch), text: l.text })),
        list: (drawing.list ?? []).map((l) => ({ swatch: swatch(l.swatch), text: l.text, figure: l.figure })),
        words: drawing.words.filter((w) => w.text).map((w) => ({ weight: 400, italic: false, foot: false, width: null, ...w, x: flip ? page.width - w.x : w.x, anchor: flip ? other[w.anchor] : w.anchor })),
      },
      ruler, rtl,
    };
  }
  /** What the columns of a table need (tables.mjs). */
  const columnNeeds = (table, edition) => needs(table, columnRulers[edition.direction === 'rightToLeft'].textWidth);
  return { draw, columnNeeds, swatches, count };
}

function swatchSvg(s, theme) {
  const box = (inside) => `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" viewBox="0 0 10 10">${inside}</svg>`;
  const square = (look) => box(`<rect width="10" height="10" fill="${look.fill}"/>${look.texture ? `<path d="M3.2,0L0,3.2M6.4,0L0,6.4M9.6,0L0,9.6M10,2.8L2.8,10M10,6L6,10M10,9.2L9.2,10" stroke="${look.texture}" stroke-width="0.9" fill="none"/>` : ''}`);
  if (s.tone) return square(theme.tones[s.tone]);
  if (s.hatch) return square(theme.hatch);
  if (s.fill) return square({ fill: s.fill });
  if (s.open) return box(`<path d="M5 1L9 5L5 9L1 5Z" fill="#FFFFFF" stroke="${s.open}" stroke-width="1.1"/>`);
  const { shape, fill } = theme.marks[s.mark];
  const paths = { 'triangle-up': 'M5 1L9.3 8.8L0.7 8.8Z', 'triangle-down': 'M5 9L0.7 1.2L9.3 1.2Z', diamond: 'M5 0.8L9.2 5L5 9.2L0.8 5Z' };
  return box(paths[shape] ? `<path d="${paths[shape]}" fill="${fill}"/>` : `<circle cx="5" cy="5" r="3.6" fill="${fill}"/>`);
}
