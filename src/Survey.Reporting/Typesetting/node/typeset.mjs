// The process that sets editions. It is started with the layout's folder, its main file and, where something is drawn, the charts' folder; it loads what it needs, reads one line of JSON
// from standard input (the job), draws the charts, lets Typst set each edition in a thread (press.mjs), writes the files into the job's workspace and says how far it is in lines of JSON on standard output.
// It opens no connection, and leaves as soon as its input is closed, so that it never outlives the process that started it.
//
// A job: { "workspace": folder, "editions": [content, …] }
// An edition with "pictures" is not set as a whole: each of them becomes a PNG, the figure with its id or, without an id, the edition's headline.
// Lines: { "kind": "progress", "language", "step", "done", "total" } · { "kind": "file", "type" (pdf, figure or picture), "language", "name", "path", "pages" }
//        { "kind": "failed", "language", "message" } · { "kind": "finished" }
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { Worker } from 'node:worker_threads';

const [layout, main, charts] = process.argv.slice(2);
const say = (line) => fs.writeSync(1, `${JSON.stringify(line)}\n`);
const fail = (e) => { say({ kind: 'failed', language: e?.language ?? null, message: String(e?.message ?? e) }); process.exit(1); };

/** Every block of a kind, with whether it stands in a column. */
function* blocksOf(kind, blocks, half = false) {
  for (const b of blocks) {
    if (b.kind === kind) yield [b, half];
    else if (b.kind === 'columns') { yield* blocksOf(kind, b.first, true); yield* blocksOf(kind, b.second, true); }
  }
}

/** A layout may use nothing but its own folder: a package would be fetched from the network. */
function refusePackages(folder) {
  for (const name of fs.readdirSync(folder)) {
    if (name.endsWith('.typ') && /"@[a-z]/.test(fs.readFileSync(path.join(folder, name), 'utf8'))) throw new Error(`${name} imports a package; a layout may import only files of its own folder`);
  }
}

/**
 * The thread that sets editions, one after the other, while the charts of the next are drawn here. It starts at once, to be ready with the job. `set` gives the lines to say of an edition's files once it is set;
 * `told` hears each step.
 */
const press = (() => {
  const worker = new Worker(new URL('press.mjs', import.meta.url), { workerData: { layout, main } });
  let work;
  worker.on('message', (m) => {
    const { language } = work.sheet.edition;
    if (m.step) work.told(language, m.step);
    else if (m.failed) fail({ language, message: m.failed });
    else work.done(m.files.map((f) => ({ kind: 'file', language, ...f })));
  });
  // Out of memory ends the process as it does without threads: whoever started it may try again.
  worker.on('error', (e) => (e.code === 'ERR_WORKER_OUT_OF_MEMORY' ? process.abort() : fail({ language: work?.sheet.edition.language, message: e.message })));
  worker.on('exit', (code) => fail({ language: work?.sheet.edition.language, message: `the thread that sets it ended (${code})` }));
  let before = Promise.resolve();
  return {
    set: (sheet, told) => {
      before = before.then(() => new Promise((done) => { work = { sheet, told, done }; worker.postMessage(sheet); }));
      return before;
    },
  };
})();

async function run(job, studio, webSvg) {
  const total = job.editions.length * 3;
  let done = 0;
  const step = (language, name) => say({ kind: 'progress', language, step: name, done: done++, total });
  const sets = [];
  for (const edition of job.editions) {
    const { language } = edition;
    try {
      if (!/^[a-z]{2,3}$/.test(language)) throw new Error(`the language "${language}" is not a code of two or three letters`);
      step(language, 'charts');
      const drawn = new Map();
      const all = [...blocksOf('figure', studio ? edition.blocks : [])];
      const others = all.map(([block]) => block.chart);
      for (const [block, half] of all) {
        if (!/^[a-z0-9-]+$/.test(block.id)) throw new Error(`the figure's id "${block.id}" holds more than a-z, 0-9 and hyphens`);
        let drawing;
        try { drawing = await studio.draw(block.chart, edition, half && !edition.pictures, others); } catch (e) { throw new Error(`figure "${block.id}" (${block.chart?.kind}) cannot be drawn: ${e.message}`, { cause: e }); }
        drawn.set(`${drawing.data.picture.id}.svg`, drawing.svg);
        if (!edition.pictures) {
          const name = `${block.id}.${language}.svg`;
          fs.writeFileSync(path.join(job.workspace, name), webSvg(drawing, studio.swatches));
          say({ kind: 'file', type: 'figure', language, name: block.id, path: name, pages: 0 });
        }
        block.drawing = drawing.data;
        delete block.chart;
      }
      for (const [table] of blocksOf('table', studio && !edition.pictures ? edition.blocks : [])) table.needs = studio.columnNeeds(table, edition);
      for (const [id, svg] of studio?.swatches ?? []) drawn.set(`${id}.svg`, svg);
      sets.push(press.set({ edition, drawn, workspace: job.workspace }, step));
      globalThis.gc(); // what drawing left behind would stand beside what setting takes
      await new Promise((go) => { setImmediate(go); }); // hears what the threads say
    } catch (e) { fail({ language, message: e.message }); }
  }
  for (const files of await Promise.all(sets)) files.forEach(say);
  say({ kind: 'finished', pictures: studio?.count() ?? 0 });
}

// What draws is loaded only where something is drawn: a copy of answers is there in the time that it would take.
const ready = (async () => {
  refusePackages(layout);
  return charts ? [await (await import('./drawings.mjs')).drawings(charts), (await import('./web.mjs')).webSvg] : [null, null];
})();
ready.catch(() => {}); // said when the job is there

const lines = readline.createInterface({ input: process.stdin });
let started = false;
lines.on('line', (line) => {
  if (started) return;
  started = true;
  let job;
  try { job = JSON.parse(line); } catch { fail({ message: 'the job is not JSON' }); }
  ready.then(([studio, webSvg]) => run(job, studio, webSvg)).then(() => process.exit(), fail);
});
lines.on('close', () => process.exit(started ? 3 : 2));
