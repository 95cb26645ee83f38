import { describe, expect, it } from "vitest";
import { storyPicture } from "../../docs/examples/run-story.js";
import { STORIES } from "../../docs/examples/stories.js";
import { BROWSER, kept, look } from "./browser.js";

const drawn = STORIES.map((story) => ({ name: story.name, svg: storyPicture(story, 1) }));

describe("the pictures of the stories", () => {
  it.each(drawn)(
    "docs/pictures/$name.svg is as it is drawn (npm run pictures draws them anew)",
    ({ name, svg }) => {
      expect(kept(`../../docs/pictures/${name}.svg`)).toBe(svg);
    },
  );

  // Where no browser is installed nothing can be looked at; VERDIGRIS_CHROMIUM names one elsewhere.
  const where =
    BROWSER === undefined ? "in a real browser (none is installed here: skipped)" : "in a real browser";
  describe.skipIf(BROWSER === undefined)(where, () => {
    const light =
      BROWSER === undefined
        ? []
        : look(
            drawn.map(({ svg }) => svg),
            "light",
          );
    const dark =
      BROWSER === undefined
        ? []
        : look(
            drawn.map(({ svg }) => svg),
            "dark",
          );

    it.each(drawn.map(({ name }, at) => [name, at] as const))(
      "%s is well-formed, and no text lies on another",
      (_, at) => {
        for (const seen of [light[at], dark[at]]) {
          expect(seen).toMatchObject({ error: null, overlaps: [], outside: [] });
          expect(seen?.texts).toBeGreaterThan(10);
        }
      },
    );

    it("notices what is wrong with a picture", () => {
      const svg = (inner: string): string =>
        `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50"><rect width="9" height="9"/>${inner}</svg>`;
      const pile = svg(
        '<text x="5" y="20">one</text><text x="7" y="20">two</text><text x="90" y="40">far out</text>',
      );
      const [broken, piled] = look([svg("<text>"), pile], "light");
      expect(broken?.error).not.toBeNull();
      expect(piled).toMatchObject({ error: null, overlaps: ["one | two"], outside: ["far out"] });
    });

    it.each(drawn.map(({ name }, at) => [name, at] as const))("%s has other colours in the dark", (_, at) => {
      expect(light[at]?.fills.length).toBeGreaterThan(2);
      expect(dark[at]?.background).not.toBe(light[at]?.background);
    });
  });
});
