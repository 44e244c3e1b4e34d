// What Typst has set, as a picture of pixels. Typst's programming interface writes no PNG; its SVG holds every letter as an outline, so that resvg draws it without any font of its own.
// Written with at most 256 colours, which no eye tells from the drawing and which takes a third of the room.
import zlib from 'node:zlib';
import { createRequire } from 'node:module';

const { Resvg } = createRequire(import.meta.url)('@resvg/resvg-js-linux-x64-gnu');

/** The PNG, this many pixels wide; the same SVG gives the same bytes. */
export function pngOf(svg, width) {
  const options = { font: { loadSystemFonts: false }, fitTo: { mode: 'width', value: width }, background: '#FFFFFF' };
  const image = new Resvg(svg, JSON.stringify(options)).render();
  return indexed(image.pixels, image.width, image.height);
}

/** Pixels without transparency (RGBA) as a PNG with a palette: the commonest colours, and for each other one the nearest of them. */
function indexed(rgba, width, height) {
  const pixels = new Uint32Array(rgba.buffer.slice(rgba.byteOffset, rgba.byteOffset + rgba.byteLength)); // little endian: 0xAABBGGRR
  const counts = new Map();
  for (let i = 0, from = 0; i <= pixels.length; i++) {
    if (i < pixels.length && pixels[i] === pixels[from]) continue;
    counts.set(pixels[from], (counts.get(pixels[from]) ?? 0) + i - from);
    from = i;
  }
  const palette = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 256).map(([p]) => p);
  const index = new Map(palette.map((p, i) => [p, i]));
  for (const p of counts.keys()) if (!index.has(p)) index.set(p, nearest(p, palette));
  const rows = Buffer.alloc(height * (width + 1)); // each row begins with its filter: none
  for (let y = 0, at = 0, last, one = 0; y < height; y++) {
    for (let x = 1; x <= width; x++, at++) {
      if (pixels[at] !== last) { last = pixels[at]; one = index.get(last); }
      rows[y * (width + 1) + x] = one;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8); // eight bits, a palette
  const colours = Buffer.from(palette.flatMap((p) => [p & 255, (p >>> 8) & 255, (p >>> 16) & 255]));
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('PLTE', colours), chunk('IDAT', zlib.deflateSync(rows, { level: 7 })), chunk('IEND', Buffer.alloc(0))]);
}

function nearest(p, palette) {
  let best = 0; let least = Infinity;
  for (let i = 0; i < palette.length; i++) {
    const q = palette[i];
    const r = (p & 255) - (q & 255); const g = ((p >>> 8) & 255) - ((q >>> 8) & 255); const b = ((p >>> 16) & 255) - ((q >>> 16) & 255);
    const far = 2 * r * r + 4 * g * g + 3 * b * b; // roughly as the eye weighs them
    if (far < least) { least = far; best = i; }
  }
  return best;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(zlib.crc32(body), body.length + 4);
  return out;
}
