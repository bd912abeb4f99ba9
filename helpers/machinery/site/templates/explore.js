{
  // Each explorer is a table of answers; its controls pick a row. The table's rows stand in the order of the controls, the last one fastest.
  for (const box of document.querySelectorAll(".explorer")) {
    const controls = [...box.querySelectorAll("input")], result = box.querySelector(".result"), grid = box.querySelector("details");
    const names = [...box.querySelectorAll("thead th")].map(cell => cell.textContent);
    const rows = [...box.querySelectorAll("tbody tr")];
    let shown;

    function show() {
      const at = controls.reduce((index, control) => index * (Number(control.max) + 1) + Number(control.value), 0);
      const cells = [...rows[at].cells];
      controls.forEach((control, place) => {
        const words = cells[place].textContent;
        control.setAttribute("aria-valuetext", words);
        control.nextElementSibling.textContent = words;
      });
      const answers = cells.slice(controls.length).map((cell, place) => {
        const item = document.createElement("p"), value = document.createElement("b");
        value.textContent = cell.textContent;
        item.append(names[controls.length + place] + ": ", value);
        return item;
      });
      result.replaceChildren(...answers);
      shown?.classList.remove("shown");
      shown = rows[at];
      shown.classList.add("shown");
    }

    controls.forEach(control => control.addEventListener("input", show));
    box.classList.add("live");
    grid.open = false;
    show();
  }
}
