import { format } from "node:util";
import { transformSync } from "esbuild";
import * as explanations from "../../../src/explain/index.js";
import * as verdigris from "../../../src/index.js";
import * as nomad from "../../../src/nomad/index.js";
import * as render from "../../../src/render/index.js";
import * as simulation from "../../../src/simulate/index.js";
import * as testing from "../../../src/testing/index.js";

/** What pages import by the package's own name. */
const OWN: { readonly [name: string]: object } = {
  verdigris,
  "verdigris/explain": explanations,
  "verdigris/nomad": nomad,
  "verdigris/render": render,
  "verdigris/simulate": simulation,
  "verdigris/testing": testing,
};

/** A block of code, what it promises to print and what it printed. */
export interface Told {
  readonly code: string;
  readonly promised: readonly string[];
  readonly printed: readonly string[];
}

/**
 * Runs the `ts` blocks of a page as one story. A block promises what stands behind or below each `console.log` as a
 * comment, or the `text` block right behind it.
 */
export async function runPage(page: string): Promise<readonly Told[]> {
  const blocks = [...page.matchAll(/```ts\n([\s\S]*?)```(?:\n\n```text\n([\s\S]*?)```)?/g)];
  const told = blocks.map(([, code = "", text]) => ({ code, promised: promisesOf(code, text) }));
  const printed: string[][] = told.map(() => []);
  const story = told.map(({ code }, at) => `__at(${at});\n${code}`).join("\n");
  let block = 0;
  await runModule(story, {
    __at: (at: number) => {
      block = at;
    },
    console: { log: (...said: unknown[]) => printed[block]?.push(...format(...said).split("\n")) },
  });
  return told.map((one, at) => ({ ...one, printed: printed[at] ?? [] }));
}

function promisesOf(code: string, text: string | undefined): string[] {
  if (text !== undefined) return text.trimEnd().split("\n");
  return [...code.matchAll(/console\.log\(.*\);(?: +|\n *)\/\/ (.*)/g)].map(([, said = ""]) => said);
}

/** Runs a module whose imports are the library's own sources or installed packages. */
export async function runModule(source: string, scope: { readonly [name: string]: unknown }): Promise<void> {
  const withoutImports = source.replace(/^import ([\s\S]*?) from "(.+?)";/gm, (_, names: string, from) => {
    if (names.startsWith("type ")) return "";
    const bound = names.startsWith("{")
      ? names.replaceAll(/\btype \w+,?/g, "").replaceAll(" as ", ": ")
      : `{ default: ${names} }`;
    return `const ${bound} = await __module("${from}");`;
  });
  const { code } = transformSync(withoutImports, { loader: "ts", target: "es2022" });
  const names = { ...scope, __module: moduleOf };
  await new AsyncFunction(...Object.keys(names), code)(...Object.values(names));
}

const AsyncFunction = (async () => {}).constructor as new (
  ...of: string[]
) => (...args: unknown[]) => Promise<void>;

/** A module that says so when somebody wants a name that it does not have. */
async function moduleOf(name: string): Promise<object> {
  const found = OWN[name] ?? ((await import(name)) as object);
  return new Proxy(
    { ...found },
    {
      get: (target, key) => {
        if (!Object.hasOwn(target, key) && key !== "then") throw new Error(`"${name}" has no ${String(key)}`);
        return Reflect.get(target, key);
      },
    },
  );
}
