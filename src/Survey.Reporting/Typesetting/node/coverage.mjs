// Writes src/Survey.Reporting/Editions/PrintableRanges.cs: the characters that the report's fonts can set.
// Run it after a change of fonts: node src/Survey.Reporting/Typesetting/node/coverage.mjs   (--print: to standard output)
import fs from 'node:fs';
import path from 'node:path';
import * as fontkit from 'fontkit';
import { faceFile, styles } from './fonts.mjs';

const leftOut = (c) => c < 0x20 || (c >= 0x7f && c <= 0x9f) || (c >= 0xe000 && c <= 0xf8ff) || (c >= 0xfe00 && c <= 0xfe0f) || c === 0xfeff || (c >= 0xfff0 && c <= 0xffff && c !== 0xfffd) || c >= 0xe0000;
function covered(family) { // by every face of the family, so that weight and slant do not matter
  const [first, ...others] = styles[family].map((s) => new Set(fontkit.openSync(faceFile(family, s)).characterSet));
  return [...first].filter((c) => !leftOut(c) && others.every((o) => o.has(c))).sort((a, b) => a - b);
}
function ranges(codes) {
  const out = [];
  for (const c of codes) { if (out.length && out.at(-1)[1] === c - 1) out.at(-1)[1] = c; else out.push([c, c]); }
  return out.map(([a, b]) => (a === b ? a.toString(16) : `${a.toString(16)}-${b.toString(16)}`)).join(' ');
}
const wrapped = (text) => text.match(/.{1,150}(?:\s|$)/g).map((l) => `        "${l.trimEnd()} "`).join(' +\n');
const field = (name, says, family) => `    /// <summary>${says}</summary>\n    internal const string ${name} =\n${wrapped(ranges(covered(family)))};\n`;

const source = `// Made from the fonts' character maps by src/Survey.Reporting/Typesetting/node/coverage.mjs; do not edit.
namespace Survey.Reporting.Editions;

/// <summary>Code points, as hexadecimal ranges, that every shipped face of a family can set. Private use and controls are left out.</summary>
internal static class PrintableRanges
{
${[field('Latin', 'Source Sans 3: Latin, Greek, Cyrillic, signs.', 'source-sans-3'), field('Arabic', 'IBM Plex Sans Arabic.', 'ibm-plex-sans-arabic'), field('Emoji', 'Noto Emoji, in one colour.', 'noto-emoji')].join('\n')}}
`;
if (process.argv.includes('--print')) process.stdout.write(source);
else fs.writeFileSync(path.resolve(import.meta.dirname, '../../Editions/PrintableRanges.cs'), source);
