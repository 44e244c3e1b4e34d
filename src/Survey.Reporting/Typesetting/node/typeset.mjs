// The process that sets editions. It reads one line of JSON from standard input (the job), draws the charts, lets Typst set
// each edition, writes the files into the job's workspace and says how far it is in lines of JSON on standard output.
// It opens no connection, and leaves as soon as its input is closed, so that it never outlives the process that started it.
//
// A job: { "layout": folder, "main": file of it, "charts": folder or null (nothing is drawn), "workspace": folder, "editions": [content, …] }
// An edition with "pictures" is not set as a whole: each of them becomes a PNG, the figure with its id or, without an id, the edition's headline.
// Lines: { "kind": "progress", "language", "step", "done", "total" } · { "kind": "file", "type" (pdf, figure or picture), "language", "name", "path", "pages" }
//        { "kind": "failed", "language", "message" } · { "kind": "finished" }
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { createRequire } from 'node:module';
import { fontPaths } from './fonts.mjs';
import { markUa1 } from './dual.mjs';

const { NodeCompiler } = createRequire(import.meta.url)('@myriaddreamin/typst-ts-node-compiler-linux-x64-gnu');
const say = (line) => fs.writeSync(1, `${JSON.stringify(line)}\n`);
const problem = (e) => { const list = (e?.shortDiagnostics ?? []).map((d) => `${d.message}${d.path ? ` (${path.basename(d.path)})` : ''}`); return list.length ? list.join('; ') : String(e?.message ?? e); };

/** Every figure of a list of blocks, with whether it stands in a column. */
function* figures(blocks, half = false) {
  for (const b of blocks) {
    if (b.kind === 'figure') yield [b, half];
    else if (b.kind === 'columns') { yield* figures(b.first, true); yield* figures(b.second, true); }
  }
}

