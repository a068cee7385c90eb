// Sorts and filters every table of options, those of single queues too. Without it everything is there, in the order of
// the scenario.
"use strict";
(() => {
  const tables = [...document.querySelectorAll("table.options")];
  const many = tables.filter((table) => table.tBodies[0].rows.length > 3);
  if (many.length === 0) return;

  const status = document.createElement("span");
  status.className = "unseen";
  status.setAttribute("role", "status");
  const label = document.createElement("label");
  label.className = "search";
  const input = document.createElement("input");
  input.type = "search";
  label.append("Show options whose name holds", input, status);
  many[0].before(label);
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    let shown = 0;
    for (const table of many) {
      for (const row of table.tBodies[0].rows) {
        row.hidden = !row.classList.contains("base") && !row.cells[0].textContent.toLowerCase().includes(wanted);
        if (!row.hidden) shown += 1;
      }
    }
    status.textContent = `${shown} shown`;
  });

  const order = (row, column) => {
    const text = row.cells[column].dataset.order;
    return text ? Number(text) : Number.NEGATIVE_INFINITY;
  };
  for (const table of many) {
    const body = table.tBodies[0];
    const asWritten = [...body.rows];
    const headings = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
    headings.forEach((heading, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => {
        const before = heading.getAttribute("aria-sort");
        headings.forEach((other) => other.removeAttribute("aria-sort"));
        const rows = [...asWritten];
        if (column > 0) {
          const next = before === "descending" ? "ascending" : "descending";
          heading.setAttribute("aria-sort", next);
          const sign = next === "ascending" ? 1 : -1;
          rows.sort((a, b) => sign * (order(a, column) - order(b, column)) || asWritten.indexOf(a) - asWritten.indexOf(b));
        }
        body.append(...rows);
      });
    });
  }
})();
