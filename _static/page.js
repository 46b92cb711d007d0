/* What a page does beyond its HTML: light or dark, the keys of the search, and what a search has found. */
(() => {
  const root = document.documentElement;
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = document.querySelector(".to-theme");
  theme.hidden = false;
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* a page from the disk may keep nothing */ }
  });

  addEventListener("keydown", (key) => {
    if (!(key.ctrlKey || key.metaKey) || key.key.toLowerCase() !== "k") return;
    key.preventDefault();
    const field = document.querySelector(".site-search input, .search-page input");
    if (field.checkVisibility()) field.focus();
    else document.querySelector(".to-search").click();
  });

  // The tab key stops only at areas that do scroll.
  const areas = [...document.querySelectorAll(".result-scroll")];
  const look = () => areas.map((area) => [area, area.scrollWidth > area.clientWidth + 1]).forEach(([area, scrolls]) => {
    if (scrolls) { area.tabIndex = 0; area.setAttribute("role", "region"); }
    else { area.removeAttribute("tabindex"); area.removeAttribute("role"); }
    const name = area.getAttribute("aria-label") || area.dataset.label;
    if (scrolls) area.setAttribute("aria-label", name);
    else { area.removeAttribute("aria-label"); area.dataset.label = name; }
  });
  if (areas.length) {
    const watch = new ResizeObserver(look);
    watch.observe(document.querySelector("main"));
    document.querySelectorAll("details").forEach((one) => one.addEventListener("toggle", look));
  }

  let sought = null;
  try { sought = localStorage.getItem("sphinx_highlight_terms"); } catch { /* nothing was kept */ }
  if (sought && typeof Documentation === "undefined") { // the search itself has them
    for (const name of ["documentation_options", "doctools", "sphinx_highlight"]) {
      const script = document.createElement("script");
      script.src = `${root.dataset.content_root}_static/${name}.js`;
      script.async = false;
      document.head.append(script);
    }
  }
})();