/** A layout may use nothing but its own folder: a package would be fetched from the network. */
function refusePackages(folder) {
  for (const name of fs.readdirSync(folder)) {
    if (name.endsWith('.typ') && /"@[a-z]/.test(fs.readFileSync(path.join(folder, name), 'utf8'))) throw new Error(`${name} imports a package; a layout may import only files of its own folder`);
  }
}

async function run(job) {
  refusePackages(job.layout);
  // What draws is loaded only where something is drawn: a copy of answers is there in the time that it would take.
  const studio = job.charts ? await (await import('./drawings.mjs')).drawings(job.charts) : null;
  const { webSvg } = job.charts ? await import('./web.mjs') : {};
  const { pngOf } = job.editions.some((e) => e.pictures) ? await import('./pixels.mjs') : {};
  const total = job.editions.length * 3;
  let done = 0;
  let language = null;
  const step = (name) => say({ kind: 'progress', language, step: name, done: done++, total });
  try {
    const compiler = NodeCompiler.create({ workspace: job.layout, fontArgs: [{ fontPaths: fontPaths() }] });
    const shadow = (name, bytes) => compiler.mapShadow(path.join(job.layout, '.run', name), bytes);
    const main = path.join(job.layout, job.main);
    const known = new Set();
    const laidOut = (content, kind) => {
      const name = `${kind}.${language}.json`;
      shadow(name, Buffer.from(JSON.stringify(content)));
      const compiled = compiler.compile({ mainFilePath: main, inputs: { edition: `/.run/${name}` } });
      if (compiled.hasError() || !compiled.result) throw new Error(`the layout refused: ${problem(compiled.takeError())}`);
      const warnings = compiled.takeWarnings();
      if (warnings?.shortDiagnostics?.length) throw new Error(`the layout warned: ${problem(warnings)}`);
      return compiled;
    };
    for (const edition of job.editions) {
      language = edition.language;
      if (!/^[a-z]{2,3}$/.test(language)) throw new Error(`the language "${language}" is not a code of two or three letters`);
      step('charts');
      const all = [...figures(studio ? edition.blocks : [])];
      const charts = all.map(([block]) => block.chart);
      for (const [block, half] of all) {
        if (!/^[a-z0-9-]+$/.test(block.id)) throw new Error(`the figure's id "${block.id}" holds more than a-z, 0-9 and hyphens`);
        let drawing;
        try { drawing = await studio.draw(block.chart, edition, half && !edition.pictures, charts); } catch (e) { throw new Error(`figure "${block.id}" (${block.chart?.kind}) cannot be drawn: ${problem(e)}`, { cause: e }); }
        const { id } = drawing.data.picture;
        if (!known.has(id)) { shadow(`${id}.svg`, Buffer.from(drawing.svg)); known.add(id); }
        if (!edition.pictures) {
          const name = `${block.id}.${language}.svg`;
          fs.writeFileSync(path.join(job.workspace, name), webSvg(drawing, studio.swatches));
          say({ kind: 'file', type: 'figure', language, name: block.id, path: name, pages: 0 });
        }
        block.drawing = drawing.data;
        delete block.chart;
      }
      for (const [id, svg] of studio?.swatches ?? []) if (!known.has(id)) { shadow(`${id}.svg`, Buffer.from(svg)); known.add(id); }
      pictures(edition, shadow);

      if (edition.pictures) {
        const blocks = new Map([...edition.blocks.flatMap((b) => (b.kind === 'columns' ? [...b.first, ...b.second] : [b]))].map((b) => [b.id, b]));
        for (const picture of edition.pictures) {
          const { result } = laidOut({ ...edition, pictures: undefined, picture, blocks: picture.id ? [blocks.get(picture.id)] : [] }, 'picture');
          const name = `${picture.id ?? 'headline'}.${language}.png`;
          fs.writeFileSync(path.join(job.workspace, name), pngOf(compiler.plainSvg(result), picture.width));
          say({ kind: 'file', type: 'picture', language, name: picture.name, path: name, pages: 0 });
        }
        compiler.evictCache(0);
        continue;
      }

      step('layout');
      const compiled = laidOut(edition, 'edition');

      step('pdf');
      let pdf;
      try {
        compiler.pdf(compiled.result, { pdfStandard: 'ua-1' }); // the gate: alternative texts, title, headings, glyphs
        pdf = markUa1(compiler.pdf(compiled.result, { pdfStandard: 'a-2a' }));
      } catch (e) { throw new Error(`the PDF refused: ${problem(e)}`, { cause: e }); }
      fs.writeFileSync(path.join(job.workspace, `report.${language}.pdf`), pdf);
      say({ kind: 'file', type: 'pdf', language, name: 'report', path: `report.${language}.pdf`, pages: compiled.result.numOfPages });
      compiler.evictCache(0); // the next language shares next to nothing with this one, and what is kept adds up
    }
    say({ kind: 'finished', pictures: studio?.count() ?? 0 });
  } catch (e) {
    say({ kind: 'failed', language, message: String(e?.message ?? e) });
    process.exitCode = 1;
  }
}

/** Logos go beside the pictures; the content keeps their names. */
function pictures(edition, shadow) {
  let n = 0;
  const put = (picture) => {
    if (!picture?.bytes) return;
    const type = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/svg+xml': 'svg' }[picture.mediaType];
    if (!type) throw new Error(`a picture of type ${picture.mediaType} cannot be set; give PNG, JPEG or SVG`);
    picture.name = `logo-${edition.language}-${n++}.${type}`;
    shadow(picture.name, Buffer.from(picture.bytes, 'base64'));
    delete picture.bytes;
  };
  put(edition.logo);
  for (const b of edition.blocks ?? []) if (b.kind === 'imprint') b.logos.forEach(put);
}

const lines = readline.createInterface({ input: process.stdin });
let started = false;
lines.on('line', (line) => {
  if (started) return;
  started = true;
  let job;
  try { job = JSON.parse(line); } catch { say({ kind: 'failed', language: null, message: 'the job is not JSON' }); process.exit(1); }
  run(job).catch((e) => { say({ kind: 'failed', language: null, message: String(e?.message ?? e) }); process.exitCode = 1; }).finally(() => process.exit());
});
lines.on('close', () => process.exit(started ? 3 : 2));
