/* What moves where many rows are edited? Who fills a value in means it: its box is ticked. */
"use strict";

(() => {
  for (const line of document.querySelectorAll("[data-bulk-line]")) {
    const tick = line.querySelector('input[name="change"]');
    const empty = line.querySelector('input[name="empty"]');
    const controls = Array.from(line.querySelectorAll(".control input, .control select, .control textarea"));
    const filled = () => controls.some((one) => (one.multiple ? one.selectedOptions.length : one.value));
    const show = () => {
      line.classList.toggle("picked", tick.checked);
      line.classList.toggle("emptied", Boolean(empty && empty.checked));
    };
    const meant = () => {
      if (filled()) {
        tick.checked = true;
        if (empty) empty.checked = false;
      }
      show();
    };
    // Dressed selects tell of a change through the library that dressed them, and not otherwise.
    window.jQuery(controls).on("change input", meant);
    tick.addEventListener("change", () => {
      if (!tick.checked && empty) empty.checked = false;
      show();
    });
    if (empty) {
      empty.addEventListener("change", () => {
        if (empty.checked) tick.checked = true;
        show();
      });
    }
    show();
  }
})();
