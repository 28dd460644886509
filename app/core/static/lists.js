/* What moves on a list? Ticks that outlive the page, the bar of acts on them. Acts on data attributes only. */
"use strict";

(() => {
  const $$ = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const recall = (key) => {
    try {
      return JSON.parse(sessionStorage.getItem(key)) || [];
    } catch {
      return [];
    }
  };
  const remember = (key, values) => {
    try {
      if (values.length) sessionStorage.setItem(key, JSON.stringify(values));
      else sessionStorage.removeItem(key);
    } catch {
      /* private mode */
    }
  };

  /** The address of a list without what only says how it is looked at: other pages are the same list. */
  const sameList = () => {
    const asked = new URLSearchParams(location.search);
    for (const name of ["page", "sort", "size", "columns", "selection", "tab", "view"]) asked.delete(name);
    asked.sort();
    return `${location.pathname}?${asked}`;
  };

  // Who signs in next at this desk finds no ticks.
  if (document.body.classList.contains("bare")) {
    try {
      Object.keys(sessionStorage)
        .filter((key) => key.startsWith("ticks:"))
        .forEach((key) => sessionStorage.removeItem(key));
    } catch {
      /* private mode */
    }
  }

  for (const form of $$("form[data-bulk]")) {
    const bar = form.querySelector("[data-bulk-bar]");
    const rest = form.closest(".list, body").querySelector("[data-bulk-rest]");
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
    free.forEach((tick) => {
      tick.checked = Boolean(kept) !== known.has(tick.value);
    });

    const refresh = () => {
      for (const tick of free) {
        if (Boolean(kept) !== tick.checked) known.add(tick.value);
        else known.delete(tick.value);
        tick.closest("tr").classList.toggle("picked", tick.checked);
      }
      remember(store, [...known]);
      const here = free.filter((tick) => tick.checked).length;
      const count = kept ? kept - known.size : known.size;
      form.dataset.count = String(count);
      if (bar) bar.toggleAttribute("data-idle", count === 0 && !kept);
      if (rest) rest.hidden = count > 0 || Boolean(kept);
      $$("[data-bulk-count]", form).forEach((node) => {
        node.textContent = String(count);
      });
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
        free.slice(from, to + 1).forEach((other) => {
          other.checked = tick.checked;
        });
      }
      last = tick;
      refresh();
    });
    if (head)
      head.addEventListener("change", () => {
        free.forEach((tick) => {
          tick.checked = head.checked;
        });
        refresh();
      });
    $$("[data-bulk-none]", form).forEach((node) =>
      node.addEventListener("click", (event) => {
        event.preventDefault();
        known.clear();
        free.forEach((tick) => {
          tick.checked = false;
        });
        refresh();
      }),
    );

    // Enter on a tick would press the first button, whichever that is.
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault();
    });
    form.addEventListener("submit", (event) => {
      sender = event.submitter;
    });
    form.addEventListener("formdata", (event) => {
      const here = new Set(free.map((tick) => tick.value));
      if (kept) event.formData.delete("rowid");
      for (const key of known) if (kept || !here.has(key)) event.formData.append(kept ? "except" : "rowid", key);
      // What asks first is final: the ticks have served. Anything else may be looked at and come back.
      if (sender && (sender.dataset.confirm || "bulkAll" in sender.dataset)) remember(store, []);
    });
    refresh();
  }

  // ---- The address says all, also the columns that only I chose: whoever gets it sees this very list.
  const list = document.querySelector("[data-address]");
  if (list) {
    const page = new URLSearchParams(location.search);
    const whole = new URL(list.dataset.address, location.href);
    for (const name of ["page", "selection"]) if (page.get(name)) whole.searchParams.set(name, page.get(name));
    history.replaceState(history.state, "", whole);
  }

  // ---- Sorting: a click sorts by one column, with Shift it adds one.
  document.addEventListener("click", (event) => {
    const head = event.target.closest("a[data-add]");
    if (!head || !event.shiftKey) return;
    event.preventDefault();
    location.assign(head.dataset.add);
  });

  const element = (tag, more = {}, ...inside) => {
    const made = Object.assign(document.createElement(tag), more);
    made.append(...inside);
    return made;
  };

  // ---- 添加条件: field, comparison, value; the answer is an address.
  for (const pop of $$("[data-builder]")) {
    const known = JSON.parse(pop.dataset.builder);
    const form = pop.querySelector("form");
    const [field, operator, line, place, error] = ["field", "operator", "line", "value", "error"].map((name) =>
      pop.querySelector(`[data-builder-${name}]`),
    );
    const fields = new Map(known.groups.flatMap((group) => group.fields).map((one) => [one.name, one]));
    let without = null;

    const asked = () => fields.get(field.value);
    const takes = () => operator.selectedOptions[0].dataset.takes;
    const choices = (pairs, more = {}) =>
      element("select", more, ...pairs.map(([value, label]) => new Option(label, value)));
    const control = (values) => {
      const { kind, url, options } = asked();
      const [first, second] = values.map(([value]) => value);
      const typed = { day: "date", moment: "date", number: "number" }[kind] || "text";
      const box = (value, label) =>
        element("input", { type: typed, value: value || "", ariaLabel: label, step: "any", autocomplete: "off" });
      if (takes() === "none") return [];
      if (takes() === "two") return [box(first, "从"), element("i", { textContent: "和" }), box(second, "到")];
      if (takes() === "days")
        return [
          element("input", { type: "number", min: 1, max: 3650, value: first || 7, ariaLabel: "天数" }),
          element("i", { textContent: "天" }),
        ];
      if (takes() === "period") {
        const made = choices(known.periods, { ariaLabel: "时段" });
        made.value = first || "month";
        return [made];
      }
      const many = takes() === "many";
      if (url) {
        const made = element(
          "select",
          { multiple: many, ariaLabel: "内容" },
          ...(many ? [] : [new Option("", "")]),
          ...values.map(([value, text]) => new Option(text, value, true, true)),
        );
        made.dataset.remote = url;
        return [made];
      }
      if (options) {
        const made = choices(many ? options : [["", ""], ...options], { multiple: many, ariaLabel: "内容" });
        for (const option of made.options) option.selected = values.some(([value]) => value === option.value);
        made.dataset.search = "";
        return [made];
      }
      if (many)
        return [
          element("textarea", {
            rows: 4,
            value: values.map(([value]) => value).join("\n"),
            ariaLabel: "内容",
            placeholder: "一行一个，也可以用逗号隔开；可从表格整列粘贴",
          }),
        ];
      return [box(first, "内容")];
    };
    const showValue = (values = []) => {
      place.replaceChildren(...control(values));
      line.hidden = takes() === "none";
      $$("select[data-remote], select[data-search]", place).forEach((one) =>
        one.dispatchEvent(new Event("dress", { bubbles: true })),
      );
      $$('input[type="date"]', place).forEach((one) => {
        const show = () => {
          one.dataset.shown = one.value;
        };
        one.addEventListener("input", show);
        show();
      });
      error.hidden = true;
    };
    const showOperators = (name) => {
      operator.replaceChildren(
        ...known.operators[asked().kind].map(([value, label, wants]) => {
          const option = new Option(label, value);
          option.dataset.takes = wants;
          return option;
        }),
      );
      if (name) operator.value = name;
    };
    field.addEventListener("change", () => {
      showOperators();
      showValue();
    });
    operator.addEventListener("change", () => showValue());
    pop.addEventListener("toggle", () => {
      if (pop.open) {
        if (!without) {
          showOperators();
          showValue();
          field.focus();
        }
      } else without = null;
    });
    for (const chip of $$("[data-edit]"))
      chip.addEventListener("click", (event) => {
        event.stopPropagation();
        const was = JSON.parse(chip.dataset.edit);
        without = was.without;
        field.value = was.field;
        showOperators(was.operator);
        showValue(was.values);
        pop.open = true;
        place.querySelector("input, select, textarea")?.focus();
      });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = $$("input, textarea", place)
        .filter((one) => !one.closest(".select2-container"))
        .map((one) => one.value.trim());
      for (const select of $$("select", place))
        given.push(...Array.from(select.selectedOptions).map((one) => one.value));
      const values = given.filter(Boolean);
      if (takes() !== "none" && (values.length === 0 || (takes() === "two" && values.length < 2))) {
        error.textContent = takes() === "two" ? "请填写两头的值。" : "请填写要比较的内容。";
        error.hidden = false;
        return;
      }
      const next = new URL(without || location.href, location.href);
      next.searchParams.delete("page");
      next.searchParams.delete("selection");
      next.searchParams.append(
        `${field.value}.${operator.value}`,
        takes() === "none" ? "1" : values.map((one) => one.replace(/\s*\n\s*/g, ",")).join(","),
      );
      location.assign(next);
    });
  }

  // ---- The chooser of columns: what is ticked joins the row of chosen ones, which are put in order there.
  for (const pop of $$("[data-chooser]")) {
    const chosen = pop.querySelector("[data-chosen]");
    const line = (input) => {
      const name = input.parentElement.textContent.trim();
      const made = chosen.firstElementChild.cloneNode(true);
      const label = element("label", {}, input, ` ${name}`);
      made.querySelector("label").replaceWith(label);
      $$("[data-move]", made).forEach((button) =>
        button.setAttribute("aria-label", `${name}${button.dataset.move < 0 ? "前移" : "后移"}`),
      );
      return made;
    };
    pop.addEventListener("change", (event) => {
      const input = event.target;
      if (input.name !== "columns" || !input.checked || chosen.contains(input)) return;
      const old = input.parentElement;
      const made = line(input);
      old.remove();
      chosen.append(made);
      made.scrollIntoView({ block: "nearest" });
    });
    chosen.addEventListener("click", (event) => {
      const button = event.target.closest("[data-move]");
      if (!button) return;
      const item = button.closest("li");
      if (button.dataset.move < 0) item.previousElementSibling?.before(item);
      else item.nextElementSibling?.after(item);
      button.focus();
    });
    let dragged = null;
    chosen.addEventListener("dragstart", (event) => {
      dragged = event.target.closest("li");
      event.dataTransfer.effectAllowed = "move";
    });
    chosen.addEventListener("dragend", () => {
      dragged = null;
    });
    chosen.addEventListener("dragover", (event) => {
      const over = event.target.closest("li");
      if (!dragged || !over) return;
      event.preventDefault();
      const box = over.getBoundingClientRect();
      if (over !== dragged) over[event.clientY < box.top + box.height / 2 ? "before" : "after"](dragged);
    });
  }

  // ---- The dialog of the export: of the ticked rows where some are ticked.
  const open = (dialog, fromBulk) => {
    const form = document.getElementById("list-form");
    const count = Number(form?.dataset.count || 0);
    const only = dialog.querySelector("[data-export-chosen]");
    only.hidden = count === 0;
    dialog.querySelector("[data-export-count]").textContent = String(count);
    dialog.querySelector(`input[value="${count > 0 && fromBulk ? "chosen" : "all"}"]`).checked = true;
    dialog.showModal();
  };
  document.addEventListener("click", (event) => {
    const from = event.target.closest("[data-dialog]");
    const dialog = from && document.getElementById(from.dataset.dialog);
    if (!dialog || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    open(dialog, Boolean(from.closest("[data-bulk-bar]")));
  });
  for (const dialog of $$("[data-export]")) {
    const picked = dialog.querySelector("[data-export-fields]");
    dialog.addEventListener("change", () => {
      picked.hidden = !dialog.querySelector("[data-export-pick]").checked;
    });
    dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target.closest("button")) return;
      event.preventDefault();
      dialog.querySelector("[data-file]").click();
    });
    dialog.addEventListener("click", (event) => {
      if (event.target.closest("[data-dialog-close], [data-file]")) setTimeout(() => dialog.close(), 0);
    });
  }

  for (const button of $$("[data-copy]"))
    button.addEventListener("click", async () => {
      const whole = new URL(button.dataset.copy, location.href).href;
      try {
        await navigator.clipboard.writeText(whole);
        button.textContent = button.dataset.copied;
      } catch {
        window.prompt("请复制这个地址", whole);
      }
    });
})();
