import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const root = new URL("../../../", import.meta.url).pathname;
const pages = ["README.md", "CHANGELOG.md", ...pagesIn("docs").sort()];

/** What is installed and what is generated is nobody's page, and large. */
function pagesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = join(folder, entry.name);
    if (entry.isDirectory()) return /(node_modules|docs\/api)$/.test(name) ? [] : pagesIn(name);
    return name.endsWith(".md") ? [name] : [];
  });
}

/** The page without its blocks of code, in which nothing is a link or a heading. */
function proseOf(page: string): string {
  return readFileSync(join(root, page), "utf8").replace(/^```[\s\S]*?^```$/gm, "");
}

/** As GitHub makes them: lower case, no punctuation, dashes for spaces, a number where one comes again. */
function anchorsOf(page: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const anchors = [...proseOf(page).matchAll(/^#{1,6} +(.*?) *#*$/gm)].map(([, heading = ""]) => {
    const text = heading.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[`*]/g, "");
    const anchor = text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_\- ]/gu, "")
      .replaceAll(" ", "-");
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    return times === 0 ? anchor : `${anchor}-${times}`;
  });
  return new Set(anchors);
}

function linksOf(page: string): string[] {
  const withoutCode = proseOf(page).replace(/`[^`\n]*`/g, "");
  return [...withoutCode.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** What is wrong with a link; nothing: it leads somewhere. */
function wrongWith(page: string, link: string): string | undefined {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : relative(root, join(root, dirname(page), path));
  if (target.startsWith("..")) return `${link} leads out of the repository`;
  if (!existsSync(join(root, target))) return `${link}: there is no ${target}`;
  if (anchor === undefined) return undefined;
  if (statSync(join(root, target)).isDirectory() || !target.endsWith(".md")) return `${link}: no headings`;
  return anchorsOf(target).has(anchor) ? undefined : `${link}: ${target} has no such heading`;
}

describe("links", () => {
  it.each(pages)("of %s lead somewhere", (page) => {
    expect(linksOf(page).flatMap((link) => wrongWith(page, link) ?? [])).toEqual([]);
  });

  it("are found, and so are anchors", () => {
    expect(linksOf("README.md").length).toBeGreaterThan(20);
    expect(anchorsOf("docs/explain.md")).toContain("the-page-next-to-nomads");
    expect(wrongWith("README.md", "docs/explain.md#nowhere")).toContain("no such heading");
    expect(wrongWith("docs/explain.md", "nowhere.md")).toContain("there is no docs/nowhere.md");
  });
});
