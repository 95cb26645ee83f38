// npm run surface: whether the public surface is the one that was reviewed (surface.api.md); with --write it is written down anew.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import {
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type ExtractorMessage,
} from "@microsoft/api-extractor";

const root = new URL("../..", import.meta.url).pathname;
const REPORT = join(root, "test/surface/surface.api.md");
const { values } = parseArgs({ options: { write: { type: "boolean", default: false } } });

/** As the package exports them: "index", "nomad", ... */
const entries: readonly string[] = Object.keys(
  JSON.parse(readFileSync(join(root, "package.json"), "utf8")).tsup.entry,
);

const HEAD =
  "<!-- The public surface of the package, a section a subpath. Written by `npm run surface -- --write`, changed on purpose only. -->";

const now = `${[HEAD, ...entries.map(reportOf)].join("\n\n")}\n`;
if (values.write) writeFileSync(REPORT, now);
const reviewed = existsSync(REPORT) ? readFileSync(REPORT, "utf8") : "";
if (now !== reviewed) {
  console.log(firstDifference(reviewed, now));
  console.log(
    "The public surface is another one. Meant? Then npm run surface -- --write, and read the difference.",
  );
  process.exitCode = 1;
}

/** What it has to say of missing tags and names is not asked. */
function silence(message: ExtractorMessage): void {
  message.handled = true;
}

function reportOf(entry: string): string {
  const scratch = mkdtempSync(join(tmpdir(), "verdigris-surface-"));
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: join(root, "dist", `${entry}.d.ts`),
      compiler: { tsconfigFilePath: join(root, "tsconfig.json") },
      apiReport: {
        enabled: true,
        reportFileName: `${entry}.api.md`,
        reportFolder: scratch,
        reportTempFolder: join(scratch, "temp"),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      newlineKind: "lf",
      messages: { extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } } },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, "package.json"),
  });
  Extractor.invoke(config, { localBuild: true, messageCallback: silence });
  const report = readFileSync(join(scratch, `${entry}.api.md`), "utf8");
  rmSync(scratch, { recursive: true, force: true });
  const [, code = ""] = /```ts\n([\s\S]*?)```/.exec(report) ?? [];
  // That a field says nothing besides its name and type is no news.
  const told = code.replaceAll(/^ *\/\/ \(undocumented\)\n/gm, "").trim();
  return `## verdigris${entry === "index" ? "" : `/${entry}`}\n\n\`\`\`ts\n${told}\n\`\`\``;
}

/** The lines where two reports part. */
function firstDifference(was: string, is: string): string {
  const [before, after] = [was.split("\n"), is.split("\n")];
  let at = 0;
  while (at < before.length && before[at] === after[at]) at++;
  const lines = (of: readonly string[]): readonly string[] => of.slice(at, at + 5);
  return [
    `line ${at + 1}:`,
    ...lines(before).map((line) => `- ${line}`),
    ...lines(after).map((line) => `+ ${line}`),
  ].join("\n");
}
