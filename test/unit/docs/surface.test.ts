import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = new URL("../../../", import.meta.url).pathname;
const src = join(root, "src");

/** The public entries, as they are built. */
const entries: readonly string[] = Object.values(
  JSON.parse(readFileSync(join(root, "package.json"), "utf8")).tsup.entry,
);

/** What the entries export by hand, without types. */
const exported = new Set(
  entries.flatMap((entry) =>
    [...readFileSync(join(root, entry), "utf8").matchAll(/export \{([^}]*)\} from/g)].flatMap(
      ([, names = ""]) =>
        names
          .split(",")
          .map((name) => name.trim())
          .filter((name) => name !== "" && !name.startsWith("type ")),
    ),
  ),
);

/** Every exported function of the sources, with what stands above it. */
const functions = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .sort()
  .flatMap((file) =>
    [
      ...readFileSync(join(src, file), "utf8").matchAll(
        /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?export function (\w+)/g,
      ),
    ].map(([, docstring = "", name = ""]) => ({ file, name, docstring })),
  )
  .filter(({ name }) => exported.has(name));
/** A function of the floors below may bear the same name. */
const published = functions.filter(
  ({ name, docstring }) =>
    docstring.includes("@public") || functions.filter((one) => one.name === name).length === 1,
);

describe("the public surface", () => {
  it.each(published.map((one) => [one.name, one] as const))("%s is explained, with an example", (_, one) => {
    expect(one.docstring).toContain("@public");
    expect(one.docstring).toMatch(/@example\n \* ```ts\n/);
  });

  it("is a hundred functions, more or less", () => expect(published.length).toBeGreaterThan(90));

  it("has no export without a word", () => {
    const surface = readFileSync(join(root, "test/surface/surface.api.md"), "utf8");
    expect(surface).toContain("export function reconcile(");
    expect(surface.match(/\(undocumented\)\nexport.*/g) ?? []).toEqual([]);
  });
});
