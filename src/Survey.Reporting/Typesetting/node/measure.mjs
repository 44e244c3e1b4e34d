// True widths of words (shaped, so Arabic too) in the fonts that the page sets: charts wrap and drop labels by them.
import * as fontkit from 'fontkit';
import { faceFile } from './fonts.mjs';

const open = (family, style) => fontkit.openSync(faceFile(family, style));
const latin = { 400: open('source-sans-3', '400Regular'), 600: open('source-sans-3', '600SemiBold'), 700: open('source-sans-3', '700Bold') };
const arabic = { 400: open('ibm-plex-sans-arabic', '400Regular'), 600: open('ibm-plex-sans-arabic', '600SemiBold'), 700: open('ibm-plex-sans-arabic', '700Bold') };
const ARABIC = /[\u0600-\u06FF\u0750-\u077F\u08A0-\u08FF\uFB50-\uFDFF\uFE70-\uFEFF]+/g;

const advance = (font, text, size, features) => (text ? (font.layout(text, features).advanceWidth * size) / font.unitsPerEm : 0);

/** `rtl`: Latin letters and digits too are then set in the Arabic face. `features`: of OpenType, beyond the usual ones. */
export function measure(rtl, features = []) {
  const cache = new Map();
  function textWidth(text, size, weight = 400) {
    const w = weight >= 700 ? 700 : weight >= 600 ? 600 : 400;
    const key = `${w}|${text}`;
    let width = cache.get(key);
    if (width === undefined) {
      width = 0;
      let at = 0;
      const other = rtl ? arabic[w] : latin[w];
      for (const m of text.matchAll(ARABIC)) {
        width += advance(other, text.slice(at, m.index), 1, features) + advance(arabic[w], m[0], 1, features);
        at = m.index + m[0].length;
      }
      width += advance(other, text.slice(at), 1, features);
      cache.set(key, width);
    }
    return width * size;
  }
  /** The text broken at spaces into lines that fit; a longer word has a line of its own. */
  function wrap(text, width, size, weight) {
    const out = [];
    for (const word of text.split(' ')) {
      const longer = out.length ? `${out.at(-1)} ${word}` : word;
      if (out.length && textWidth(longer, size, weight) <= width) out[out.length - 1] = longer;
      else out.push(word);
    }
    return out;
  }
  return { textWidth, wrap, lines: (text, width, size, weight) => wrap(text, width, size, weight).length };
}
