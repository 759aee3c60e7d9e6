/* The search of the front page, over the index that search.js of the site holds: names are normalised as those of the
   index are. */
(() => {
  "use strict";
  const make = (tag, ...content) => {
    const made = document.createElement(tag);
    made.append(...content);
    return made;
  };
  const search = document.getElementById("sd-search");
  if (!search || !window.sdSearch) return;
  const { plain, entries } = window.sdSearch;
  const normal = (text) =>
    [...text.normalize("NFKC").toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/['\u2019\u2018\u02bc\u02bb]/g, "")]
      .map((letter) => (letter in plain ? plain[letter] : letter))
      .join("")
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
  const rank = (form, asked) => {
    if (form === asked) return 0;
    if (form.startsWith(asked + " ")) return 1;
    if (form.startsWith(asked)) return 2;
    if ((" " + form).includes(" " + asked)) return 3;
    return asked.split(" ").every((word) => (" " + form).includes(" " + word)) ? 4 : 9;
  };
  const input = make("input");
  input.type = "search";
  input.id = "sd-search-input";
  input.autocomplete = "off";
  const label = make("label", search.dataset.label);
  label.htmlFor = input.id;
  const list = make("ul");
  const said = make("p");
  said.className = "sd-note";
  said.setAttribute("role", "status");
  said.textContent = search.dataset.hint;
  search.append(label, input, said, list);
  input.addEventListener("input", () => {
    const asked = normal(input.value);
    const found = asked.length < 2 ? [] : entries
      .map((entry, place) => [Math.min(...entry[3].map((form) => rank(form, asked))), place, entry])
      .filter(([best]) => best < 9)
      .sort((one, other) => one[0] - other[0] || one[1] - other[1])
      .slice(0, 20);
    list.replaceChildren(...found.map(([, , [name, note, address]]) => {
      const link = make("a", name);
      link.href = address;
      return make("li", link, " " + note);
    }));
    said.textContent = found.length || asked.length < 2 ? search.dataset.hint : search.dataset.none;
  });
})();
