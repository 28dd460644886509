/* What do keys, mouse, clipboard and buttons do in the grid? */

import { Entry } from "./entry.js";
import { Sheet } from "./sheet.js";
import { format, parse } from "./tsv.js";
import { View } from "./view.js";

const root = document.querySelector("[data-grid]");
const data = JSON.parse(root.querySelector("[data-grid-rows]").textContent);
const box = root.querySelector(".grid-box");
const sheet = new Sheet(data);
const view = new View(box, sheet, data.frozen);
const entry = new Entry(box, view, sheet, entered);
const part = (name) => root.querySelector(`[data-grid-${name}]`);
const at = { r: 0, c: 0, r2: 0, c2: 0 };
let came = null; // where a run of Tab keys began: Enter goes back below it, as in a spreadsheet
let busy = false;

const clamp = (value, most) => Math.max(0, Math.min(most, value));
const last = () => ({ r: sheet.rows.length - 1, c: sheet.columns.length - 1 });
const block = () => ({
  top: Math.min(at.r, at.r2),
  bottom: Math.max(at.r, at.r2),
  left: Math.min(at.c, at.c2),
  right: Math.max(at.c, at.c2),
});

// ---- Where one stands.
function go(r, c, extend = false) {
  if (!sheet.rows.length) return;
  const to = { r: clamp(r, last().r), c: clamp(c, last().c) };
  if (extend) Object.assign(at, { r2: to.r, c2: to.c });
  else Object.assign(at, to, { r2: to.r, c2: to.c });
  view.draw(at);
  view.reveal(to.r, to.c);
  entry.stand(at.r, at.c);
  tell();
}

const redraw = () => {
  view.draw(at);
  entry.stand(at.r, at.c);
  tell();
};

function entered(text, key, step) {
  if (text !== null) sheet.apply([{ r: at.r, c: at.c, text, key }]);
  if (!step) {
    view.draw(at);
    tell();
    return;
  }
  const [down, right] = step;
  if (right) came = came ?? at.c;
  if (right && at.c + right > last().c && at.r < last().r) go(at.r + 1, came ?? 0);
  else if (down && came !== null) {
    const c = came;
    came = null;
    go(at.r + down, c);
  } else go(at.r + down, at.c + right);
}

// ---- What the line below the table says.
const said = part("said");
let notice = "";
function say(text, colour = "") {
  notice = text;
  said.dataset.colour = colour;
  tell();
}

function tell() {
  const row = sheet.rows[at.r];
  const { cells, problems, conflicts } = sheet.count();
  const clash = row && row.theirs[at.c];
  part("clash").hidden = clash === undefined;
  const here = row
    ? row.problems[at.c] ||
      (clash !== undefined ? `${row.by}改为“${clash || "（空）"}”，您填写的是“${row.now[at.c] || "（空）"}”` : "") ||
      (at.c in row.news ? `${row.by}改过这一格，已换成新内容` : "")
    : "";
  const where = row ? `第 ${at.r + 1} 行 ${sheet.columns[at.c].label}` : "";
  said.textContent = here ? `${where}：${here}` : notice || (row && sheet.why(at.r, at.c)) || "";
  said.classList.toggle("bad", Boolean(row && row.problems[at.c]));
  const counts = [
    cells && `改动 ${cells} 格`,
    problems && `有问题 ${problems} 格`,
    conflicts && `待选择 ${conflicts} 格`,
  ].filter(Boolean);
  part("counts").textContent = counts.join("，") || "没有未保存的改动";
  part("save").disabled = busy || !cells;
  part("next").hidden = !problems && !conflicts;
  part("all").hidden = conflicts < 2;
  part("undo").disabled = !sheet.done.length;
  part("redo").disabled = !sheet.undone.length;
}

function next() {
  const open = [...sheet.marked("problems"), ...sheet.marked("theirs")].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const after = open.find(([r, c]) => r > at.r || (r === at.r && c > at.c)) || open[0];
  if (after) go(...after);
}

// ---- Keys.
function edge(r, c, dr, dc) {
  const filled = (y, x) => Boolean(sheet.rows[y] && sheet.rows[y].now[x]);
  const inside = (y, x) => y >= 0 && x >= 0 && y <= last().r && x <= last().c;
  const run = filled(r, c) && inside(r + dr, c + dc) && filled(r + dr, c + dc);
  do {
    r += dr;
    c += dc;
  } while (inside(r + dr, c + dc) && (run ? filled(r + dr, c + dc) : !filled(r, c)));
  return [r, c];
}

const arrows = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const page = () => Math.max(1, Math.floor(box.clientHeight / 30) - 2);

