/* Countries to choose on a comparison; the choice is part of the address. */
(() => {
  "use strict";
  const language = document.documentElement.lang;
  const make = (tag, ...content) => {
    const made = document.createElement(tag);
    made.append(...content);
    return made;
  };
  const chooser = document.getElementById("sd-choose");
  const of = (link) => (link.getAttribute("href").match(/countries\/([A-Z]{3})\.html/) || [])[1];
  const rows_of = new Map();
  document.querySelectorAll("main table").forEach((table) => {
    const heads = table.tHead ? [...table.tHead.rows[0].cells] : [];
    const add = (link, cells) => {
      const code = link && of(link);
      if (code) rows_of.set(code, [...(rows_of.get(code) || []), ...cells]);
    };
    heads.forEach((cell, place) => {
      add(cell.querySelector("a"), [...table.rows].map((row) => row.cells[place]).filter(Boolean));
    });
    [...table.rows].forEach((row) => row.cells[0] && add(row.cells[0].querySelector("a"), [row]));
  });
  if (chooser && rows_of.size > 2) {
    const names = new Map();
    document.querySelectorAll("main th a[href*='countries/']").forEach((link) => {
      const code = of(link);
      if (!names.has(code) || names.get(code) === code) names.set(code, link.textContent);
    });
    const chosen = new Set((location.hash.match(/^#countries=([A-Z,]*)/) || [])[1]?.split(",") || []);
    const boxes = [];
    const apply = () => {
      const on = boxes.filter((box) => box.checked).map((box) => box.value);
      for (const [code, cells] of rows_of) {
        for (const cell of cells) cell.hidden = on.length > 0 && !on.includes(code);
      }
      return on;
    };
    const items = [...names].sort((one, other) => one[1].localeCompare(other[1], language)).map(([code, name]) => {
      const box = make("input");
      box.type = "checkbox";
      box.value = code;
      box.checked = chosen.has(code);
      box.addEventListener("change", () => {
        const on = apply();
        history.replaceState(null, "", on.length ? "#countries=" + on.join(",") : "#");
      });
      boxes.push(box);
      return make("label", box, " " + name);
    });
    const details = make("details", make("summary", chooser.dataset.label), ...items);
    details.open = chosen.size > 0;
    chooser.append(details);
    apply();
  }
})();
