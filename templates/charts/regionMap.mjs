// Regions shaded by class, on an equal-area projection. Countries of a region are one shape: no border inside a region is drawn,
// so the map neither shows a single country nor takes a side on a border within a region.
import { classesOf, hatch, paint, picture } from './theme.mjs';

export default function regionMap(chart, page) {
  const fills = classesOf(chart.classLabels.length);
  const fillOf = (r) => (r.class === null ? paint(hatch) : fills[r.class]);
  const height = Math.round(page.width * 0.475);
  const drawn = chart.regions.filter((r) => r.countries.length);
  const shapes = page.world(drawn.map((r) => r.countries));
  const features = [...shapes.regions.map((geometry, i) => ({ type: 'Feature', geometry, properties: { fill: fillOf(drawn[i]) } })), ...(shapes.rest ? [{ type: 'Feature', geometry: shapes.rest, properties: { fill: paint(hatch) } }] : [])];
  const hidden = drawn.some((r) => r.class === null) || shapes.rest;
  return {
    mirror: false,
    legend: [...chart.classLabels.map((text, i) => ({ swatch: { fill: fills[i] }, text })), ...(hidden ? [{ swatch: { hatch: true }, text: chart.noneLabel }] : [])],
    list: chart.regions.map((r) => ({ swatch: r.class === null ? { hatch: true } : { fill: fills[r.class] }, text: r.label, figure: r.text })),
    words: [],
    height,
    picture: { x: 0, y: 0, spec: picture(page.width, height, {
      data: { values: features },
      projection: { type: 'equalEarth', rotate: [-11, 0, 0] },
      mark: { type: 'geoshape', stroke: '#FFFFFF', strokeWidth: 0.7, strokeJoin: 'round' },
      encoding: { color: { field: 'properties.fill', type: 'nominal', scale: null } },
    }) },
  };
}
