/* What a reader gains where scripts run: sources in a panel, the current section in the contents, tables sorted by a
   column, and a button that prints. Nothing is lost without it: markers are links to the references, which link back. */
(() => {
  "use strict";
  const language = document.documentElement.lang;
  const panel = document.getElementById("sd-panel");
  const body = panel && panel.querySelector(".sd-panel-body");
  const heading = panel && panel.querySelector("h2");
  let marker = null;

  const make = (tag, ...content) => {
    const made = document.createElement(tag);
    made.append(...content);
    return made;
  };
  const copy = (element) => {
    const made = element.cloneNode(true);
    made.removeAttribute("id");
    made.querySelectorAll("[id]").forEach((one) => one.removeAttribute("id"));
    made.querySelectorAll('a[href^="#m"]').forEach((one) => one.remove());
    return [...made.childNodes];
  };
  const close = () => {
    if (!panel.open) return;
    panel.close();
    if (marker) marker.focus({ preventScroll: true });
  };
  const open = (link) => {
    const list = make("ol");
    const found = new Map();
    const stated = document.querySelectorAll(".sd-stated ul > li");
    for (const number of (link.dataset.n || "").split(" ").filter(Boolean)) {
      const note = stated[number - 1];
      if (!note) continue;
      const place = note.closest("ol.sd-stated > li").value;
      found.set(place, [...(found.get(place) || []), note]);
    }
    if (!found.size) {
      const target = document.getElementById(link.hash.slice(1));
      if (!target) return false;
      list.append(make("li", ...copy(target)));
    }
    for (const [place, notes] of found) {
      const source = document.getElementById("s" + place);
      const item = make("li", ...copy(source), make("ul", ...notes.map((note) => make("li", ...copy(note)))));
      item.value = place;
      list.append(item);
    }
    body.replaceChildren(list);
    const row = link.closest("tr, li, p, figcaption, caption, th");
    const value = row && row.querySelector("th, .sd-key, b");
    const said = panel.dataset;
    heading.textContent = found.size === 1 ? said.source : said.sources;
    if (value && value !== link.parentElement) {
      const words = (value.querySelector("p") || value).cloneNode(true);
      words.querySelectorAll(".sd-m, .sd-m1").forEach((one) => one.remove());
      const named = words.textContent.trim();
      if (named) heading.textContent = (found.size === 1 ? said.sourceOf : said.sourcesOf).split("{}").join(named);
    }
    marker = link;
    if (!panel.open) panel.show();
    panel.scrollTop = 0;
    heading.focus({ preventScroll: true });
    return true;
  };
  if (panel) {
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a.sd-m, a.sd-m1");
      if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && open(link)) event.preventDefault();
    });
    panel.querySelector("button").addEventListener("click", close);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
    });
  }

  const print_button = document.querySelector("#sd-print button");
  if (print_button) {
    print_button.parentElement.hidden = false;
    print_button.addEventListener("click", () => print());
  }

  const open_target = () => {
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      return;
    }
    const target = id && document.getElementById(id);
    for (let one = target && target.closest("details"); one; one = one.parentElement.closest("details")) one.open = true;
    if (target && target.closest("details")) target.scrollIntoView();
  };
  addEventListener("hashchange", open_target);
  open_target();

  const links = new Map();
  document.querySelectorAll(".sd-contents a[href^='#']").forEach((link) => {
    links.set(link.hash.slice(1), [...(links.get(link.hash.slice(1)) || []), link]);
  });
  const seen = new Set();
  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) seen[entry.isIntersecting ? "add" : "delete"](entry.target.id);
    const current = [...links.keys()].find((id) => seen.has(id));
    for (const [id, of] of links) {
      for (const link of of) {
        if (id === current) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      }
    }
  }, { rootMargin: "-10% 0px -60% 0px" });
  for (const id of links.keys()) {
    const section = document.getElementById(id);
    if (section) watch.observe(section);
  }

  const words = new Intl.Collator(language, { numeric: true });
  const number = (text) => {
    const found = text.replace(/[,\s\u202f\u00a0]/g, "").match(/[-\u2212]?\d+(\.\d+)?/);
    return found ? parseFloat(found[0].replace("\u2212", "-")) : null;
  };
  document.querySelectorAll("table.sd-table").forEach((table) => {
    const rows = table.tBodies[0] && [...table.tBodies[0].rows];
    if (!rows || rows.length < 4 || !table.tHead) return;
    const heads = [...table.tHead.rows[0].cells];
    heads.slice(0, table.classList.contains("sd-sourced") ? -1 : heads.length).forEach((cell, place) => {
      if (cell.querySelector("a, .sd-ticks")) return;
      const button = make("button", ...cell.childNodes);
      button.type = "button";
      button.title = document.getElementById("sd-main").dataset.sort;
      cell.replaceChildren(button);
      button.addEventListener("click", () => {
        const up = cell.getAttribute("aria-sort") !== "ascending";
        [...cell.parentElement.cells].forEach((one) => one.removeAttribute("aria-sort"));
        cell.setAttribute("aria-sort", up ? "ascending" : "descending");
        const numeric = table.classList.contains("sd-n" + (place + 1));
        const key = (row) => (row.cells[place] ? row.cells[place].textContent.trim() : "");
        const sorted = rows.slice().sort((one, other) => {
          if (!numeric) return (up ? 1 : -1) * words.compare(key(one), key(other));
          const [a, b] = [number(key(one)), number(key(other))];
          if (a === null || b === null) return (a === null) - (b === null);
          return up ? a - b : b - a;
        });
        table.tBodies[0].append(...sorted);
      });
    });
  });
})();
