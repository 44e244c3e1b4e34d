// A thread that sets editions, one after the other, and keeps Typst and its fonts between them.
// It gets { edition (its figures drawn), drawn: pictures by file name, workspace }, says { step } when it begins one, and at the end { files } or { failed }.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { fontPaths } from './fonts.mjs';
import { markUa1 } from './dual.mjs';

const { NodeCompiler } = createRequire(import.meta.url)('@myriaddreamin/typst-ts-node-compiler-linux-x64-gnu');
const { layout, main } = workerData;
const compiler = NodeCompiler.create({ workspace: layout, fontArgs: [{ fontPaths: fontPaths() }] });
const shadow = (name, bytes) => compiler.mapShadow(path.join(layout, '.run', name), bytes);
const problem = (e) => { const list = (e?.shortDiagnostics ?? []).map((d) => `${d.message}${d.path ? ` (${path.basename(d.path)})` : ''}`); return list.length ? list.join('; ') : String(e?.message ?? e); };
const known = new Set();

function laidOut(content, kind) {
  const name = `${kind}.${content.language}.json`;
  shadow(name, Buffer.from(JSON.stringify(content)));
  const compiled = compiler.compile({ mainFilePath: path.join(layout, main), inputs: { edition: `/.run/${name}` } });
  if (compiled.hasError() || !compiled.result) throw new Error(`the layout refused: ${problem(compiled.takeError())}`);
  const warnings = compiled.takeWarnings();
  if (warnings?.shortDiagnostics?.length) throw new Error(`the layout warned: ${problem(warnings)}`);
  return compiled.result;
}

/** Logos go beside the pictures; the content keeps their names. */
function logos(edition) {
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

/** The edition as a PDF. */
function document(edition, workspace) {
  parentPort.postMessage({ step: 'layout' });
  const laid = laidOut(edition, 'edition');
  parentPort.postMessage({ step: 'pdf' });
  let pdf;
  try {
    compiler.pdf(laid, { pdfStandard: 'ua-1' }); // the gate: alternative texts, title, headings, glyphs
    pdf = markUa1(compiler.pdf(laid, { pdfStandard: 'a-2a' }));
  } catch (e) { throw new Error(`the PDF refused: ${problem(e)}`, { cause: e }); }
  const name = `report.${edition.language}.pdf`;
  fs.writeFileSync(path.join(workspace, name), pdf);
  return [{ type: 'pdf', name: 'report', path: name, pages: laid.numOfPages }];
}

/** The edition's pictures as PNG. */
async function pixels(edition, workspace) {
  const { pngOf } = await import('./pixels.mjs');
  const blocks = new Map([...edition.blocks.flatMap((b) => (b.kind === 'columns' ? [...b.first, ...b.second] : [b]))].map((b) => [b.id, b]));
  return edition.pictures.map((picture) => {
    const laid = laidOut({ ...edition, pictures: undefined, picture, blocks: picture.id ? [blocks.get(picture.id)] : [] }, 'picture');
    const name = `${picture.id ?? 'headline'}.${edition.language}.png`;
    fs.writeFileSync(path.join(workspace, name), pngOf(compiler.plainSvg(laid), picture.width));
    return { type: 'picture', name: picture.name, path: name, pages: 0 };
  });
}

parentPort.on('message', async ({ edition, drawn, workspace }) => {
  let answer;
  try {
    for (const [name, svg] of drawn) if (!known.has(name)) { shadow(name, Buffer.from(svg)); known.add(name); }
    logos(edition);
    answer = { files: edition.pictures ? await pixels(edition, workspace) : document(edition, workspace) };
  } catch (e) { answer = { failed: String(e?.message ?? e) }; }
  // Typst's document goes with its last name here, once the collector has run and the thread has taken a breath: each would else stay until the end.
  globalThis.gc();
  setImmediate(() => {
    compiler.evictCache(0); // the next language shares next to nothing with this one, and what is kept adds up
    parentPort.postMessage(answer);
  });
});
