"use strict";
{
  const get = id => document.getElementById("page:" + id);
  const form = get("search"), wanted = get("wanted"), count = get("count"), found = get("found");
  const SHOWN = 30; // results listed; the count names all
  const SMALL = new Set("a an and are at by did do does for from has have how in is it many much of on or that the their to was were what when which who why will with would".split(" "));
  const TITLES = "h1,h2,h3,h4,h5,h6,summary,.figure-title";
  let blocks;

  // The smallest blocks of visible text: a paragraph, a heading, a row of a table.
  function read() {
    const leaves = "h1,h2,h3,h4,h5,h6,p,li,dt,dd,tr,caption,figcaption,summary,pre";
    return [...get("main").querySelectorAll(leaves)]
      .filter(block => !block.querySelector("p,li,tr") && !block.matches(".facts summary") && !(block.matches(".code") && !block.checkVisibility()))
      .map(block => ({ block, text: [...(block.cells ?? [block])].map(part => part.textContent.replace(/\s+/g, " ").trim()).filter(Boolean).join(" · ") }));
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
    const split = words.split(/\s+/), asked = split.filter(word => !SMALL.has(word)), every = asked.length ? asked : split;
    const rank = ({ block, text }) => text.toLowerCase().includes(words) * 2 + block.matches(TITLES);
    const card = !/^c\d+[a-z]?$/.test(words) ? null : [...document.querySelectorAll(".of")].find(of => of.dataset.claim.toLowerCase() === words);
    const own = card ? [{ block: card.querySelector("summary"), text: `${card.dataset.claim}: ${card.querySelector("summary").textContent.replace(/\s+/g, " ").trim()}` }] : [];
    const near = ({ block }) => block.closest(".notebook") ? 1 : 0; // of a claim's number: its card, the chapters, the rest
    const whole = card && RegExp(`\\b${words}\\b`);
    const hits = blocks.filter(({ block }) => !card?.contains(block))
      .map(entry => [entry, entry.text.toLowerCase()])
      .filter(([, text]) => whole ? whole.test(text) : every.every(word => text.includes(word)))
      .map(([entry, text]) => [entry, text.indexOf(every[0]), card ? near(entry) : rank(entry)])
      .sort((one, other) => other[2] - one[2]); // the whole phrase first, titles before others
    hits.unshift(...own.map(entry => [entry, 0]));
    const listed = []; // what stands word for word in one listed before is no other place
    let places = 0;
    for (const [entry, at] of hits) {
      const near = entry.text.slice(at, at + 60).toLowerCase();
      if (listed.some(other => other.block.contains(entry.block) || other.text.toLowerCase().includes(near))) continue;
      if (listed.length < SHOWN) { listed.push(entry); found.append(result(entry, at)); }
      places++;
    }
    const more = places > SHOWN ? `, the first ${SHOWN} listed` : "";
    count.textContent = places ? `${places} ${places === 1 ? "place" : "places"}${more}` : "Nothing found";
  }

  function follow() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    unfold(target);
    if (target.matches(".entry, .trails li")) for (const part of target.querySelectorAll("details")) part.open = true;
    target.scrollIntoView({ block: "start" });
  }

  // A citation is copied where the browser allows it, else selected so that the reader can.
  for (const cite of document.querySelectorAll(".cite cite")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(cite.textContent);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(cite);
        button.textContent = document.execCommand("copy") ? "Copied" : "Selected";
      }
    });
    cite.after(" ", button);
  }

  // The way back after a jump within a long page.
  const way = get("return"), back = way?.querySelector("button"), left = [];
  if (way) {
    let last = scrollY, upward = true; // who reads on wants no lid on the text; who turns back looks for the way
    const show = () => {
      if (scrollY !== last) upward = scrollY < last;
      last = scrollY;
      way.hidden = !left.length && (scrollY < innerHeight || !upward);
      back.hidden = !left.length;
    };
    document.addEventListener("click", event => {
      const link = event.target.closest("main a[href^='#'], .sections a");
      if (link && !event.defaultPrevented) { left.push(link); show(); }
    });
    back.addEventListener("click", () => {
      const link = left.pop();
      link.focus({ preventScroll: true });
      link.scrollIntoView({ block: "center" });
      show();
    });
    addEventListener("scroll", show, { passive: true });
    show();
  }

  form.hidden = false;
  wanted.addEventListener("input", search);
  form.addEventListener("submit", event => { event.preventDefault(); found.querySelector("button")?.click(); });
  form.addEventListener("keydown", event => { if (event.key === "Escape") { wanted.value = ""; search(); wanted.focus(); } });
  addEventListener("hashchange", follow);
  if (location.hash) addEventListener("load", () => requestAnimationFrame(follow)); // after the browser's own jump

  // On a phone a row of a table that is too wide is a card, and each cell says which column it is of.
  const phone = matchMedia("(max-width: 600px)");
  function carded() {
    if (!phone.matches) return;
    const seen = [...document.querySelectorAll(".scroll:not(.cards)")].map(box => [box, box.checkVisibility() ? box.scrollWidth > box.clientWidth : box.querySelectorAll("thead :is(th, td)").length > 3]);
    for (const [box, wide] of seen) {
      if (!wide || box.querySelector("[colspan], [rowspan]")) continue;
      const heads = [...box.querySelectorAll("thead :is(th, td)")].map(cell => cell.textContent);
      for (const row of box.querySelectorAll("tbody tr")) [...row.cells].forEach((cell, place) => { if (heads[place]) cell.dataset.col = heads[place]; });
      box.classList.add("cards");
    }
  }
  carded();
  phone.addEventListener("change", carded);
  document.addEventListener("toggle", carded, true); // what was folded can be measured once it is open

  const wide = document.querySelector(".sections details");
  if (wide && matchMedia("(min-width: 70em)").matches) wide.open = true;

  let folded = [];
  addEventListener("beforeprint", () => {
    const unfolding = document.body.matches(".front, .report") ? ".of" : "details"; // the long pages print what they say first
    folded = [...document.querySelectorAll(unfolding + ":not([open])")];
    for (const part of folded) part.open = true;
  });
  addEventListener("afterprint", () => { for (const part of folded) part.open = false; });
}
