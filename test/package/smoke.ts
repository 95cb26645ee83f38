// npm run test:package: the packed tarball, installed in an empty project, imported and required as a stranger would.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sameInABareWorld } from "./bare-world.js";

const root = new URL("../..", import.meta.url).pathname;
const scratch = mkdtempSync(join(tmpdir(), "verdigris-package-"));
const project = join(scratch, "project");

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0)
    throw new Error(`${command} ${args.join(" ")} exited with ${status}\n${stdout}\n${stderr}`);
}

/** As the package exports them: "", "/nomad", ... */
const SUBPATHS = Object.keys(JSON.parse(readFileSync(join(root, "package.json"), "utf8")).exports)
  .filter((subpath) => subpath !== "./package.json")
  .map((subpath) => subpath.slice(1));

/** Each under its own name, in a folder of their own. */
const COMPILERS = join(root, "test/package/compilers");
const compilers: readonly string[] = Object.keys(
  JSON.parse(readFileSync(join(COMPILERS, "package.json"), "utf8")).devDependencies,
);

function compile(compiler: string, configuration: string): void {
  run("node", [join(COMPILERS, "node_modules", compiler, "bin/tsc"), "-p", configuration], project);
}

/** A hash of every file that was built. */
function digestOf(folder: string): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest("hex");
}

const CHECKS: readonly { readonly name: string; readonly check: () => void | Promise<void> }[] = [
  {
    name: "packs",
    check: () => run("npm", ["pack", "--pack-destination", scratch, "--ignore-scripts"], root),
  },
  {
    name: "installs in an empty project",
    check: () => {
      mkdirSync(project);
      writeFileSync(join(project, "package.json"), '{ "private": true }');
      const tarball = readdirSync(scratch).find((name) => name.endsWith(".tgz")) ?? "";
      run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", join(scratch, tarball)], project);
      cpSync(join(root, "test/package/consumer"), project, { recursive: true });
    },
  },
  {
    name: "its README links to pages that are in it",
    check: () => {
      const installed = join(project, "node_modules/verdigris");
      const readme = readFileSync(join(installed, "README.md"), "utf8");
      const links = [...readme.matchAll(/\]\((?!https:)([^)#]+)/g)].map(([, link = ""]) => link);
      const missing = links.filter((link) => !existsSync(join(installed, link)));
      if (links.length === 0 || missing.length > 0) throw new Error(`missing: ${missing.join(", ")}`);
    },
  },
  ...SUBPATHS.flatMap((subpath) =>
    ["import", "require"].map((way) => ({
      name: `does nothing at ${way} of verdigris${subpath}`,
      check: () => run("node", ["untouched.mjs", way, `verdigris${subpath}`], project),
    })),
  ),
  { name: "is imported", check: () => run("node", ["import.mjs"], project) },
  { name: "is required", check: () => run("node", ["require.cjs"], project) },
  { name: "its errors are recognised across both", check: () => run("node", ["both.mjs"], project) },
  {
    name: "the compilers of its users are there",
    check: () =>
      run(
        "npm",
        ["ci", "--prefix", COMPILERS, "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"],
        root,
      ),
  },
  ...compilers.flatMap((compiler) =>
    ["nodenext", "bundler"].map((resolution) => ({
      name: `its types are right for ${compiler} under ${resolution}`,
      check: () => compile(compiler, `tsconfig.${resolution}.json`),
    })),
  ),
  { name: "it runs bundled in a world that has only the language", check: () => sameInABareWorld(project) },
  {
    name: "two builds are the same to the last byte",
    check: () => {
      const again = join(scratch, "again");
      run("npx", ["tsup", "--out-dir", again], root);
      if (digestOf(again) !== digestOf(join(root, "dist")))
        throw new Error("the second build is another one");
    },
  },
  {
    name: "its testing kit takes the caller's fast-check",
    check: () => {
      const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
      const fastCheck = `fast-check@${devDependencies["fast-check"]}`;
      run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", fastCheck], project);
      run("node", ["testing.mjs"], project);
    },
  },
  ...["nodenext", "bundler"].map((resolution) => ({
    name: `the kit's types resolve under ${resolution}`,
    check: () => compile("typescript-7.0", `tsconfig.testing.${resolution}.json`),
  })),
  { name: "publint", check: () => run("npx", ["publint", "--strict"], root) },
  {
    name: "are the types wrong",
    check: () =>
      run(
        "npx",
        [
          "attw",
          join(scratch, readdirSync(scratch).find((name) => name.endsWith(".tgz")) ?? ""),
          "--profile",
          "node16",
        ],
        root,
      ),
  },
];

let passed = 0;
let failed = 0;
for (const { name, check } of CHECKS) {
  try {
    await check();
    passed++;
    console.log(`ok      ${name}`);
  } catch (error) {
    failed++;
    console.log(`failed  ${name}\n${String(error)}`);
  }
}
rmSync(scratch, { recursive: true, force: true });
const report = process.argv[2];
if (report !== undefined) writeFileSync(report, JSON.stringify({ passed, failed }));
process.exitCode = failed === 0 ? 0 : 1;
