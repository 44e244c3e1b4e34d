// What Typst has set, as a picture of points. Typst's programming interface writes no PNG; its SVG holds every letter as an outline, so that resvg draws it without any font of its own.
import { createRequire } from 'node:module';

const { Resvg } = createRequire(import.meta.url)('@resvg/resvg-js-linux-x64-gnu');

/** The PNG, this many points wide; the same SVG gives the same bytes. */
export function pngOf(svg, width) {
  const options = { font: { loadSystemFonts: false }, fitTo: { mode: 'width', value: width }, background: '#FFFFFF', shapeRendering: 2, imageRendering: 0 };
  return new Resvg(svg, JSON.stringify(options)).render().asPng();
}
