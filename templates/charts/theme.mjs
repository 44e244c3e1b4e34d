// One family of charts: colours, textures, sizes. The orange-blue scale and the blue one stay apart under deuteranopia,
// protanopia and tritanopia and in greyscale; every use also carries a number, a label, a shape or a texture.
export const ink = '#14263B';
export const grey = '#5B6B7B';
export const pale = '#9FB0BF';
export const rule = '#D7DDE3';
export const mist = '#EEF2F5';

/** Sizes of words in points. */
export const size = { label: 8.8, small: 8, tick: 7.8, figure: 9.6, panel: 9.2 };

const forward = '#76ACD5'; const farForward = '#154B82';
const back = '#EFB47C'; const farBack = '#A3440B';
const neutral = '#DEE3E8';

/** What each tone of a rating looks like: fill, the ink of a number on it, and a texture for steps that were put together. */
export const tones = {
  stronglyBack: { fill: farBack, ink: '#FFFFFF' },
  back: { fill: back, ink },
  neutral: { fill: neutral, ink },
  forward: { fill: forward, ink },
  stronglyForward: { fill: farForward, ink: '#FFFFFF' },
  backTogether: { fill: back, ink, texture: '#C9722F' },
  forwardTogether: { fill: forward, ink, texture: '#3F82B6' },
  notForward: { fill: neutral, ink, texture: '#B4BDC6' },
  step0: { fill: '#E4E8EC', ink },
  step1: { fill: '#B4D0E6', ink },
  step2: { fill: '#7FB0D6', ink },
  step3: { fill: '#3878B0', ink: '#FFFFFF' },
  step4: { fill: '#0B3F70', ink: '#FFFFFF' },
  lowTogether: { fill: '#CCDCE9', ink, texture: '#9DB4C6' },
  highTogether: { fill: '#2463A0', ink: '#FFFFFF', texture: '#5591BE' },
  notHigh: { fill: '#CCDCE9', ink, texture: '#9DB4C6' },
};

/** Shape and colour of a direction; the shapes alone tell them apart. */
export const marks = {
  forward: { shape: 'triangle-up', fill: farForward },
  unclear: { shape: 'diamond', fill: '#6B7A89' },
  back: { shape: 'triangle-down', fill: farBack },
  none: { shape: 'circle', fill: pale },
};

/** Up to five classes of a map, from low to high. */
export const classes = ['#D3E5F1', '#9CC6E2', '#5C9FCB', '#2A74AC', '#0D4478'];
export const classesOf = (count) => ({ 1: [2], 2: [1, 3], 3: [0, 2, 4], 4: [0, 1, 3, 4] }[count] ?? [0, 1, 2, 3, 4]).map((i) => classes[i]);
export const hatch = { fill: '#F3F5F7', texture: '#B9C2CB' };

/**
 * Vega has no pattern fills: a textured fill is drawn in a colour of its own, which the worker replaces by the texture.
 * The stand-ins are colours that no chart uses.
 */
const textured = [hatch, ...Object.values(tones).filter((t) => t.texture)];
export const textures = textured.map((t, i) => ({ id: `t${i}`, standIn: `#FE01${(16 + i).toString(16).toUpperCase()}`, ...t }));
export const paint = (tone) => textures.find((t) => t.fill === tone.fill && t.texture === tone.texture)?.standIn ?? tone.fill;

/** A wordless Vega-Lite specification of a fixed size: the words are placed by the chart's module and set by the page. */
export const picture = (width, height, more) => ({
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  width, height, padding: 0, autosize: 'none', background: null,
  config: {
    view: { stroke: null },
    axis: { labels: false, title: null, domain: false, ticks: false, gridColor: rule, gridWidth: 0.6, offset: 0 },
    axisY: { grid: false },
    scale: { bandPaddingInner: 0.3 },
  },
  ...more,
});
