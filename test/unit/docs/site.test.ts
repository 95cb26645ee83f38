import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const docs = new URL("../../../docs/", import.meta.url).pathname;
const config = readFileSync(join(docs, ".vitepress/config.mjs"), "utf8");
const linked = [...config.matchAll(/page\("[^"]+", "\/([^"]+)"\)/g)].map(([, link = ""]) => link);

/** Pages that are reached from others, and need no line of their own. */
const FROM_OTHERS = /^(index|guides\/test-your-own|decisions\/.+)\.md$/;

describe("the site", () => {
  it("links to pages that are there, or are made with it", () => {
    expect(linked.length).toBeGreaterThan(20);
    const missing = linked.filter(
      (link) => !link.startsWith("api/") && !existsSync(join(docs, `${link}.md`)),
    );
    expect(missing).toEqual([]);
  });

  it("has a line for every page", () => {
    const pages = ["", "guides", "decisions"].flatMap((folder) =>
      readdirSync(join(docs, folder)).flatMap((name) => (name.endsWith(".md") ? [join(folder, name)] : [])),
    );
    const unlinked = pages.filter((page) => !(FROM_OTHERS.test(page) || linked.includes(page.slice(0, -3))));
    expect(unlinked).toEqual([]);
  });
});