function moved(event) {
  const [r, c] = event.shiftKey ? [at.r2, at.c2] : [at.r, at.c];
  const arrow = arrows[event.key];
  if (arrow) {
    came = null;
    go(...(event.ctrlKey || event.metaKey ? edge(r, c, ...arrow) : [r + arrow[0], c + arrow[1]]), event.shiftKey);
  } else if (event.key === "Home") go(event.ctrlKey ? 0 : r, 0, event.shiftKey);
  else if (event.key === "End") go(event.ctrlKey ? last().r : r, last().c, event.shiftKey);
  else if (event.key === "PageDown") go(r + page(), c, event.shiftKey);
  else if (event.key === "PageUp") go(r - page(), c, event.shiftKey);
  else return false;
  return true;
}

function pressed(event) {
  const back = event.shiftKey ? -1 : 1;
  if (event.key === "Enter") entry.commit([back, 0]);
  else if (event.key === "Tab") {
    // At either end the key leads out of the grid again.
    const out = event.shiftKey ? at.r === 0 && at.c === 0 : at.r === last().r && at.c === last().c;
    if (out && !entry.editing) return;
    if (event.shiftKey && at.c === 0 && at.r > 0) {
      entry.commit([0, 0]);
      go(at.r - 1, last().c);
    } else entry.commit([0, back]);
  } else if (event.key === "F2") entry.begin("in");
  else if (event.key === "Escape") {
    say("");
    go(at.r, at.c);
  } else if (event.key === "Delete" || event.key === "Backspace") fill(() => "");
  else if (!moved(event)) return;
  event.preventDefault();
}

function typing(event) {
  const arrow = arrows[event.key];
  if (event.key === "Escape") entry.cancel();
  else if (event.key === "Enter" && event.altKey)
    entry.input.setRangeText("\n", entry.input.selectionStart, entry.input.selectionEnd, "end");
  else if (event.key === "Enter") entry.commit([event.shiftKey ? -1 : 1, 0]);
  else if (event.key === "Tab") entry.commit([0, event.shiftKey ? -1 : 1]);
  else if (arrow && arrow[0] && entry.offering) entry.move(arrow[0]);
  else if (arrow && entry.mode === "over" && !event.shiftKey) entry.commit(arrow);
  else return;
  event.preventDefault();
}

const commands = {
  z: () => {
    const one = sheet.undo();
    if (one) go(one.r, one.c);
  },
  y: () => {
    const one = sheet.redo();
    if (one) go(one.r, one.c);
  },
  a: () => {
    Object.assign(at, { r: 0, c: 0, r2: last().r, c2: last().c });
    redraw();
  },
  d: () => {
    const { top } = block();
    fill(
      (_, c) => sheet.rows[top].now[c],
      (_, c) => sheet.rows[top].chosen[c],
    );
  },
};

entry.input.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || !sheet.rows.length) return;
  const command = (event.ctrlKey || event.metaKey) && !event.altKey ? event.key.toLowerCase() : "";
  if (entry.editing) {
    typing(event);
    return;
  }
  if (commands[command]) {
    event.preventDefault();
    commands[command]();
    return;
  }
  if (event.altKey && event.key === "ArrowDown") {
    event.preventDefault();
    entry.begin("in");
    return;
  }
  pressed(event);
});

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return;
  event.preventDefault();
  entry.leave();
  save();
});

/** Fill the marked block, as one step. */
function fill(text, key = () => undefined) {
  const { top, bottom, left, right } = block();
  const changes = [];
  for (let r = top; r <= bottom; r += 1)
    for (let c = left; c <= right; c += 1) changes.push({ r, c, text: text(r, c), key: key(r, c) });
  const { refused } = sheet.apply(changes);
  redraw();
  if (refused) say(`${refused} 格不能修改，没有动`, "orange");
}

// ---- Mouse.
let dragging = false;
const cellAt = (event) => {
  const td = event.target.closest("td[data-c]");
  return td && td.parentNode.dataset.r ? [Number(td.parentNode.dataset.r), Number(td.dataset.c)] : null;
};
box.addEventListener("mousedown", (event) => {
  const cell = cellAt(event);
  if (!cell || event.button !== 0) return;
  event.preventDefault();
  entry.leave();
  came = null;
  dragging = true;
  go(...cell, event.shiftKey);
});
box.addEventListener("mousemove", (event) => {
  const cell = dragging && event.buttons === 1 ? cellAt(event) : null;
  if (cell && (cell[0] !== at.r2 || cell[1] !== at.c2)) {
    Object.assign(at, { r2: cell[0], c2: cell[1] });
    view.draw(at);
  }
});
window.addEventListener("mouseup", () => {
  dragging = false;
});
box.addEventListener("dblclick", (event) => {
  if (cellAt(event)) entry.begin("in");
});
entry.input.addEventListener("dblclick", () => entry.begin("in"));
entry.input.addEventListener("blur", () => {
  entry.leave();
  root.classList.remove("live");
});
entry.input.addEventListener("focus", () => root.classList.add("live"));

