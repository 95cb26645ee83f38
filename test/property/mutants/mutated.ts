import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import type { Deciders } from "../../../src/properties/index.js";

const root = new URL("../../..", import.meta.url).pathname;

/** A place in the sources, and what stands there instead. */
export interface Patch {
  /** Below src. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Reconciler and lifecycle as they ship, but for the patches. */
export async function mutated(patches: readonly Patch[]): Promise<Deciders> {
  const { outputFiles } = await build({
    stdin: {
      contents:
        'export { reconcile } from "./src/reconcile/index.ts"; export { transition } from "./src/lifecycle/index.ts";',
      resolveDir: root,
    },
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    logLevel: "silent",
    plugins: [patching(patches)],
  });
  const folder = mkdtempSync(join(tmpdir(), "verdigris-mutant-"));
  try {
    const file = join(folder, "mutant.mjs");
    writeFileSync(file, outputFiles[0]?.contents ?? "");
    return await import(/* @vite-ignore */ pathToFileURL(file).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function patching(patches: readonly Patch[]): Plugin {
  return {
    name: "patching",
    setup: (builder) => {
      for (const file of new Set(patches.map((patch) => patch.file))) {
        const path = join(root, "src", file);
        builder.onLoad({ filter: new RegExp(`${file.replaceAll(".", "\\.")}$`) }, (args) =>
          args.path === path ? { contents: patched(path, file, patches), loader: "ts" } : undefined,
        );
      }
    },
  };
}

/** A patch that no longer fits is a failure: what it undoes may be undone by now, or elsewhere. */
function patched(path: string, file: string, patches: readonly Patch[]): string {
  return patches
    .filter((patch) => patch.file === file)
    .reduce(
      (text, { from, to }) => {
        const found = text.split(from).length - 1;
        if (found !== 1) throw new Error(`src/${file} has ${found} places that read ${JSON.stringify(from)}`);
        return text.replace(from, () => to);
      },
      readFileSync(path, "utf8"),
    );
}
