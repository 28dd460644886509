/* How are the cells drawn? Only the rows in sight, however many there are. */

export const HEIGHT = 30;
const SPARE = 6;

export class View {
  constructor(box, sheet, frozen) {
    Object.assign(this, { box, sheet, frozen, trs: [] });
    this.table = box.querySelector("table");
    this.body = this.table.tBodies[0];
    this.head();
    this.above = this.body.insertRow();
    this.below = this.body.insertRow();
    [this.above, this.below].forEach((row) => {
      row.className = "grid-space";
      row.setAttribute("aria-hidden", "true");
      row.insertCell();
    });
    box.addEventListener("scroll", () => this.draw());
    new ResizeObserver(() => this.draw()).observe(box);
  }

  head() {
    const group = this.table.querySelector("colgroup");
    const row = this.table.tHead.insertRow();
    let left = 46;
    const cell = (label, width, at) => {
      const col = document.createElement("col");
      col.style.width = `${width}px`;
      group.append(col);
      const th = document.createElement("th");
      th.scope = "col";
      th.textContent = label;
      if (at <= this.frozen) {
        th.classList.add("stuck");
        th.style.left = at ? `${left}px` : "0";
      }
      row.append(th);
      return th;
    };
    cell("行", 46, 0);
    this.lefts = [];
    this.sheet.columns.forEach((column, c) => {
      const th = cell(column.label, column.width, c + 1);
      if (c < this.frozen) {
        this.lefts[c] = left;
        left += column.width;
      }
      th.classList.toggle("readonly", column.readonly);
      if (column.help) th.title = column.help;
      if (column.required) th.insertAdjacentHTML("beforeend", '<span class="required" title="必填">*</span>');
    });
    this.table.style.width = `${46 + this.sheet.columns.reduce((sum, column) => sum + column.width, 0)}px`;
    this.frozenWidth = left;
  }

  line() {
    const tr = document.createElement("tr");
    const number = document.createElement("th");
    number.scope = "row";
    number.className = "stuck";
    number.style.left = "0";
    tr.append(number);
    this.sheet.columns.forEach((column, c) => {
      const td = tr.insertCell();
      if (c < this.frozen) td.style.left = `${this.lefts[c]}px`;
      td.dataset.c = c;
    });
    return tr;
  }

  /** Draw the rows in sight with their marks; `selection` is {r, c, r2, c2} with the active cell at r, c. */
  draw(selection = this.selection) {
    this.selection = selection;
    const total = this.sheet.rows.length;
    const first = Math.max(0, Math.min(Math.floor(this.box.scrollTop / HEIGHT) - SPARE, total - 1));
    const many = Math.min(total - first, Math.ceil(this.box.clientHeight / HEIGHT) + 2 * SPARE);
    while (this.trs.length < many) {
      const tr = this.line();
      this.trs.push(tr);
      this.below.before(tr);
    }
    while (this.trs.length > Math.max(many, 0)) this.trs.pop().remove();
    this.above.cells[0].style.height = `${first * HEIGHT}px`;
    this.below.cells[0].style.height = `${Math.max(0, total - first - many) * HEIGHT}px`;
    this.first = first;
    this.trs.forEach((tr, i) => this.fill(tr, first + i));
  }

  fill(tr, r) {
    const row = this.sheet.rows[r];
    const at = this.selection;
    const inside = (c) =>
      at &&
      r >= Math.min(at.r, at.r2) &&
      r <= Math.max(at.r, at.r2) &&
      c >= Math.min(at.c, at.c2) &&
      c <= Math.max(at.c, at.c2);
    tr.dataset.r = r;
    tr.className = row.gone ? "gone" : row.locked ? "locked" : "";
    tr.cells[0].textContent = r + 1;
    tr.cells[0].className = `stuck${Object.keys(row.problems).length ? " bad" : ""}`;
    this.sheet.columns.forEach((column, c) => {
      const td = tr.cells[c + 1];
      const text = row.now[c];
      if (td.textContent !== text) td.textContent = text;
      const why = this.sheet.why(r, c);
      const marks = [
        c < this.frozen && "stuck",
        column.align === "right" && "right",
        why && "shut",
        this.sheet.changed(r, c) && "new",
        c in row.news && "news",
        c in row.theirs && "clash",
        c in row.problems && "bad",
        inside(c) && "picked",
        at && at.r === r && at.c === c && "here",
      ];
      td.className = marks.filter(Boolean).join(" ");
      td.title =
        row.problems[c] ||
        (c in row.theirs ? `${row.by}改为“${row.theirs[c]}”` : "") ||
        (c in row.news ? `${row.by}改过` : "") ||
        (why && !column.readonly ? why : text.length > 8 ? text : "");
    });
  }

  cell(r, c) {
    const tr = this.trs[r - this.first];
    return tr ? tr.cells[c + 1] : null;
  }

  /** Scroll until the cell is in sight, clear of the head and of the columns that stand still. */
  reveal(r, c) {
    const head = this.table.tHead.offsetHeight;
    const top = r * HEIGHT;
    if (top < this.box.scrollTop) this.box.scrollTop = top;
    else if (top + HEIGHT + head > this.box.scrollTop + this.box.clientHeight)
      this.box.scrollTop = top + HEIGHT + head - this.box.clientHeight;
    if (c >= this.frozen) {
      const left = 46 + this.sheet.columns.slice(0, c).reduce((sum, column) => sum + column.width, 0);
      const width = this.sheet.columns[c].width;
      if (left - this.frozenWidth < this.box.scrollLeft) this.box.scrollLeft = left - this.frozenWidth;
      else if (left + width > this.box.scrollLeft + this.box.clientWidth)
        this.box.scrollLeft = left + width - this.box.clientWidth;
    }
    this.draw();
  }
}
