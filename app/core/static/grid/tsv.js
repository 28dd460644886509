/* How does a block of cells travel through the clipboard? As WPS and Excel write it: tabs, lines, quotes. */

/** The rows of a copied block; a quoted cell may hold tabs, lines and doubled quotes. */
export function parse(text) {
  const rows = [[]];
  let at = 0;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const push = (cell) => rows[rows.length - 1].push(cell);
  while (at <= source.length) {
    let cell = "";
    const closing = source[at] === '"' ? endOfQuote(source, at) : -1;
    if (closing > 0) {
      cell = source.slice(at + 1, closing).replaceAll('""', '"');
      at = closing + 1;
    } else {
      const stop = source.slice(at).search(/[\t\n]/);
      const end = stop < 0 ? source.length : at + stop;
      cell = source.slice(at, end);
      at = end;
    }
    push(cell);
    if (source[at] === "\n") rows.push([]);
    at += 1;
  }
  return rows;
}

/** Where the quote ends that opens at `start`; -1 when it is no quoted cell but text that begins with a quote. */
function endOfQuote(source, start) {
  for (let at = start + 1; at < source.length; at += 1) {
    if (source[at] !== '"') continue;
    if (source[at + 1] === '"') at += 1;
    else return [undefined, "\t", "\n"].includes(source[at + 1]) ? at : -1;
  }
  return -1;
}

/** The block as text that a spreadsheet takes. */
export function format(rows) {
  const cell = (text) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(cell).join("\t")).join("\n");
}
