// node test/compiled.mjs [--node-option ...] FILE [argument ...]: runs a TypeScript program as the package is built,
// because the loader that the tests use keeps the names of functions, which costs time in every call.
import { spawnSync } from "node:child_process";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const at = process.argv.findIndex((argument, n) => n > 1 && !argument.startsWith("--"));
const [file = "", ...rest] = process.argv.slice(at);
const outfile = join(ROOT, "node_modules/.cache/compiled", `${basename(file, ".ts")}.mjs`);
await build({
  entryPoints: [join(ROOT, file)],
  outfile,
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
  target: "es2022",
  sourcemap: true,
  logLevel: "error",
});
const { status } = spawnSync(process.execPath, [...process.argv.slice(2, at), outfile, ...rest], {
  stdio: "inherit",
  cwd: process.cwd(),
});
process.exit(status ?? 1);
