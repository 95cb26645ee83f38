import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { planBlueGreen } from "../../../docs/examples/blue-green.js";
import { changePage, verdictTable } from "../../../docs/examples/print-plan.js";
import * as verdigris from "../../../src/index.js";

const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");

describe("the README", () => {
  it("its ten lines run and print what they say", () => {
    const block = /## Ten lines\n\n```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
    const promised = /console\.log\(.*\); \/\/ (.*)/.exec(block)?.[1];
    const lines: unknown[] = [];
    const body = block.replace(/^import .*$/m, "").replace(" as const", "");
    new Function("reconcile", "console", body)(verdigris.reconcile, {
      log: (line: unknown) => lines.push(line),
    });
    expect(promised).toBe("[ 'place: missing', 'place: missing' ]");
    expect(lines).toEqual([["place: missing", "place: missing"]]);
  });

  it("names only what exists", () => {
    for (const [, names] of readme.matchAll(/import \{ ([^}]*) \} from "verdigris";/g)) {
      for (const name of (names ?? "").split(", ")) expect(verdigris).toHaveProperty(name);
    }
  });
});

describe("the demo", () => {
  const { input, plan } = planBlueGreen();

  it("plans the user's change as the document shows it", () => {
    const page = changePage(input.versions, plan);
    expect(page).toContain('+/- Task Group: "api" (5 canary, 5 ignore)');
    expect(page).toContain('+/- Task: "api-server" (forces create/destroy update)');
    expect(page).toContain('+/- image: "api-server:1.3" => "api-server:1.4"');
    expect(page).toContain("nomad job run -check-index 10 docs.nomad.hcl");
  });

  it("tells every verdict with its reason", () => {
    const table = verdictTable(plan);
    expect(table.split("\n")).toHaveLength(11);
    expect(table.match(/held_for_promotion/g)).toHaveLength(5);
    expect(table.match(/canary_wanted: have 0, need 5/g)).toHaveLength(5);
  });
});
