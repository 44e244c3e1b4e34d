// A wordless Vega-Lite specification in, an SVG out. No browser, no canvas, no network; the same specification is drawn once.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import * as vega from 'vega';
import { compile } from 'vega-lite';
import { merge } from 'topojson-client';

const offline = vega.loader();
const refuse = async (uri) => { throw new Error(`a chart may not load ${uri}`); };
Object.assign(offline, { load: refuse, http: refuse, file: refuse, sanitize: refuse });

/** Draws pictures; `theme` holds the textures, `countries` the ISO numbers. */
export function studio({ theme, countries }) {
  const drawn = new Map();
  let topology;

  function textured(svg) {
    const used = theme.textures.filter((t) => svg.includes(t.standIn));
    if (!used.length) return svg;
    const defs = used.map((t) => `<pattern id="${t.id}" width="3.2" height="3.2" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="3.2" height="3.2" fill="${t.fill}"/><rect width="0.9" height="3.2" fill="${t.texture}"/></pattern>`).join('');
    for (const t of used) svg = svg.replaceAll(`fill="${t.standIn}"`, `fill="url(#${t.id})"`);
    return svg.replace(/(<svg[^>]*>)/, `$1<defs>${defs}</defs>`);
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
    const svg = textured(raw)
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


