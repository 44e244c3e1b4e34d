// What the columns of a table need, in parts of its type size. The layout shares out the page by it: measuring in Typst took a sixth of a report's time.

/** Of many texts only the few of most letters are measured. */
const MEASURED = 3;

/** `textWidth(text, size, weight)`: the ruler of the page's language, with figures of one width. For each column: its head's longest word and the whole head, the widest cell, and the widest word of a cell. */
export function needs(table, textWidth) {
  const widest = (texts, weight) => {
    const long = [...new Set(texts)].map((t) => [t, [...t].length]).sort((a, b) => b[1] - a[1]).slice(0, MEASURED);
    return Math.max(0, ...long.map(([t]) => textWidth(t, 1, weight)));
  };
  const words = (texts) => texts.flatMap((t) => t.split(' '));
  return table.columns.map((column, i) => {
    const cells = table.rows.filter((r) => !r.isTotal).map((r) => r.cells[i].text);
    const totals = table.rows.filter((r) => r.isTotal).map((r) => r.cells[i].text);
    const whole = Math.max(widest(cells, 400), widest(totals, 700));
    return {
      head: widest(words([column.label]), 600), label: widest([column.label], 600), whole,
      word: column.alignment === 'start' ? Math.max(widest(words(cells), 400), widest(words(totals), 700)) : whole,
      hasBar: table.rows.some((r) => r.cells[i].bar !== null),
    };
  });
}
