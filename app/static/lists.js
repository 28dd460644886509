/* What moves on a list? Ticks that outlive the page, the bar of acts on them. Acts on data attributes only. */
"use strict";

(() => {
  const $$ = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const recall = (key) => { try { return JSON.parse(sessionStorage.getItem(key)) || []; } catch { return []; } };
  const remember = (key, values) => {
    try { values.length ? sessionStorage.setItem(key, JSON.stringify(values)) : sessionStorage.removeItem(key); } catch { /* private mode */ }
  };

  /** The address of a list without what only says how it is looked at: other pages are the same list. */
  const sameList = () => {
    const asked = new URLSearchParams(location.search);
    for (const name of ["page", "sort", "size", "columns", "selection", "tab"]) asked.delete(name);
    asked.sort();
    return `${location.pathname}?${asked}`;
  };

  // Who signs in next at this desk finds no ticks.
  if (document.body.classList.contains("bare")) {
    try { Object.keys(sessionStorage).filter((key) => key.startsWith("ticks:")).forEach((key) => sessionStorage.removeItem(key)); } catch { /* private mode */ }
  }

  for (const form of $$("form[data-bulk]")) {
    const bar = form.querySelector("[data-bulk-bar]");
    const rest = form.querySelector("[data-bulk-rest]");
    const head = form.querySelector("[data-tick-all]");
    const elsewhere = form.querySelector("[data-bulk-elsewhere]");
    const ticks = $$('input[name="rowid"]', form);
    // With a kept choice the exceptions are remembered, otherwise the ticked rows.
    const kept = Number(form.dataset.kept || 0);
    const store = kept ? `ticks:but:${form.elements.selection.value}` : `ticks:${sameList()}`;
    const known = new Set(recall(store));
    let sender = null;

    if (kept) {
      for (const tick of ticks.filter((one) => !one.defaultChecked)) {
        tick.disabled = true;
        tick.title = "选择全部之后才出现的记录，不在所选之内";
      }
    }
    const free = ticks.filter((tick) => !tick.disabled);
    free.forEach((tick) => { tick.checked = Boolean(kept) !== known.has(tick.value); });

    const refresh = () => {
      for (const tick of free) {
        if (Boolean(kept) !== tick.checked) known.add(tick.value); else known.delete(tick.value);
        tick.closest("tr").classList.toggle("picked", tick.checked);
      }
      remember(store, [...known]);
      const here = free.filter((tick) => tick.checked).length;
      const count = kept ? kept - known.size : known.size;
      form.dataset.count = String(count);
      if (bar) bar.toggleAttribute("data-idle", count === 0 && !kept);
      if (rest) rest.hidden = count > 0 || Boolean(kept);
      $$("[data-bulk-count]", form).forEach((node) => { node.textContent = String(count); });
      if (elsewhere && !kept) elsewhere.textContent = count > here ? `（其中 ${count - here} 条在其他页）` : "";
      if (head) {
        head.checked = here > 0 && here === free.length;
        head.indeterminate = here > 0 && here < free.length;
      }
    };

    let last = null;
    form.addEventListener("click", (event) => {
      const tick = event.target;
      if (!(tick instanceof HTMLInputElement) || tick.name !== "rowid") return;
      if (event.shiftKey && last) {
        const [from, to] = [free.indexOf(last), free.indexOf(tick)].sort((a, b) => a - b);
        free.slice(from, to + 1).forEach((other) => { other.checked = tick.checked; });
      }
      last = tick;
      refresh();
    });
    if (head) head.addEventListener("change", () => {
      free.forEach((tick) => { tick.checked = head.checked; });
      refresh();
    });
    $$("[data-bulk-none]", form).forEach((node) => node.addEventListener("click", (event) => {
      event.preventDefault();
      known.clear();
      free.forEach((tick) => { tick.checked = false; });
      refresh();
    }));

    form.addEventListener("submit", (event) => { sender = event.submitter; });
    form.addEventListener("formdata", (event) => {
      const here = new Set(free.map((tick) => tick.value));
      if (kept) event.formData.delete("rowid");
      for (const key of known) if (kept || !here.has(key)) event.formData.append(kept ? "except" : "rowid", key);
      // What asks first is final: the ticks have served. Anything else may be looked at and come back.
      if (sender && (sender.dataset.confirm || "bulkAll" in sender.dataset)) remember(store, []);
    });
    refresh();
  }
})();
