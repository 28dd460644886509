/* What stands in the cells, what was changed, refused, or changed by somebody else? Knows nothing of the page. */

const empty = () => Object.create(null);

export class Sheet {
  /** `data`: {columns, rows, blank, adds} as the page carries them. */
  constructor(data) {
    this.columns = data.columns;
    this.blank = data.blank;
    this.adds = data.adds;
    this.rows = data.rows.map((row) => this.made(row));
    this.done = [];
    this.undone = [];
    this.made_rows = 0;
  }

  made(row) {
    return {
      ...row,
      base: row.cells,
      now: [...row.cells],
      chosen: empty(),
      problems: empty(),
      theirs: empty(),
      news: empty(),
      by: "",
      gone: false,
    };
  }

  /** Why a cell takes no input; empty when it does. */
  why(r, c) {
    const row = this.rows[r];
    const column = this.columns[c];
    if (row.gone) return "这一行已被别人删除，您填写的内容还在，可以复制";
    return row.locked || (column.readonly ? "这一列只供对照，不能修改" : "") || row.locks[column.name] || "";
  }

  /** Whether a cell holds something else than what is stored; of namesakes the key decides. */
  differs(row, c) {
    if (row.now[c] !== row.base[c]) return true;
    const { name, many } = this.columns[c];
    return !many && row.chosen[c] !== undefined && row.chosen[c] !== row.keys[name];
  }

  changed(r, c) {
    return this.differs(this.rows[r], c);
  }
  touched(row) {
    return row.now.some((_, c) => this.differs(row, c));
  }
  get dirty() {
    return this.rows.filter((row) => !row.gone && this.touched(row));
  }
  get unsaved() {
    return this.rows.some((row) => this.touched(row));
  }

  /** All cells of one kind ("problems", "theirs"), row by row: [r, c] each. */
  marked(kind) {
    return this.rows.flatMap((row, r) => Object.keys(row[kind]).map((c) => [r, Number(c)]));
  }

  count() {
    let cells = 0;
    for (const row of this.rows) if (!row.gone) cells += row.now.filter((_, c) => this.differs(row, c)).length;
    return { cells, problems: this.marked("problems").length, conflicts: this.marked("theirs").length };
  }

  /** Put texts into cells as one step that can be undone; returns how many were changed and how many refused. */
  apply(changes) {
    const step = [];
    let refused = 0;
    for (const { r, c, text, key } of changes) {
      const row = this.rows[r];
      const before = { text: row.now[c], key: row.chosen[c] };
      if (before.text === text && (key === undefined || key === before.key || this.columns[c].many)) continue;
      if (this.why(r, c)) {
        refused += 1;
        continue;
      }
      step.push({ r, c, before, after: { text, key } });
    }
    step.forEach(({ r, c, after }) => this.put(r, c, after));
    if (step.length) {
      this.done.push(step);
      this.undone = [];
    }
    return { changed: step.length, refused };
  }

  put(r, c, { text, key }) {
    const row = this.rows[r];
    row.now[c] = text;
    if (key === undefined) delete row.chosen[c];
    else row.chosen[c] = key;
    delete row.problems[c];
    delete row.news[c];
  }

  undo() {
    return this.step(this.done, this.undone, "before");
  }
  redo() {
    return this.step(this.undone, this.done, "after");
  }
  step(from, to, side) {
    const step = from.pop();
    if (!step) return null;
    // A cell that was closed meanwhile keeps what it has.
    const open = step.filter((one) => !this.why(one.r, one.c));
    open.forEach((one) => this.put(one.r, one.c, one[side]));
    to.push(step);
    return open[0] || null;
  }

  add() {
    this.made_rows += 1;
    this.rows.push(
      this.made({
        id: `new:${this.made_rows}`,
        version: null,
        locked: "",
        locks: {},
        keys: {},
        cells: [...this.blank],
      }),
    );
    return this.rows.length - 1;
  }

  /** The changed cells as the server takes them. */
  payload() {
    return this.dirty.map((row) => {
      const cells = {};
      this.columns.forEach((column, c) => {
        if (column.readonly || !this.differs(row, c)) return;
        cells[column.name] = row.chosen[c] === undefined ? row.now[c] : { text: row.now[c], key: row.chosen[c] };
      });
      return { id: row.id, version: row.version, cells };
    });
  }

  /** Take over what was saved: `saved` holds the rows as they stand now, `was` the id under which each was sent. */
  accept(saved) {
    const by = new Map(saved.map((row) => [row.was, row]));
    this.rows.forEach((row, r) => {
      if (by.has(row.id)) this.rows[r] = this.made(by.get(row.id));
    });
    this.done = [];
    this.undone = [];
  }

  /** Show each problem on its cell; one without a cell of its own stands on the row's first open cell. */
  object(problems) {
    for (const row of this.rows) row.problems = empty();
    for (const { id, field, message } of problems) {
      const row = this.rows.find((one) => one.id === id);
      if (!row) continue;
      const named = this.columns.findIndex((column) => column.name === field);
      const changed = this.columns.findIndex((_, c) => this.differs(row, c));
      const c = named >= 0 ? named : Math.max(changed, 0);
      row.problems[c] = row.problems[c] ? `${row.problems[c]}；${message}` : message;
    }
  }

  /** Lay what others saved meanwhile beside what was typed here; nothing typed is lost. */
  meet(others) {
    for (const other of others) {
      const row = this.rows.find((one) => one.id === other.id);
      if (!row) continue;
      row.by = other.by;
      if (other.gone) {
        row.gone = true;
        continue;
      }
      other.cells.forEach((text, c) => {
        if (text === row.base[c]) return;
        if (!this.differs(row, c)) {
          row.now[c] = text;
          row.news[c] = true;
        } else if (row.now[c] !== text) row.theirs[c] = text;
        row.base[c] = text;
      });
      Object.assign(row, {
        id: other.now || row.id,
        version: other.version,
        keys: other.keys,
        locked: other.locked,
        locks: other.locks,
      });
    }
  }

  /** Settle a conflict: take the other person's value or keep one's own. */
  settle(r, c, taking) {
    const row = this.rows[r];
    if (!(c in row.theirs)) return;
    const text = row.theirs[c];
    delete row.theirs[c];
    if (taking) this.put(r, c, { text });
  }
}
