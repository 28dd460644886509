/* How is a cell typed into? One text box that is always there, so that Chinese input methods begin in it. */

const WAIT = 200;
const SPLIT = /[、，,;；]/;

export class Entry {
  /** `done(text, key, step)` takes what was entered; `step` says where to go next: [rows, columns], null for nowhere. */
  constructor(box, view, sheet, done) {
    Object.assign(this, { box, view, sheet, done, mode: "", found: [], picked: -1, asked: 0 });
    this.input = box.querySelector("textarea");
    this.list = box.querySelector("[role=listbox]");
    this.input.addEventListener("input", () => this.typed());
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const line = event.target.closest("li[data-at]");
      if (line) {
        this.picked = Number(line.dataset.at);
        this.commit([0, 0]);
      }
    });
  }

  get editing() {
    return this.mode !== "";
  }
  get column() {
    return this.sheet.columns[this.c];
  }

  /** Stand on a cell without editing it. */
  stand(r, c) {
    Object.assign(this, { r, c, mode: "" });
    this.input.value = "";
    this.hide();
    this.place();
    this.input.focus({ preventScroll: true });
  }

  place() {
    const td = this.view.cell(this.r, this.c);
    this.input.classList.toggle("open", this.editing);
    this.input.setAttribute("aria-label", `第${this.r + 1}行 ${this.column.label}`);
    if (!td) return;
    const style = this.input.style;
    style.left = `${td.offsetLeft}px`;
    style.top = `${td.offsetTop}px`;
    style.width = `${td.offsetWidth + 1}px`;
    style.height = `${td.offsetHeight + 1}px`;
    this.list.style.left = `${Math.max(0, Math.min(td.offsetLeft, this.box.scrollLeft + this.box.clientWidth - 250))}px`;
    const below = td.offsetTop + td.offsetHeight;
    const roomy = below - this.box.scrollTop + 200 < this.box.clientHeight;
    this.list.style.top = roomy ? `${below}px` : "auto";
    this.list.style.bottom = roomy
      ? "auto"
      : `${this.list.offsetParent ? this.list.offsetParent.clientHeight - td.offsetTop : 0}px`;
  }

  /** Begin to edit: "over" replaces what stands there by what is typed, "in" goes on with it. */
  begin(mode) {
    if (this.editing || this.sheet.why(this.r, this.c)) return false;
    this.view.reveal(this.r, this.c);
    this.mode = mode;
    if (mode === "in") {
      this.input.value = this.sheet.rows[this.r].now[this.c];
      this.input.setSelectionRange(this.input.value.length, this.input.value.length);
    }
    this.place();
    this.suggest(mode === "in" ? "" : this.term);
    return true;
  }

  typed() {
    if (!this.editing && !this.begin("over")) {
      this.input.value = "";
      return;
    }
    if (this.input.scrollHeight > this.input.clientHeight)
      this.input.style.height = `${Math.min(this.input.scrollHeight + 4, 160)}px`;
    this.suggest(this.term);
  }

  /** What is being looked for: the last name of several. */
  get term() {
    const text = this.input.value;
    return (this.column.many ? text.split(SPLIT).pop() : text).trim();
  }

  suggest(term) {
    const { column } = this;
    if (column.options) {
      const wanted = term.toLowerCase();
      const exact = column.options.filter((option) => option.toLowerCase().startsWith(wanted));
      const inside = column.options.filter(
        (option) => !exact.includes(option) && option.toLowerCase().includes(wanted),
      );
      this.offer(
        [...exact, ...inside].map((text) => ({ text, title: text })),
        term,
      );
    } else if (column.url) {
      clearTimeout(this.timer);
      this.asked += 1; // an answer still on its way is for other words,
      this.picked = -1; // and so is what stands there
      this.show();
      this.timer = setTimeout(() => this.ask(term), this.found.length ? WAIT : 0);
    }
  }

  async ask(term) {
    const turn = ++this.asked;
    const url = new URL(this.column.url, location.href);
    url.searchParams.set("q", term);
    const row = this.sheet.rows[this.r];
    for (const name of this.column.depends || []) {
      const c = this.sheet.columns.findIndex((column) => column.name === name);
      const key = row.chosen[c] ?? (row.now[c] === row.base[c] ? row.keys[name] : undefined);
      if (key) url.searchParams.set(name, key);
    }
    const answer = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" } })
      .then((one) => (one.ok ? one.json() : null))
      .catch(() => null);
    // Asked once the answer has been read: on a busy machine keys come in between.
    if (turn === this.asked && this.editing && answer) this.offer(answer.results, term);
  }

  offer(found, term) {
    this.found = found;
    const exact = found.findIndex((one) => one.title === term);
    this.picked = term ? Math.max(exact, found.length ? 0 : -1) : -1;
    this.list.replaceChildren(
      ...found.map((one, at) => {
        const line = document.createElement("li");
        Object.assign(line, { textContent: one.text, id: `grid-option-${at}` });
        line.setAttribute("role", "option");
        line.dataset.at = at;
        return line;
      }),
    );
    if (!found.length && term) this.list.innerHTML = '<li class="muted">没有找到</li>';
    this.list.hidden = !this.list.childElementCount;
    this.place();
    this.show();
  }

  show() {
    Array.from(this.list.children).forEach((line, at) => {
      line.setAttribute("aria-selected", String(at === this.picked));
      if (at === this.picked) line.scrollIntoView({ block: "nearest" });
    });
    if (this.picked < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `grid-option-${this.picked}`);
  }

  get offering() {
    return this.editing && !this.list.hidden && this.found.length > 0;
  }

  move(by) {
    this.picked = Math.max(0, Math.min(this.found.length - 1, this.picked + by));
    this.show();
  }

  hide() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.found = [];
    this.picked = -1;
    this.list.hidden = true;
    this.input.removeAttribute("aria-activedescendant");
  }

  /** Take what was typed or chosen, then go on by `step`. */
  commit(step) {
    if (!this.editing) return this.done(null, undefined, step);
    const one = this.found[this.picked];
    let text = this.input.value.replace(/\r\n?/g, "\n").replace(/^[ \t]+|[ \t]+$/g, "");
    let key;
    if (this.column.many) {
      const known = { ...this.sheet.rows[this.r].keys[this.column.name], ...this.sheet.rows[this.r].chosen[this.c] };
      const names = text
        .split(SPLIT)
        .map((name) => name.trim())
        .filter(Boolean);
      if (one) {
        if (this.term) names.pop();
        names.push(one.title);
        known[one.title] = one.id;
      }
      text = [...new Set(names)].join("、");
      key = text ? known : undefined;
    } else if (one) {
      text = one.title;
      key = one.id;
    }
    this.mode = "";
    this.hide();
    this.input.value = "";
    this.place();
    return this.done(text, key, step);
  }

  /** Take what was typed and stay away: the focus has gone elsewhere. */
  leave() {
    if (this.editing) this.commit(null);
  }

  cancel() {
    this.stand(this.r, this.c);
  }
}