// ---- Clipboard.
function marked() {
  const { top, bottom, left, right } = block();
  return sheet.rows.slice(top, bottom + 1).map((row) => row.now.slice(left, right + 1));
}

function copy(event) {
  if (entry.editing || !sheet.rows.length) return false;
  event.clipboardData.setData("text/plain", format(marked()));
  event.preventDefault();
  return true;
}

function paste(event) {
  if (entry.editing || !sheet.rows.length) return;
  event.preventDefault();
  const rows = parse(event.clipboardData.getData("text/plain"));
  const { top, left, bottom, right } = block();
  // A single copied cell fills the whole marked block.
  if (rows.length === 1 && rows[0].length === 1 && (bottom > top || right > left)) {
    fill(() => rows[0][0].trim());
    return;
  }
  while (sheet.adds && sheet.rows.length < top + rows.length && sheet.rows.length < data.most) sheet.add();
  const fits = rows.slice(0, sheet.rows.length - top);
  const width = Math.max(...rows.map((row) => row.length));
  const wide = Math.min(width, sheet.columns.length - left);
  const changes = fits.flatMap((row, i) =>
    row.slice(0, wide).map((text, j) => ({ r: top + i, c: left + j, text: text.trim() })),
  );
  const { changed, refused } = sheet.apply(changes);
  Object.assign(at, { r: top, c: left, r2: top + fits.length - 1, c2: left + wide - 1 });
  redraw();
  const left_over = [
    rows.length > fits.length && `多出的 ${rows.length - fits.length} 行没有地方放，没有粘贴`,
    width > wide && `多出的 ${width - wide} 列没有地方放，没有粘贴`,
    refused && `${refused} 格不能修改，没有动`,
  ].filter(Boolean);
  say(
    [`粘贴了 ${rows.length} 行 ${width} 列，改动 ${changed} 格`, ...left_over].join("；"),
    left_over.length ? "orange" : "green",
  );
}

entry.input.addEventListener("copy", copy);
entry.input.addEventListener("cut", (event) => {
  if (copy(event)) fill(() => "");
});
entry.input.addEventListener("paste", paste);

// ---- Saving: one act; what is refused or was changed by others comes back to its cells.
let saves = 0;

async function send() {
  const answer = await fetch(data.url, {
    method: "POST",
    credentials: "same-origin",
    redirect: "manual",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/json",
      "X-CSRFToken": data.token,
      "Idempotency-Key": `${data.key}.${saves}`,
    },
    body: JSON.stringify({ rows: sheet.payload() }),
  });
  if (answer.type === "opaqueredirect")
    return { message: "登录已失效：请在新的窗口里重新登录，再回到这里保存。填写的内容没有丢。" };
  const told = await answer.json().catch(() => ({}));
  // Whatever was not answered may have been saved all the same: sent again, it is the same save.
  saves += 1;
  if (!answer.ok && !told.message) told.message = "没有保存成功，请稍后再试。填写的内容没有丢。";
  return told;
}

async function save() {
  if (busy || !sheet.dirty.length) return;
  if (sheet.marked("theirs").length) {
    next();
    say("还有别人同时改过的格子没有选择，请先逐格选择", "orange");
    return;
  }
  busy = true;
  say("正在保存……");
  const told = await send().catch(() => ({ message: "连不上服务器，没有保存。填写的内容没有丢，请稍后再试。" }));
  busy = false;
  if (told.saved) {
    sheet.accept(told.saved);
    redraw();
    say(told.message, "green");
    return;
  }
  sheet.object(told.problems || []);
  sheet.meet(told.others || []);
  redraw();
  next();
  say(told.message || "", "red");
}

// ---- Buttons.
const on = (name, act) => {
  const node = part(name);
  if (node) node.addEventListener("click", act);
};
on("save", save);
on("undo", () => commands.z());
on("redo", () => commands.y());
on("next", next);
on("add", () => {
  go(sheet.add(), 0);
});
on("take", () => {
  sheet.settle(at.r, at.c, true);
  redraw();
  next();
});
on("keep", () => {
  sheet.settle(at.r, at.c, false);
  redraw();
  next();
});
for (const [name, taking] of [
  ["take-all", true],
  ["keep-all", false],
]) {
  on(name, () => {
    sheet.marked("theirs").forEach(([r, c]) => sheet.settle(r, c, taking));
    redraw();
  });
}
window.addEventListener("beforeunload", (event) => {
  if (sheet.unsaved) event.preventDefault();
});

if (sheet.rows.length) {
  const open = sheet.columns.findIndex((column) => !column.readonly);
  const row = sheet.rows.findIndex((one) => !one.locked);
  go(Math.max(row, 0), Math.max(open, 0));
} else tell();
