// The tests that a mutant meets, in one file that is loaded once: loading some 300 modules anew for each of 7000
// mutants took longer than all their tests.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "tsup";
import { FILES } from "./files.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(root, ".stryker/bundle");
const suite = join(root, "test/mutation/suite.mjs");
/** Where Stryker's instrumented files count. */
const COUNT = "function cover() {";

mkdirSync(folder, { recursive: true });
const entry = join(folder, "all.ts");
writeFileSync(
  entry,
  ["src/index.ts", ...FILES].map((file) => `import ${JSON.stringify(join(root, file))};\n`).join(""),
);

/** Tests are told apart by their files, and read recordings from beside them, wherever their code ends up. */
const ownFiles = {
  name: "own-files",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^vitest$/ }, () => ({ path: suite, external: true }));
    onLoad({ filter: /\/test\/.*\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8").replaceAll(
        "import.meta.url",
        JSON.stringify(pathToFileURL(path).href),
      );
      const start = path.endsWith(".test.ts")
        ? `import { startFile } from "vitest"; startFile(${JSON.stringify(relative(root, path))});\n`
        : "";
      return { contents: start + text, loader: "ts", resolveDir: dirname(path) };
    });
    // What a test reaches is counted once, before any mutant is on; counting on would take a third of the time.
    onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(
        COUNT,
        `${COUNT} if (ns.activeMutant !== undefined) return;`,
      ),
      loader: "ts",
      resolveDir: dirname(path),
    }));
  },
};

await build({
  config: false,
  silent: true,
  entry: { all: entry },
  outDir: folder,
  format: ["esm"],
  target: "es2022",
  outExtension: () => ({ js: ".mjs" }),
  external: ["immer"],
  esbuildPlugins: [ownFiles],
  // package.json says that no module has side effects, which is not true of a test.
  esbuildOptions: (options) => {
    options.ignoreAnnotations = true;
  },
});
