"use strict";
{
  const get = id => document.getElementById("page:" + id);
  const form = get("search"), wanted = get("wanted"), count = get("count"), found = get("found");
  const SHOWN = 30; // results listed; the count names all
  let blocks;

  // The smallest blocks of visible text: a paragraph, a heading, a row of a table.
  function read() {
    const leaves = "h1,h2,h3,h4,h5,h6,p,li,dt,dd,tr,caption,figcaption,summary,pre";
    return [...get("main").querySelectorAll(leaves)]
      .filter(block => !block.querySelector("p,li,tr") && !block.closest(".marks"))
      .map(block => ({ block, text: block.textContent.replace(/\s+/g, " ").trim() }));
  }

  function unfold(block) {
    for (let at = block.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
  }

  function go(block) {
    unfold(block);
    block.tabIndex = -1;
    block.focus({ preventScroll: true });
    block.scrollIntoView({ block: "center" });
  }

  function result({ block, text }, at) {
    const item = document.createElement("li"), button = document.createElement("button");
    button.type = "button";
    button.textContent = (at > 40 ? "…" : "") + text.slice(Math.max(0, at - 40), at + 100) + (text.length > at + 100 ? "…" : "");
    button.addEventListener("click", () => go(block));
    item.append(button);
    return item;
  }

  function search() {
    const words = wanted.value.trim().toLowerCase();
    found.replaceChildren();
    if (words.length < 2) { count.textContent = ""; return; }
    blocks ??= read();
    const hits = blocks.map(entry => [entry, entry.text.toLowerCase().indexOf(words)]).filter(hit => hit[1] >= 0);
    found.append(...hits.slice(0, SHOWN).map(hit => result(...hit)));
    const more = hits.length > SHOWN ? `, the first ${SHOWN} listed` : "";
    count.textContent = hits.length ? `${hits.length} ${hits.length === 1 ? "place" : "places"}${more}` : "Nothing found";
  }

  function follow() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    unfold(target);
    if (target.matches(".entry, .trails li")) for (const part of target.querySelectorAll("details")) part.open = true;
    const box = target.closest(".rows");
    target.scrollIntoView({ block: box ? "center" : "start" });
    box?.scrollIntoView({ block: "nearest" }); // so that the heads of the columns are seen as well
  }

  form.hidden = false;
  wanted.addEventListener("input", search);
  form.addEventListener("submit", event => { event.preventDefault(); found.querySelector("button")?.click(); });
  form.addEventListener("keydown", event => { if (event.key === "Escape") { wanted.value = ""; search(); wanted.focus(); } });
  addEventListener("hashchange", follow);
  if (location.hash) addEventListener("load", () => requestAnimationFrame(follow)); // after the browser's own jump

  const wide = document.querySelector(".sections details");
  if (wide && matchMedia("(min-width: 70em)").matches) wide.open = true;

  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const part of folded) part.open = true;
  });
  addEventListener("afterprint", () => { for (const part of folded) part.open = false; });
}
