// node test/compiled.mjs [--node-option ...] FILE [argument ...]: runs a TypeScript program as the package is built,
// because the loader that the tests use keeps the names of functions, which costs time in every call.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const at = process.argv.findIndex((argument, n) => n > 1 && !argument.startsWith("--"));
const [file = "", ...rest] = process.argv.slice(at);
const folder = join(ROOT, dirname(file));
const outdir = join(ROOT, "node_modules/.cache/compiled", dirname(file));
// What a program starts in threads of its own stands beside it.
const workers = readdirSync(folder).filter((name) => name.endsWith("-worker.ts"));
await build({
  entryPoints: [basename(file), ...workers].map((name) => join(folder, name)),
  outdir,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
  target: "es2022",
  logLevel: "error",
});
const program = join(outdir, basename(file).replace(/\.ts$/, ".mjs"));
const { status } = spawnSync(process.execPath, [...process.argv.slice(2, at), program, ...rest], {
  stdio: "inherit",
});
process.exit(status ?? 1);
