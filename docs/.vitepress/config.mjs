// The pages of docs/ as they are, with a search; a dead link fails the build. What lies outside of docs/ is not part of the site.
import { defineConfig } from "vitepress";

const page = (text, link) => ({ text, link });

/** Each page is rendered for the browser, for the server and for the search; its code is coloured once. */
const coloured = new Map();

function colourOnce(markdown) {
  const { highlight } = markdown.options;
  markdown.options.highlight = (code, language, attributes) => {
    const key = JSON.stringify([code, language, attributes]);
    if (!coloured.has(key)) coloured.set(key, highlight(code, language, attributes));
    return coloured.get(key);
  };
}

export default defineConfig({
  title: "verdigris",
  description: "Given what should run and what does run: what happens next, and why?",
  srcExclude: ["examples/**"],
  outDir: "../.site",
  cacheDir: "../.site-cache",
  // Sources and tests, which a page may point at, are not on the site; every link between pages is checked.
  ignoreDeadLinks: [/^(\.\.?\/)+(src|test|examples|README|CHANGELOG|SECURITY|CONTRIBUTING)/],
  cleanUrls: true,
  lastUpdated: false,
  markdown: { config: colourOnce },
  vue: { template: { compilerOptions: { whitespace: "preserve" } } },
  themeConfig: {
    search: { provider: "local" },
    outline: [2, 3],
    sidebar: [
      {
        text: "Begin",
        items: [page("Start here", "/start"), page("Concepts", "/concepts"), page("Stories", "/stories")],
      },
      {
        text: "For whom",
        items: [
          page("Orchestrators", "/for-orchestrators"),
          page("Simulators", "/for-simulators"),
          page("Controllers", "/for-controllers"),
        ],
      },
      {
        text: "Guides",
        items: [
          page("Keep the state", "/guides/keep-state"),
          page("Carry out a plan", "/guides/carry-out-a-plan"),
          page("Time and wake-ups", "/guides/time-and-wake-ups"),
          page("Partial failure, stale plans", "/guides/partial-failure-and-stale-plans"),
          page("Embed in a simulator", "/guides/embed-in-a-simulator"),
          page("Test your own", "/testing"),
          page("Upgrade", "/guides/upgrade-without-changed-decisions"),
          page("Pitfalls", "/pitfalls"),
        ],
      },
      {
        text: "What it does",
        items: [
          page("The rules", "/rules"),
          page("The lifecycle", "/lifecycle"),
          page("Explanations", "/explain"),
          page("The simulator", "/simulator"),
          page("Differences from Nomad", "/deviations"),
          page("Other systems", "/comparison"),
        ],
      },
      {
        text: "Why trust it",
        items: [
          page("What is proven", "/proof"),
          page("The properties", "/properties"),
          page("Every interleaving", "/explorer"),
          page("Rules undone", "/mutants"),
          page("Mutation score", "/mutation"),
          page("Performance", "/performance"),
          page("Security", "/SECURITY"),
          page("Contributing", "/CONTRIBUTING"),
        ],
      },
      {
        text: "Reference",
        items: [
          page("verdigris", "/api/index"),
          page("verdigris/explain", "/api/explain"),
          page("verdigris/nomad", "/api/nomad"),
          page("verdigris/render", "/api/render"),
          page("verdigris/simulate", "/api/simulate"),
          page("verdigris/testing", "/api/testing"),
        ],
      },
    ],
  },
});
