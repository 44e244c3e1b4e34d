// The contrast of every text that can be seen (WCAG 1.4.3): each text's colour against all that may lie behind it, the worst case counted.
// Gives { texts: how many were looked at, faults: in words, unresolved: those of the given selectors whose element was not looked at }.
selectors => {
  const pencil = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
  const kept = new Map();
  // Any colour that CSS knows (color-mix gives oklab and the like), as red, green, blue 0..255 and alpha 0..1.
  const read = colour => {
    if (!kept.has(colour)) {
      pencil.clearRect(0, 0, 1, 1);
      pencil.fillStyle = '#000';
      pencil.fillStyle = colour;
      pencil.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = pencil.getImageData(0, 0, 1, 1).data;
      kept.set(colour, [r, g, b, a / 255]);
    }
    return kept.get(colour);
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const luminance = colour => {
    const [r, g, b] = colour.map(c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };
  // The colours that a layer of a background may show; null when it is a picture, of which nothing is known.
  const stops = image => image === 'none' ? [] : /url\(|image\(|element\(/.test(image) ? null
    : image.match(/(?:rgba?|hsla?|oklab|oklch|lab|lch|color)\([^()]*\)|#[0-9a-f]{3,8}\b|\btransparent\b/gi) ?? null;
  // All colours that may lie behind an element's text.
  const behind = element => {
    if (!element) return [read(getComputedStyle(document.documentElement).colorScheme.startsWith('dark') ? '#000' : '#fff')];
    const style = getComputedStyle(element);
    const own = read(style.backgroundColor);
    const layers = stops(style.backgroundImage);
    if (!layers) return null;
    if (own[3] === 1 && layers.length === 0) return [own];
    const below = own[3] === 1 ? [own] : behind(element.parentElement)?.map(c => over(own, c));
    return below && [...below, ...layers.flatMap(l => below.map(c => over(read(l), c)))];
  };
  const isSeen = element => {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true })) return false;
    for (let e = element; e; e = e.parentElement) {
      const style = getComputedStyle(e);
      // Hidden from eyes only, for screen readers.
      if (style.clipPath === 'inset(50%)' || e.matches('option, :disabled, noscript, script, style')) return false;
    }
    return true;
  };
  const looked = new Set();
  const faults = [];
  let texts = 0;
  const check = (element, style, words) => {
    texts++;
    looked.add(element);
    let alpha = 1;
    for (let e = element; e; e = e.parentElement) alpha *= Number(getComputedStyle(e).opacity);
    const [r, g, b, a] = read(style.color);
    const grounds = behind(element);
    const size = parseFloat(style.fontSize);
    const least = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    const worst = grounds && Math.min(...grounds.map(ground => contrast(over([r, g, b, a * alpha], ground), ground)));
    if (!(worst >= least)) faults.push(`${worst?.toFixed(2) ?? 'unknown'} < ${least}: "${words.trim().slice(0, 40)}" in ${element.outerHTML.slice(0, 100)}`);
  };
  for (const element of document.body.querySelectorAll('*')) {
    if (element.closest('svg') || !isSeen(element) || element.getClientRects().length === 0) continue;
    const style = getComputedStyle(element);
    const words = [...element.childNodes].filter(n => n.nodeType === Node.TEXT_NODE).map(n => n.nodeValue).join('');
    if (words.trim()) check(element, style, words);
    if (element.matches('input:not([type=hidden], [type=radio], [type=checkbox]), textarea, select')) check(element, style, element.value);
    for (const place of ['::before', '::after']) {
      const made = getComputedStyle(element, place);
      const content = /^"((?:[^"\\]|\\.)*)"/.exec(made.content)?.[1] ?? (/counter/.test(made.content) ? '1' : '');
      if (content.trim() && made.display !== 'none') check(element, made, content);
    }
  }
  const unresolved = selectors.filter(s => ![...document.querySelectorAll(s)].every(e => looked.has(e)));
  return { texts, faults: [...new Set(faults)], unresolved };
}
