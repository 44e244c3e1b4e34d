// Pictures of the survey's pages as a member meets them, on a phone and at a desk, in English and Arabic: node survey-pictures.mjs LINK FOLDER
// Speaks to the system's Chromium over its debugging port; nothing is installed for it. Answers a little on the way, so that the pages show something.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [link, folder] = process.argv.slice(2);
const profile = await mkdtemp(join(tmpdir(), 'pictures-'));
const chromium = spawn('chromium', ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--hide-scrollbars', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'], { stdio: 'ignore' });
const wait = ms => new Promise(resolve => setTimeout(resolve, ms));
let port;
for (let i = 0; !port && i < 200; i++) {
  await wait(100);
  port = await readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => undefined);
}
const [number, path] = port.split('\n');
const socket = new WebSocket(`ws://127.0.0.1:${number}${path}`);
await new Promise(resolve => socket.addEventListener('open', resolve));
let last = 0;
const answers = new Map(), events = [];
socket.addEventListener('message', ({ data }) => {
  const message = JSON.parse(data);
  if (message.id) {
    message.error ? answers.get(message.id).reject(new Error(message.error.message)) : answers.get(message.id).resolve(message.result);
    answers.delete(message.id);
  } else for (const event of events) event(message);
});
const send = (method, params = {}, sessionId) => new Promise((resolve, reject) => {
  answers.set(++last, { resolve, reject });
  socket.send(JSON.stringify({ id: last, method, params, sessionId }));
});

const looks = { phone: { width: 360, height: 780, deviceScaleFactor: 1.5, mobile: true }, desk: { width: 1100, height: 800, deviceScaleFactor: 1, mobile: false } };
const words = { en: 'The new law on recruitment fees was passed in spring. We had worked for it with FIDH and 12 unions.', ar: 'أقر في الربيع القانون الجديد بشأن رسوم التوظيف. عملنا من أجله مع FIDH و12 نقابة.' };

const walk = async (language, name, look) => {
  const { browserContextId } = await send('Target.createBrowserContext');
  const { targetId } = await send('Target.createTarget', { url: 'about:blank', browserContextId });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const page = (method, params) => send(method, params, sessionId);
  await page('Page.enable');
  await page('Emulation.setDeviceMetricsOverride', look);
  const loaded = act => new Promise((resolve, reject) => {
    const heard = message => {
      if (message.sessionId !== sessionId || message.method !== 'Page.loadEventFired') return;
      events.splice(events.indexOf(heard), 1);
      resolve();
    };
    events.push(heard);
    act().catch(reject);
  });
  const run = async expression => (await page('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true })).result.value;
  const open = url => loaded(() => page('Page.navigate', { url }));
  // As a browser without script sends it.
  const save = then => loaded(() => run(`{ const form = document.querySelector('#answers'); form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'then', value: '${then}' })); form.submit(); }`));
  const shoot = async what => {
    await wait(300);
    const { cssContentSize: { height } } = await page('Page.getLayoutMetrics');
    // The window as high as the picture: what sticks to its lower edge then stands there.
    const whole = { ...look, height: Math.ceil(Math.min(height, name === 'phone' ? 2000 : 1500)) };
    await page('Emulation.setDeviceMetricsOverride', whole);
    await wait(200);
    const { data } = await page('Page.captureScreenshot', { format: 'webp', quality: 70, clip: { x: 0, y: 0, width: whole.width, height: whole.height, scale: 1 } });
    await page('Emulation.setDeviceMetricsOverride', look);
    await writeFile(join(folder, `survey-${what}-${language}-${name}.webp`), Buffer.from(data, 'base64'));
  };
  await open(`${link}?lang=${language}`);
  const root = await run('location.pathname');
  const at = path => open(new URL(root + path, link).href);
  await shoot('contents');
  await at('/q/organisation');
  await save('next');
  await shoot('facts');
  await at('/q/points/recruitment');
  await run(`for (const [name, value] of [['work', 'directly'], ['state', 'partly'], ['change', 'advanced'], ['actions', 'advocacy'], ['actions', 'coalition']])
    document.querySelector('[name="q-' + name + '"][value="' + value + '"]').click();
    document.querySelector('[name="q-example"]').value = ${JSON.stringify(words[language])}`);
  await shoot('point');
  await run(`document.querySelector('[name="q-example"]').value = 'x'.repeat(1600)`);
  await save('stay');
  await shoot('problem');
  await run(`document.querySelector('[name="q-example"]').value = ${JSON.stringify(words[language])}`);
  await save('stay');
  await at('/check');
  await shoot('check');
  await at('/print');
  await shoot('print');
  await send('Target.disposeBrowserContext', { browserContextId });
};

try {
  for (const language of ['en', 'ar']) for (const [name, look] of Object.entries(looks)) await walk(language, name, look);
} finally {
  chromium.kill();
  await new Promise(resolve => chromium.once('exit', resolve));
  await rm(profile, { recursive: true, force: true });
}
process.exit(0);
