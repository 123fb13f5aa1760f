/* Relevance, constraints and calculations of a questionnaire, computed from nested lists that the
   server parsed (formats/xlsform/expressions.py, plain()). Nothing is evaluated as code. It finds
   what formats/xlsform/evaluate.py finds; a test holds the two against each other. An answer is a
   text, a question that is not answered the empty text. */
window.hitung = (() => {
  "use strict";
  const DAY = 86400000, BLANK = /^[ \t\n\r\f\v]+|[ \t\n\r\f\v]+$/g;
  const NUMBER = /^[ \t\n\r\f\v]*-?(?:\d+(?:\.\d*)?|\.\d+)[ \t\n\r\f\v]*$/;
  const trimmed = (text) => text.replace(BLANK, "");
  const words = (value) => text_of(value).match(/[^ \t\n\r\f\v]+/g) || [];

  const days = (text) => {
    const found = /^(\d{4})-(\d{2})-(\d{2})(?:T[^]*)?$/.exec(trimmed(text));
    if (!found) return NaN;
    const [year, month, day] = found.slice(1, 4).map(Number), date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    const same = year >= 1 && date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
    return same ? Math.round(date.getTime() / DAY) : NaN;
  };
  const iso = (number) => {
    const whole = Math.trunc(number);
    if (!Number.isFinite(number) || whole < -719162 || whole > 2932896) return "";
    const date = new Date(whole * DAY), two = (n) => String(n).padStart(2, "0");
    return `${String(date.getUTCFullYear()).padStart(4, "0")}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
  };

  const bool = (value) => typeof value === "boolean" ? value : typeof value === "string" ? value !== "" : value !== 0 && !Number.isNaN(value);
  const number = (value) => {
    if (typeof value === "boolean") return value ? 1 : 0;
    if (typeof value === "number") return value;
    return NUMBER.test(value) ? Number(trimmed(value)) : days(value);
  };
  const text_of = (value) => {
    if (typeof value === "string") return value;
    if (typeof value === "boolean") return value ? "true" : "false";
    if (Number.isNaN(value)) return "NaN";
    if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
    if (Number.isInteger(value)) return BigInt(value).toString();
    if (Math.abs(value) >= 1e-4) return String(value);
    return value.toFixed(20).replace(/0+$/, "").replace(/\.$/, "");
  };

  const equal = (a, b) => {
    if (typeof a === "boolean" || typeof b === "boolean") return bool(a) === bool(b);
    if (typeof a === "number" || typeof b === "number") return number(a) === number(b);
    return a === b;
  };
  const divided = (a, b) => {
    if (b !== 0) return a / b;
    if (a === 0 || Number.isNaN(a)) return NaN;
    return a / b;
  };
  const left_over = (a, b) => b === 0 || !Number.isFinite(a) ? NaN : a % b;

  const rounded = (value, places) => {
    const n = number(value), digits = places === undefined ? 0 : number(places);
    if (!Number.isFinite(n) || !Number.isFinite(digits) || Math.abs(digits) > 15) return n;
    const factor = Number("1e" + Math.trunc(digits)), scaled = Math.abs(n) * factor;
    if (!Number.isFinite(scaled) || scaled >= 2 ** 52) return n;
    const found = Math.floor(scaled + 0.5) / factor;
    return n < 0 || Object.is(n, -0) ? -found : found;
  };
  /* Letters, digits and blanks are those of ASCII, as on the server. */
  const pattern = (source) => {
    let out = "", inside = false;
    for (let i = 0; i < source.length; i += 1) {
      const letter = source[i], two = source.slice(i, i + 2);
      if (two === "\\s") { out += inside ? " \\t\\n\\r\\f\\v" : "[ \\t\\n\\r\\f\\v]"; i += 1; continue; }
      if (two === "\\S" && !inside) { out += "[^ \\t\\n\\r\\f\\v]"; i += 1; continue; }
      if (letter === "\\") { out += two; i += 1; continue; }
      if (letter === "[") inside = true;
      else if (letter === "]" && source[i - 1] !== "[") inside = false;
      out += letter;
    }
    try { return new RegExp(`^(?:${out})$`, "u"); } catch (_) { /* an escape only the other way knows */ }
    try { return new RegExp(`^(?:${out})$`); } catch (_) { return null; }
  };
  const patterns = new Map();
  const matches = (value, source) => {
    const text = text_of(value), how = text_of(source);
    if ([...text].length > 1000) return false;
    if (!patterns.has(how)) patterns.set(how, pattern(how));
    // What this browser cannot read the server will: the answer is not held up here.
    return patterns.get(how) === null ? true : patterns.get(how).test(text);
  };
  const extreme = (pick) => (...values) => {
    const numbers = values.map(number);
    return numbers.some(Number.isNaN) ? NaN : numbers.reduce((a, b) => pick(a, b));
  };

  const FUNCTIONS = {
    "boolean": bool,
    "coalesce": (a, b) => text_of(a) !== "" ? a : b,
    "concat": (...parts) => parts.map(text_of).join(""),
    "contains": (a, b) => text_of(a).includes(text_of(b)),
    "count-selected": (a) => words(a).length,
    "date": (a) => iso(number(a)),
    "false": () => false,
    "floor": (a) => { const n = number(a); return Number.isFinite(n) ? Math.floor(n) + 0 : n; },
    "int": (a) => { const n = number(a); return Number.isFinite(n) ? Math.trunc(n) + 0 : NaN; },
    "max": extreme((a, b) => b > a ? b : a),
    "min": extreme((a, b) => b < a ? b : a),
    "not": (a) => !bool(a),
    "number": number,
    "regex": matches,
    "round": rounded,
    "selected": (a, b) => words(a).includes(trimmed(text_of(b))),
    "selected-at": (a, b) => {
      const chosen = words(a), at = Math.trunc(number(b));
      return Number.isFinite(at) && at >= 0 && at < chosen.length ? chosen[at] : "";
    },
    "starts-with": (a, b) => text_of(a).startsWith(text_of(b)),
    "string": text_of,
    "string-length": (a) => [...text_of(a)].length,
    "sum": (...values) => values.map(number).reduce((a, b) => a + b, 0),
    "true": () => true,
  };

  const value = (node, seen) => {
    const [what, a, b] = node;
    switch (what) {
      case "lit": return a;
      case "ref": return Object.hasOwn(seen.answers, a) ? seen.answers[a] : "";
      case ".": return seen.current || "";
      case "col": return seen.row && Object.hasOwn(seen.row, a) ? seen.row[a] : "";
      case "neg": return -number(value(a, seen));
      case "or": return bool(value(a, seen)) || bool(value(b, seen));
      case "and": return bool(value(a, seen)) && bool(value(b, seen));
      case "=": return equal(value(a, seen), value(b, seen));
      case "!=": return !equal(value(a, seen), value(b, seen));
      case "call": break;
      default: {
        const x = number(value(a, seen)), y = number(value(b, seen));
        switch (what) {
          case "<": return x < y;
          case "<=": return x <= y;
          case ">": return x > y;
          case ">=": return x >= y;
          case "+": return x + y;
          case "-": return x - y;
          case "*": return x * y;
          case "div": return divided(x, y);
          case "mod": return left_over(x, y);
          default: throw new Error("unknown: " + what);
        }
      }
    }
    const given = node.slice(2);
    if (a === "if") return value(bool(value(given[0], seen)) ? given[1] : given[2], seen);
    if (a === "today") return seen.today;
    return FUNCTIONS[a](...given.map((one) => value(one, seen)));
  };
  const holds = (node, seen) => node === undefined || bool(value(node, seen));

  /* A filter of choices, as formats/xlsform/filters.py has it. Which row of a code is the first to fit, or -1. */
  const row_of = (filter, cells, seen) => cells.slice(1).findIndex((row) => {
    const columns = Object.create(null);
    filter.w.forEach((name, n) => { columns[name] = row[n]; });
    columns.name = cells[0];
    return bool(value(filter.x, { ...seen, current: "", row: columns }));
  });
  const fits = (filter, cells, seen) => row_of(filter, cells, seen) >= 0;
  /* The codes that fit, in their order, each with the row by which it does. */
  const fitting = (filter, answers, today) => {
    const found = new Map(), seen = { answers, today };
    filter.v.forEach((cells) => { const n = row_of(filter, cells, seen); if (n >= 0) found.set(cells[0], n); });
    return found;
  };
  const by_code = new WeakMap();
  const takes = (filter, text, seen) => {
    if (!by_code.has(filter)) by_code.set(filter, new Map(filter.v.map((cells) => [cells[0], cells])));
    const rows = by_code.get(filter);
    return words(text).every((code) => !rows.has(code) || fits(filter, rows.get(code), seen));
  };
  const sieve = (rules, answers, wrong, today) => {
    const left = Object.assign(Object.create(null), answers);
    const filtered = rules.filter((rule) => rule.o !== undefined);
    for (let again = true; again;) {
      again = false;
      for (const rule of filtered) {
        if (!left[rule.n] || takes(rule.o, left[rule.n], { answers: left, today })) continue;
        delete left[rule.n]; wrong[rule.n] = "choice"; again = true;
      }
    }
    return left;
  };

  /* Go through the rules once, as formats/xlsform/asked.py does: what counts, what is asked, what is wrong. */
  const settle = (rules, given, today) => {
    const answers = Object.create(null), relevant = new Set(), wrong = Object.create(null);
    for (const rule of rules) {
      const seen = { answers, today };
      if (!(rule.r || []).every((node) => holds(node, seen))) continue;
      relevant.add(rule.n);
      let found = rule.f === undefined ? Object.hasOwn(given, rule.n) ? given[rule.n] : "" : rule.f;
      if (rule.k !== undefined) { found = text_of(value(rule.k, seen)); if (found === "NaN") found = ""; }
      if (found) answers[rule.n] = found;
    }
    const left = sieve(rules, answers, wrong, today);
    for (const rule of rules) {
      if (!relevant.has(rule.n) || wrong[rule.n]) continue;
      const current = answers[rule.n] || "", seen = { answers, today, current };
      if (current && !holds(rule.c, seen)) wrong[rule.n] = "constraint";
      else if (!current && rule.q !== undefined && holds(rule.q, seen)) {
        if (rule.o === undefined || rule.o.v.some((cells) => fits(rule.o, cells, { answers: left, today }))) wrong[rule.n] = "required";
      }
    }
    return { answers, relevant, wrong, fitting: left };
  };
  const refs = (node) => !Array.isArray(node) ? [] : node[0] === "ref" ? [node[1]] : node[0] === "lit" ? [] : node.slice(1).flatMap(refs);
  return { value, holds, settle, fitting, refs, text: text_of };
})();
