/* What moves on a page? Acts on data attributes only; each part does nothing when its attribute is absent. */
"use strict";

(() => {
  const $$ = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  /** A hidden input that holds one value of a form, made when missing. */
  const setHidden = (form, name, value) => {
    let input = form.querySelector(`input[type="hidden"][name="${name}"][data-made]`);
    if (!input) {
      input = document.createElement("input");
      Object.assign(input, { type: "hidden", name });
      input.dataset.made = "";
      form.append(input);
    }
    input.value = value;
  };

  // ---- The one dialog. What waits for the answer lives in `pending` alone and is forgotten when the dialog
  // closes, so a cancelled act can never ride along with the next one.
  const dialog = document.getElementById("dialog");
  let pending = null;
  const answered = new WeakSet();

  const rowCount = (form) => ("bulk" in form.dataset ? Number(form.dataset.count || 0) : 1);

  const ask = (form, submitter) => {
    const from = submitter && (submitter.dataset.confirm || submitter.dataset.note) ? submitter : form;
    const need = from.dataset.note || "none";
    const count = Number(from.dataset.count || rowCount(form));
    const note = document.getElementById("dialog-note");
    dialog.querySelector("h2").textContent = from.dataset.label || "请确认";
    document.getElementById("dialog-text").textContent = (
      from.dataset.confirm || `确定${from.dataset.label || "办理"}？`
    ).replaceAll("{n}", String(count));
    dialog.querySelector(".dialog-note").hidden = need === "none";
    dialog.querySelector(".dialog-note .required").hidden = need !== "required";
    document.getElementById("dialog-error").hidden = true;
    dialog.toggleAttribute("data-danger", "danger" in from.dataset);
    note.value = "";
    dialog.returnValue = "";
    pending = { form, submitter, need };
    dialog.showModal();
    (need === "none" ? dialog.querySelector('button[value="ok"]') : note).focus();
  };

  if (dialog) {
    dialog.querySelector("form").addEventListener("submit", (event) => {
      const note = document.getElementById("dialog-note").value.trim();
      if (event.submitter.value === "ok" && pending && pending.need === "required" && !note) {
        event.preventDefault();
        document.getElementById("dialog-error").hidden = false;
        document.getElementById("dialog-note").focus();
      }
    });
    dialog.addEventListener("close", () => {
      const act = pending;
      pending = null;
      if (!act || dialog.returnValue !== "ok") return;
      if (act.need !== "none") setHidden(act.form, "note", document.getElementById("dialog-note").value.trim());
      answered.add(act.form);
      act.form.requestSubmit(act.submitter || undefined);
    });
  }

  // ---- Posting: ask first, then only once.
  const busy = new WeakSet();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const submitter = event.submitter;
    if (form.method !== "post") return;
    if (busy.has(form)) return event.preventDefault();
    const asks = (node) => node && (node.dataset.confirm || (node.dataset.note && node.dataset.note !== "none"));
    if (dialog && !answered.delete(form) && (asks(submitter) || asks(form))) {
      event.preventDefault();
      if ("bulk" in form.dataset && rowCount(form) === 0) return;
      return ask(form, submitter);
    }
    // A file leaves the page standing, and its form free for the next act.
    if (submitter && "file" in submitter.dataset) return;
    busy.add(form);
    const mark = submitter || form.querySelector('button[type="submit"]');
    if (mark) mark.setAttribute("aria-busy", "true");
    // A post answered with a file leaves the page standing: let it be used again.
    setTimeout(() => {
      busy.delete(form);
      if (mark) mark.removeAttribute("aria-busy");
    }, 8000);
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    $$("form").forEach((form) => busy.delete(form));
    $$("[aria-busy]").forEach((mark) => mark.removeAttribute("aria-busy"));
  });

  // Sticky columns stand side by side: each begins where those before it end.
  const placeSticky = () => {
    for (const row of $$(".table tr")) {
      let left = 0;
      const cells = $$(":scope > .sticky", row);
      cells.forEach((cell, i) => {
        cell.style.setProperty("--left", `${left}px`);
        cell.classList.toggle("sticky-edge", i === cells.length - 1 && !cell.classList.contains("tick"));
        left += cell.offsetWidth;
      });
    }
  };
  placeSticky();
  window.addEventListener("load", placeSticky);

  // A row is as good as its link; text may still be marked.
  document.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-href]");
    if (!row || event.target.closest("a, button, input, label, select, .tick") || String(getSelection())) return;
    if (event.ctrlKey || event.metaKey) window.open(row.dataset.href);
    else location.assign(row.dataset.href);
  });

  // ---- Tabs: switch when the panel is here, otherwise follow the link.
  for (const list of $$("[data-tabs]")) {
    const tabs = $$('[role="tab"]', list);
    const panel = (tab) => document.getElementById(tab.getAttribute("aria-controls"));
    const show = (chosen) => {
      tabs.forEach((tab) => {
        tab.setAttribute("aria-selected", String(tab === chosen));
        if (panel(tab)) panel(tab).hidden = tab !== chosen;
      });
      history.replaceState(null, "", chosen.href);
      placeSticky();
    };
    list.addEventListener("click", (event) => {
      const tab = event.target.closest('[role="tab"]');
      if (!tab || !panel(tab) || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      show(tab);
    });
    list.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const at = tabs.indexOf(document.activeElement);
      if (!step || at < 0) return;
      tabs[(at + step + tabs.length) % tabs.length].focus();
      event.preventDefault();
    });
  }

  // ---- Side menu: what is folded stays folded.
  const recall = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };
  const remember = (key, value) => {
    try {
      localStorage.setItem(key, JSON.stringify(value));
    } catch {
      /* private mode */
    }
  };
  const folded = recall("menu-groups") || {};
  for (const group of $$("[data-menu-group]")) {
    const name = group.dataset.menuGroup;
    if (name in folded && !("here" in group.dataset)) group.open = !folded[name];
    group.querySelector("summary").addEventListener("click", () => {
      folded[name] = group.open;
      remember("menu-groups", folded);
    });
  }
  const root = document.documentElement;
  root.classList.toggle("menu-off", recall("menu-off") === true);
  $$("[data-toggle-menu]").forEach((button) =>
    button.addEventListener("click", () => {
      if (matchMedia("(max-width: 860px)").matches) return root.classList.toggle("menu-on");
      remember("menu-off", root.classList.toggle("menu-off"));
      placeSticky();
    }),
  );
  const current = document.querySelector('.menu a[aria-current="page"]');
  if (current) current.scrollIntoView({ block: "nearest" });

  // ---- Selects that search: select2 with our words.
  const words = {
    errorLoading: () => "没有取到结果，请重试。",
    inputTooLong: () => "输入的字太多。",
    inputTooShort: () => "请输入几个字再找。",
    loadingMore: () => "正在取更多……",
    maximumSelected: () => "不能再选了。",
    noResults: () => "没有找到。",
    searching: () => "正在查找……",
    removeAllItems: () => "全部清除",
    removeItem: () => "去掉",
    search: () => "查找",
  };
  const remoteSearch = (select) => ({
    delay: 250,
    transport: (params, success, failure) => {
      const url = new URL(select.dataset.remote, location.href);
      url.searchParams.set("q", params.data.term || "");
      url.searchParams.set("page", params.data.page || 1);
      for (const name of (select.dataset.depends || "").split(" ").filter(Boolean)) {
        const other = select.form && select.form.elements[name];
        if (other && other.value) url.searchParams.set(name, other.value);
      }
      const stop = new AbortController();
      fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" }, signal: stop.signal })
        .then((answer) => {
          if (!answer.ok) throw new Error(String(answer.status));
          return answer.json();
        })
        .then(success)
        .catch((error) => {
          if (error.name !== "AbortError") failure();
        });
      return { abort: () => stop.abort(), status: 1 };
    },
    processResults: (data) => ({ results: data.results, pagination: { more: data.more } }),
  });
  if (window.jQuery && jQuery.fn.select2) {
    const dress = (select) => {
      const remote = "remote" in select.dataset;
      const blank = select.multiple || Array.from(select.options).some((option) => option.value === "");
      const pop = select.closest(".pop-body");
      jQuery(select).select2({
        language: words,
        width: "100%",
        placeholder: select.dataset.placeholder || "请选择",
        allowClear: blank && !select.required,
        minimumResultsForSearch: remote ? 0 : 10,
        ...(pop ? { dropdownParent: jQuery(pop) } : {}),
        ...(remote ? { ajax: remoteSearch(select) } : {}),
      });
      const label = select.labels && select.labels[0];
      const face = select.nextElementSibling.querySelector('[role="combobox"]');
      if (label && face) {
        label.id = label.id || `${select.id}-label`;
        face.setAttribute("aria-labelledby", `${label.id} ${face.getAttribute("aria-labelledby") || ""}`.trim());
      }
      jQuery(select)
        .on("select2:open", () => {
          const box = document.querySelector(".select2-container--open .select2-search__field");
          if (box) {
            box.setAttribute("aria-label", "查找");
            box.focus();
          }
        })
        .on("change", () => {
          $$(`select[data-depends~="${select.name}"]`, select.form || document).forEach((other) => {
            if (other.value) jQuery(other).val(null).trigger("change");
          });
        });
    };
    $$("select[data-remote], select.my_select2, select[multiple], select[data-search]").forEach(dress);
    // What a script adds to the page asks for the same.
    document.addEventListener("dress", (event) => dress(event.target));
  }

  // ---- Small things.
  // The framework's date widget is a text box inside a group: the browser's own picker serves better.
  $$(".appbuilder_date input").forEach((input) => {
    const value = input.value;
    input.type = "date";
    input.value = value.slice(0, 10);
  });
  // What a browser says in its own language inside a control, we say in ours.
  for (const input of $$('input[type="date"], input[type="datetime-local"]')) {
    const show = () => {
      input.dataset.shown = input.value.replace("T", " ").slice(0, 16);
    };
    input.addEventListener("input", show);
    input.addEventListener("change", show);
    show();
  }
  for (const input of $$('input[type="file"]')) {
    const box = document.createElement("span");
    box.className = "file";
    const face = document.createElement("span");
    face.className = "btn";
    face.textContent = "选择文件";
    const name = document.createElement("span");
    const show = () => {
      name.textContent =
        Array.from(input.files)
          .map((file) => file.name)
          .join("、") || "还没有选择";
    };
    input.replaceWith(box);
    box.append(input, face, name);
    input.addEventListener("change", show);
    show();
  }
  $$("[data-submit-on-change]").forEach((node) => node.addEventListener("change", () => node.form.requestSubmit()));
  document.addEventListener("keydown", (event) => {
    // Pages of a preview turn by the arrows; not while something is written.
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest?.("input, select, textarea")) return;
    $$("a[data-key]")
      .find((node) => node.dataset.key === event.key)
      ?.click();
  });
  $$("[data-print]").forEach((node) => node.addEventListener("click", () => window.print()));
  $$("[data-dismiss]").forEach((node) => node.addEventListener("click", () => node.closest(".notice").remove()));
  $$("[data-back]").forEach((node) =>
    node.addEventListener("click", (event) => {
      if (history.length < 2) return;
      event.preventDefault();
      history.back();
    }),
  );
  $$("form[data-trim]").forEach((form) =>
    form.addEventListener("submit", () => {
      // Empty boxes say nothing: keep the address short and readable.
      $$("input, select", form).forEach((node) => {
        if (node.name && !node.value) node.disabled = true;
      });
      setTimeout(
        () =>
          $$("input, select", form).forEach((node) => {
            node.disabled = false;
          }),
        0,
      );
    }),
  );
  document.addEventListener("click", (event) => {
    $$("details[data-popover][open]").forEach((open) => {
      if (!event.composedPath().includes(open)) open.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    for (const open of $$("details[data-popover][open]")) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });
  for (const drop of $$("[data-drop]")) {
    const input = drop.querySelector('input[type="file"]');
    const over = (on) => (event) => {
      event.preventDefault();
      drop.classList.toggle("over", on);
    };
    drop.addEventListener("dragover", over(true));
    drop.addEventListener("dragleave", over(false));
    drop.addEventListener("drop", (event) => {
      over(false)(event);
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change"));
    });
  }
  const job = document.querySelector("[data-job]");
  const look = () =>
    fetch(job.dataset.job, { headers: { Accept: "application/json" } })
      .then((answer) => answer.json())
      .then((told) => {
        job.querySelector("progress").value = told.share;
        job.querySelector("[data-share]").textContent = `${told.share}%`;
        if (told.open) setTimeout(look, 1000);
        else location.reload();
      })
      .catch(() => setTimeout(look, 3000));
  if (job) look();
  const problem = document.querySelector("[data-focus]");
  if (problem) problem.focus();
})();
