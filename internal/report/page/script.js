"use strict";
{
  const clauses = [...document.querySelectorAll(".clause")];
  const form = document.getElementById("filter");

  /* Filter and search. */
  const filter = () => {
    const off = new Set([...form.querySelectorAll("input:not(:checked)[type=checkbox]")].map((box) => box.name + " " + box.value));
    const words = document.getElementById("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const clause of clauses) {
      const fits = !off.has("outcome " + clause.dataset.outcome) && !off.has("level " + clause.dataset.level) &&
        words.every((word) => text(clause).includes(word));
      clause.classList.toggle("out", !fits);
      shown += fits ? 1 : 0;
    }
    for (const group of document.querySelectorAll(".group")) {
      group.classList.toggle("out", !group.querySelector(".clause:not(.out)"));
    }
    document.getElementById("none").hidden = shown > 0;
    document.getElementById("count").textContent = shown + " of " + clauses.length + " clauses shown";
  };
  const texts = new Map();
  const text = (clause) => {
    if (!texts.has(clause)) texts.set(clause, clause.textContent.toLowerCase());
    return texts.get(clause);
  };

  /* What a link points to is shown and opened. */
  const follow = () => {
    const target = document.getElementById(location.hash.slice(1));
    const holder = target && target.closest("details");
    if (!holder) return;
    if (holder.classList.contains("out")) {
      form.reset();
      filter();
    }
    holder.open = true;
    holder.scrollIntoView();
    holder.querySelector("summary").focus({ preventScroll: true });
  };

  if (form) {
    form.hidden = false;
    form.addEventListener("input", filter);
    form.addEventListener("reset", () => setTimeout(filter));
    form.addEventListener("submit", (event) => event.preventDefault());
    document.getElementById("open").addEventListener("click", () => {
      for (const clause of clauses) clause.open = clause.open || !clause.classList.contains("out");
    });
    document.getElementById("close").addEventListener("click", () => {
      for (const details of document.querySelectorAll("details")) details.open = false;
    });
    filter();
  }
  addEventListener("hashchange", follow);
  follow();

  /* Copying: without a clipboard the line is selected, to be copied by hand. */
  for (const line of document.querySelectorAll(".curl")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(line.textContent);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(line);
        button.textContent = "Selected: copy it with the keyboard";
      }
    });
    line.previousElementSibling.append(button);
  }
}
