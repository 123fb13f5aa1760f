/* Questions of a form that depend on each other: what is not asked is hidden, what is said is
   checked before moving on, wording that holds another answer follows it. The rules come from the
   server (data-rules) and are computed by hitung.js; the server goes through them again. */
window.tanya = (form) => {
  "use strict";
  const rules = JSON.parse(form.dataset.rules || "[]"), today = form.dataset.today || "";
  const boxes = [...form.querySelectorAll("[data-q]")];
  // What each choice of a list stands for, in the order of its fields: of several, and of filtered ones.
  const codes = JSON.parse(form.dataset.codes || "{}"), words = JSON.parse(form.dataset.words || "{}");

  /* Choices that hang on another answer: all are brought in (a draft may hold any), show() takes away what does not fit. */
  const filtered = new Map(rules.filter((rule) => rule.o !== undefined).flatMap((rule) => {
    const box = boxes.find((b) => b.dataset.q === rule.n), away = box && box.querySelector("template[data-away]");
    if (!away) return [];
    const host = box.querySelector("select") || away.parentNode, end = host === away.parentNode ? away : null;
    const options = [...box.querySelectorAll("[data-place]"), ...away.content.querySelectorAll("[data-place]")];
    options.sort((a, b) => Number(a.dataset.place) - Number(b.dataset.place));
    options.forEach((option) => host.insertBefore(option, end));
    return [[box, { rule, host, end, options, refs: hitung.refs(rule.o.x), key: null, laid: false, lost: "" }]];
  }));

  const fields = (box) => [...box.querySelectorAll("input, select, textarea")];
  const is_other = (e, box) => e.name === `q-${box.dataset.q}_other` && box.dataset.way !== "text";
  const own = new Map(boxes.map((box) => [box, fields(box).filter((e) => !is_other(e, box))]));
  const written = new Map(boxes.map((box) => [box, fields(box).find((e) => is_other(e, box))]));

  const answer = (box) => {
    const name = box.dataset.q, way = box.dataset.way;
    if (way === "many") return own.get(box).map((e, n) => e.checked ? (codes[name] || [])[n] : "").filter(Boolean).join(" ");
    if (way === "one") { const chosen = own.get(box).find((e) => e.checked); return chosen ? chosen.value : ""; }
    if (way === "tick") return own.get(box)[0].checked ? "OK" : "";
    if (!own.get(box).length) return "";
    const text = own.get(box)[0].value.trim();
    if (way !== "number" || !text) return text;
    const number = text.replace(",", ".");
    if (!/^-?\d+(\.\d+)?$/.test(number)) return "";
    return own.get(box)[0].dataset.whole === undefined ? number : String(Number(number));
  };
  const worded = (name, text) => {
    const box = boxes.find((b) => b.dataset.q === name);
    if (!box) return text;
    const chosen = own.get(box).filter((e) => e.checked && e.value !== "").map((e) => e.closest("label").textContent.trim());
    if (chosen.length && box.dataset.way !== "tick") return chosen.join(", ");
    const list = own.get(box).find((e) => e.tagName === "SELECT");
    return list && list.value ? list.selectedOptions[0].textContent : text;
  };
  const filled = (text, answers) => text.replace(/\$\{\s*([^\s{}]+)\s*\}/g, (_, name) => worded(name, answers[name] || ""));
  const settle = () => {
    const given = Object.create(null);
    boxes.forEach((box) => {
      given[box.dataset.q] = answer(box);
      if (written.get(box)) given[box.dataset.q + "_other"] = written.get(box).value.trim();
    });
    return hitung.settle(rules, given, today);
  };
  const is_chosen = (option) => option.tagName === "OPTION" ? option.selected : option.querySelector("input").checked;
  const drop = (option) => { if (option.tagName === "OPTION") option.parentNode.value = ""; else option.querySelector("input").checked = false; };
  const gone_text = (box, found) => box.dataset.gone.replace("%", () => worded(box.dataset.q, found.answers[box.dataset.q] || ""));
  const told = new Set();
  /* Show of a filtered list what fits, and what was chosen though it does not: nothing goes unsaid. */
  const lay = (box, list, found) => {
    const name = box.dataset.q, key = JSON.stringify(list.refs.map((one) => found.fitting[one] || ""));
    if (key !== list.key) { list.key = key; list.fits = hitung.fitting(list.rule.o, found.fitting, today); }
    let next = list.end;
    for (let n = list.options.length - 1; n >= 0; n -= 1) {
      const option = list.options[n], code = codes[name][n], texts = (words[name] || {})[code];
      // What has just been unticked goes only when the keyboard has moved on.
      if (list.fits.has(code) || is_chosen(option) || option.contains(document.activeElement)) {
        if (option.parentNode !== list.host) list.host.insertBefore(option, next);
        next = option;
        const place = option.querySelector("span") || option;
        if (texts && list.fits.has(code)) {
          const text = texts[list.fits.get(code)];
          if (place.textContent !== text) {
            // The same code stands for something else now: that is no longer what was chosen.
            if (list.laid && is_chosen(option)) { list.lost = place.textContent; drop(option); }
            place.textContent = text;
          }
        }
      } else option.remove();
    }
    list.laid = true;
    box.querySelector("[data-none]").hidden = list.fits.size > 0;
  };
  const show = () => {
    let found = settle();
    filtered.forEach((list, box) => {
      const lost = list.lost;
      lay(box, list, found);
      if (list.lost !== lost) found = settle();
      if (list.lost && found.answers[box.dataset.q]) list.lost = "";
      if (list.lost) note(box, box.dataset.gone.replace("%", () => list.lost), true);
      else if (found.wrong[box.dataset.q] === "choice" && found.relevant.has(box.dataset.q)) note(box, gone_text(box, found), true);
      else { if (told.delete(box)) note(box, ""); return; }
      told.add(box);
    });
    boxes.forEach((box) => {
      box.hidden = !found.relevant.has(box.dataset.q);
      const beside = written.get(box);
      if (beside) beside.closest("label").hidden = !found.relevant.has(box.dataset.q + "_other");
    });
    form.querySelectorAll("[data-part]").forEach((part) => {
      part.hidden = [...part.querySelectorAll("[data-q]")].every((box) => box.hidden);
    });
    form.querySelectorAll("[data-of]").forEach((e) => {
      const text = found.answers[e.dataset.of] || "";
      const said = worded(e.dataset.of, text);
      if (e.textContent !== said) e.textContent = said;
    });
    return found;
  };
  const note = (box, text, aloud) => {
    const name = `q-${box.dataset.q}`, id = `${name}_error`, first = own.get(box)[0];
    let said = document.getElementById(id);
    const marked = box.tagName === "FIELDSET" ? box : first;
    if (!text) {
      if (said) said.remove();
      if (marked && marked.getAttribute("aria-describedby") === id) marked.removeAttribute("aria-describedby");
      if (first) first.removeAttribute("aria-invalid");
      return;
    }
    if (!said) {
      said = document.createElement("p"); said.className = "error"; said.id = id;
      const legend = box.querySelector("legend");
      if (legend) legend.after(said); else first.closest("label") ? first.closest("label").before(said) : first.before(said);
    }
    if (aloud) said.setAttribute("role", "alert");
    if (said.textContent !== text) said.textContent = text;
    if (marked) marked.setAttribute("aria-describedby", id);
    if (first && box.tagName !== "FIELDSET") first.setAttribute("aria-invalid", "true");
  };
  const fits = (field) => {
    const text = field.value.trim().replace(",", ".");
    if (!text) return true;
    const n = Number(text), { low, high, whole } = field.dataset;
    return Number.isFinite(n) && (whole === undefined || Number.isInteger(n)) && (low === undefined || n >= Number(low)) && (high === undefined || n <= Number(high));
  };
  /* How many answers inside cannot stay as they are; it is said beside each. */
  const check = (inside) => {
    const found = show();
    let wrongs = 0;
    boxes.filter((box) => inside.contains(box)).forEach((box) => {
      const number = box.querySelector("[data-number]");
      let text = "";
      if (found.relevant.has(box.dataset.q)) {
        const paper = form.querySelector("[name=incomplete]");
        const missing = found.wrong[box.dataset.q] === "required" && paper && paper.checked;
        const wrong = missing ? "" : found.wrong[box.dataset.q];
        if (number && !fits(number)) text = number.dataset.error;
        else if (wrong === "choice") text = gone_text(box, found);
        else if (wrong) text = filled(wrong === "required" ? box.dataset.required : box.dataset.constraint, found.answers);
      }
      note(box, text);
      if (text) wrongs += 1;
    });
    return wrongs;
  };
  form.addEventListener("input", show);
  form.addEventListener("change", show);
  /* What the server said of a question, if it is asked. */
  const say = (name, text) => {
    const box = boxes.find((b) => b.dataset.q === name);
    if (box && !box.hidden) note(box, text);
    return box && !box.hidden ? box : null;
  };
  /* Another person's form: what the last one lost is not theirs. */
  const forget = () => filtered.forEach((list) => { list.lost = ""; list.laid = false; });
  return { show, check, say, forget };
};
(() => {
  "use strict";
  const preview = document.querySelector("[data-preview]");
  if (preview) window.tanya(preview).show();
})();
