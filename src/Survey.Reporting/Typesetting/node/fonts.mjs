// The one list of font files: what is measured, embedded and listed as covered is the same everywhere.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const faces = {
  'source-sans-3': ['400Regular', '400Regular_Italic', '600SemiBold', '600SemiBold_Italic', '700Bold'],
  'source-serif-4': ['400Regular', '400Regular_Italic', '600SemiBold', '700Bold'],
  'ibm-plex-sans-arabic': ['400Regular', '600SemiBold', '700Bold'],
  'noto-emoji': ['400Regular'],
};
const folder = (family, style) => path.join(path.dirname(require.resolve(`@expo-google-fonts/${family}/package.json`)), style);

/** Absolute folders, one face each, in a fixed order. */
export const fontPaths = () => Object.entries(faces).flatMap(([family, styles]) => styles.map((s) => folder(family, s)));

export const styles = faces;

/** The TTF file of a face. */
export function faceFile(family, style) {
  const dir = folder(family, style);
  return path.join(dir, fs.readdirSync(dir).find((f) => f.endsWith('.ttf')));
}
