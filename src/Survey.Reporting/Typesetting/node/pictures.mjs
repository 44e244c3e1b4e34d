// A wordless Vega-Lite specification in, an SVG out. No browser, no canvas, no network; the same specification is drawn once.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import * as vega from 'vega';
import { compile } from 'vega-lite';
import { merge } from 'topojson-client';

const offline = vega.loader();
const round = (n) => Number(n.toFixed(2));
const refuse = async (uri) => { throw new Error(`a chart may not load ${uri}`); };
Object.assign(offline, { load: refuse, http: refuse, file: refuse, sanitize: refuse });

/** Draws pictures; `theme` holds the textures, `countries` the ISO numbers. */
export function studio({ theme, countries }) {
  const drawn = new Map();
  let topology;

  /** Every shape in a stand-in colour becomes its own colour with stripes, drawn as lines: PDF viewers disagree about pattern fills. */
  function textured(svg, width, height) {
    let n = 0;
    for (const t of theme.textures) {
      if (!svg.includes(t.standIn)) continue;
      svg = svg.replace(new RegExp(`<path([^>]*)fill="${t.standIn}"([^>]*)/>`, 'g'), (_, before, after) => {
        const d = `${before}${after}`.match(/\sd="([^"]*)"/)[1];
        const bar = d.match(/^M(-?[\d.]+),(-?[\d.]+)h([\d.]+)v([\d.]+)h-/)?.slice(1).map(Number);
        const [x, y, w, h] = bar ?? [0, 0, width, height];
        let stripes = '';
        for (let at = 3.2 - ((x + y) % 3.2 + 3.2) % 3.2; at < w + h; at += 3.2) {
          const x1 = Math.min(at, w); const x2 = Math.max(0, at - h); // from the upper or right edge down to the lower or left one
          stripes += `M${round(x + x1)},${round(y + at - x1)}L${round(x + x2)},${round(y + at - x2)}`;
        }
        const id = `c${n++}`;
        return `<path${before}fill="${t.fill}"${after}/><clipPath id="${id}"><path d="${d}"/></clipPath><g clip-path="url(#${id})"><path d="${stripes}" stroke="${t.texture}" stroke-width="0.8" fill="none"/></g>`;
      });
    }
    return svg;
  }

  async function picture(spec) {
    const id = createHash('sha256').update(JSON.stringify(spec)).digest('hex').slice(0, 20);
    if (drawn.has(id)) return drawn.get(id);
    const problems = [];
    const logger = vega.logger(vega.Warn);
    for (const level of ['warn', 'error']) logger[level] = (...a) => { problems.push(a.join(' ')); return logger; };
    const view = new vega.View(vega.parse(compile(spec, { logger }).spec), { renderer: 'none', loader: offline, logger });
    await view.runAsync();
    vega.resetSVGDefIds(); // clip ids count up in a process; from zero each time keeps the bytes the same
    const raw = await view.toSVG();
    view.finalize();
    if (problems.length) throw new Error(`Vega-Lite says: ${problems.join('; ')}`);
    const svg = thinned(textured(raw, spec.width, spec.height))
      .replace(/-?\d+\.\d{3,}(?:e-?\d+)?/g, (n) => String(Number(Number(n).toFixed(2))))
      .replace(/ (?:aria-[a-z]+|role|stroke-miterlimit|pointer-events)="[^"]*"/g, '')
      .replace(/ class="[^"]*"/g, '');
    if (/<text\b/.test(svg)) throw new Error('a chart\u2019s picture holds words; words are placed by its module, so that they are real text');
    const done = { id, svg };
    drawn.set(id, done);
    return done;
  }

  /** The outlines of groups of countries (ISO alpha-2), each merged into one shape, and of all that is in none. Antarctica is left out. */
  function world(groups) {
    topology ??= createRequire(import.meta.url)('world-atlas/countries-110m.json');
    const apart = { 'N. Cyprus': 'CY', Somaliland: 'SO', Kosovo: 'XK' }; // drawn by the atlas without a code
    const numberOf = (code) => (code === 'XK' ? 'XK' : countries[code]);
    const codes = new Map(groups.flatMap((g, i) => g.map((c) => [numberOf(c), i])));
    const shapes = topology.objects.countries.geometries.filter((g) => g.id !== '010');
    const groupOf = (g) => codes.get(g.id ?? (apart[g.properties.name] === 'XK' ? 'XK' : countries[apart[g.properties.name]]));
    const of = (i) => shapes.filter((g) => groupOf(g) === i);
    const rest = of(undefined);
    return { regions: groups.map((_, i) => merge(topology, of(i))), rest: rest.length ? merge(topology, rest) : null };
  }

  return { picture, world, count: () => drawn.size };
}

/** A coastline closer than the eye sees: points less than 1 pt from the one before are left out, and islands smaller than that. */
function thinned(svg) {
  return svg.replace(/\sd="(M[^"hvACQ]*Z)"/g, (whole, d) => {
    if (d.length < 2000) return whole;
    const rings = d.split('Z').filter(Boolean).map((r) => r.slice(1).split('L').map((p) => p.split(',').map(Number)));
    const out = rings.flatMap((ring) => {
      const kept = [];
      for (const p of ring) if (!kept.length || Math.hypot(p[0] - kept.at(-1)[0], p[1] - kept.at(-1)[1]) >= 1) kept.push(p);
      return kept.length < 3 ? [] : [`M${kept.map((p) => p.map((v) => Number(v.toFixed(1))).join(',')).join('L')}Z`];
    });
    return ` d="${out.join('')}"`;
  });
}
