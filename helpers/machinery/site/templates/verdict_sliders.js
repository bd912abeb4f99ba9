{
  // Verdicts on other days, on other evidence, for other members, without some readings: all worked out ahead, looked up here.
  const get = id => document.getElementById("page:" + id), form = get("moves"), source = get("outcomes");
  if (form && source) {
    const told = JSON.parse(source.textContent), names = ["day", "evidence", "roster"];
    const controls = names.map(get), out = {}, boxes = [];
    const claims = [...document.querySelectorAll(".of")].filter(claim => told.claims[claim.dataset.claim]);
    const strips = new Map([...document.querySelectorAll(".seg")].map(part => [part.hash.slice(7), part]));
    const value = place => told[names[place]][Number(controls[place].value)];

    function beside(part) { // where words that have moved stand, in place of those that were there
      const other = document.createElement(part.tagName);
      other.className = part.className + " moved";
      other.hidden = true;
      part.after(other);
      return { say(words) { part.hidden = words !== null; other.hidden = words === null; if (words !== null) other.replaceChildren(...[words].flat()); } };
    }
    const lines = new Map(claims.map(claim => [claim, beside(claim.querySelector(".said"))]));
    const tally = beside(document.querySelector(".tally")), conclusion = beside(document.querySelector(".conclusion"));

    // What stays as printed says so where it begins, while other parts differ from it.
    const stays = Object.entries({
      stays: ".entry > details > summary, .picture .figure-title, .picture > details > summary, .beyond > h2, summary:has([id='page:thin']), .notebook .verdict > .claim, [id='page:article']",
      mostly: "main > .firm, .chapters > h2, .notebook h2, .trails > details > summary",
      compares: ".since > h2, .since > details > summary",
    }).flatMap(([words, where]) => [...document.querySelectorAll(where)].map(part => {
      const said = document.createElement("p");
      said.className = "unmoved";
      said.textContent = told[words];
      return [part, said];
    }));

    function paint(part, verdict) {
      part.classList.remove(...told.verdicts);
      part.classList.add(verdict);
    }

    function counted(verdict, number) {
      const part = document.createElement("span"), sign = document.createElement("span");
      part.className = verdict;
      sign.className = "sign";
      part.append(sign, `${number} ${told.tally[verdict][number === 1 ? 0 : 1]}`);
      return part;
    }

    function concluded(verdicts, found, day) {
      const { leads, unmet, early, late } = told.conclusion, { first, fails, ends } = told.early[day] ? early : late;
      const all = Object.values(verdicts), count = name => all.filter(verdict => verdict === name).length, holds = count("holds");
      const facts = { day: told.said[day], lead: Object.keys(leads).find(words => holds >= leads[words]), holds, all: all.length, fails: count("fails") };
      const fill = words => words.replace(/{(\w+)}/g, (_, name) => facts[name]);
      facts.failed = fill(fails[facts.fails] ?? fails[""]);
      return [fill(first), ...Object.entries(ends).map(([id, said]) => said[verdicts[id]] ?? (id === "C27a" ? unmet[found] : undefined) ?? said[""])].filter(Boolean).join("; ") + ".";
    }

    function show() {
      const [day, evidence, roster] = controls.map(control => Number(control.value));
      const place = (day * told.evidence.length + evidence) * told.roster.length + roster;
      const here = place === told.start && Object.values(out).every(bits => !bits), verdicts = {};
      let found; // how many conditions were unmet
      for (const claim of claims) {
        const id = claim.dataset.claim, [number, line] = told.claims[id].states[told.claims[id].at[place]][out[id] ?? 0];
        const verdict = told.verdicts[number], mark = told.marks[verdict];
        if (id === "C27a") found = told.found[line];
        if (!claim.closest("section.own")) verdicts[id] = verdict; // a reader's own is not counted
        for (const part of [claim, claim.querySelector(".entry"), strips.get(id)]) if (part) paint(part, verdict);
        claim.querySelector(".word").textContent = mark;
        claim.querySelector(".mark").textContent = mark[0].toUpperCase() + mark.slice(1) + ".";
        lines.get(claim).say(here ? null : told.lines[line]);
        const votes = told.claims[id].votes[told.claims[id].at[place]];
        for (const [box, of, bit] of boxes) if (of === id) box.parentElement.hidden = !(votes >> bit & 1);
        const group = claim.querySelector("fieldset");
        if (group) group.hidden = !votes;
      }
      const number = verdict => Object.values(verdicts).filter(other => other === verdict).length;
      tally.say(here ? null : told.verdicts.filter(number).map(verdict => counted(verdict, number(verdict))));
      conclusion.say(here ? null : concluded(verdicts, found, day));
      controls[0].nextElementSibling.textContent = get("day-said").textContent = told.said[day];
      controls[0].setAttribute("aria-valuetext", told.said[day]);
      document.body.classList.toggle("moved", !here);
      for (const [part, said] of stays) if (said.isConnected === here) here ? said.remove() : part.after(said);
      get("reset").hidden = get("stays").hidden = here;
    }

    function keep() { // in the address, so that what is seen can be sent on
      const without = Object.entries(out).filter(([, bits]) => bits).map(([id, bits]) => `${id}.${bits}`);
      const parts = names.map((name, place) => [name, value(place)]).filter((_, place) => Number(controls[place].value) !== told.begin[place]);
      if (without.length) parts.push(["without", without.join("_")]);
      history.replaceState(null, "", parts.length ? "#" + parts.map(part => part.join("=")).join("&") : location.pathname + location.search);
    }

    function recall() {
      if (location.hash && !/^#(day|evidence|roster|without)=/.test(location.hash)) return; // an address on the page
      const said = new Map(location.hash.slice(1).split("&").map(part => part.split("=")));
      controls.forEach((control, place) => {
        const at = told[names[place]].indexOf(said.get(names[place]));
        control.value = String(at < 0 ? told.begin[place] : at);
      });
      for (const id of Object.keys(told.claims)) out[id] = 0;
      for (const part of (said.get("without") ?? "").split("_")) {
        const [id, bits] = part.split(".");
        if (told.claims[id] && Number(bits) > 0 && Number(bits) < told.claims[id].states[0].length) out[id] = Number(bits);
      }
      for (const [box, id, bit] of boxes) box.checked = !(out[id] >> bit & 1);
      show();
    }

    for (const claim of claims) { // each fair reading beside the one as meant can be left out
      const id = claim.dataset.claim, others = told.claims[id].others;
      if (!others.length) continue;
      const group = document.createElement("fieldset"), legend = document.createElement("legend");
      group.className = "moves";
      legend.textContent = "Fair readings that count beside the claim as meant:";
      group.append(legend);
      others.forEach((words, bit) => {
        const label = document.createElement("label"), box = document.createElement("input");
        box.type = "checkbox";
        box.checked = true;
        box.addEventListener("change", () => { out[id] = (out[id] ?? 0) ^ 1 << bit; show(); keep(); });
        boxes.push([box, id, bit]);
        label.append(box, " " + words);
        group.append(label);
      });
      claim.querySelector(".entry .line").after(group);
    }
    for (const control of controls) control.addEventListener("input", () => { show(); keep(); });
    get("reset").addEventListener("click", () => {
      controls.forEach((control, place) => { control.value = String(told.begin[place]); });
      for (const id of Object.keys(out)) out[id] = 0;
      for (const [box] of boxes) box.checked = true;
      show();
      keep();
      controls[0].focus();
    });
    form.addEventListener("submit", event => event.preventDefault());
    addEventListener("hashchange", recall);
    form.hidden = false;
    recall();
  }
  // A part of the article opens its claim in place, and the address stays.
  for (const part of document.querySelectorAll(".seg")) part.addEventListener("click", event => {
    const claim = document.getElementById(part.hash.slice(1)).closest("details");
    event.preventDefault();
    claim.open = !claim.open;
    if (claim.open) { claim.firstElementChild.focus(); claim.scrollIntoView({ block: "nearest" }); }
  });
}
