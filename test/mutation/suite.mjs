// What the bundled tests import as "vitest": they are kept in a list, to be run one by one, again for every mutant.
import { format } from "node:util";

export { expect, vi } from "vitest";

/** @type {{ id: string, name: string, fileName: string, run: () => unknown }[]} */
export const tests = [];

const ids = new Set();
const names = [];
let fileName = "";
let whenSourcesAreLoaded;

/** The sources are loaded before the first test file starts. */
export function onFirstFile(listener) {
  whenSourcesAreLoaded = listener;
}

export function startFile(name) {
  if (fileName === "") whenSourcesAreLoaded?.();
  fileName = name;
}

export function describe(name, declare) {
  names.push(name);
  declare();
  names.pop();
}

export function it(title, run) {
  const name = [...names, title].join(" ");
  let id = `${fileName}#${name}`;
  while (ids.has(id)) id += "'";
  ids.add(id);
  tests.push({ id, name, fileName, run });
}

it.each = (rows) => (title, run) => {
  for (const row of rows) {
    const values = Array.isArray(row) ? row : [row];
    const filled = title.replace(/\$(\w+)/g, (_, key) => String(row[key]));
    const count = filled.match(/%[sij]/g)?.length ?? 0;
    it(format(filled, ...values.slice(0, count)), () => run(...values));
  }
};

export { it as test };
