import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeTestingKit, PropertyViolated } from "../../../src/testing/index.js";
import { surgeReconciler } from "../../property/surge/surge-reconciler.js";

const page = readFileSync(new URL("../../../docs/testing.md", import.meta.url), "utf8");

describe("docs/testing.md", () => {
  it("shows what the kit says of the planted bug", () => {
    const shown = /```text\n([\s\S]*?)```/.exec(page)?.[1]?.trim().split("\n") ?? [];
    const limits = { batch: false, canaries: false, disconnect: false, reschedule: false, groups: 1 };
    const properties = ["floor"];
    const buggy = surgeReconciler({ maxSurge: 0, trustsNewOnes: true });
    try {
      makeTestingKit(fc).assertReconciler(buggy, { inputs: 0, lives: 300, limits, properties });
      expect.unreachable("the bug is found");
    } catch (error) {
      if (!(error instanceof PropertyViolated)) throw error;
      const said = error.message.split("\n").filter((line) => !line.startsWith("trace: "));
      expect(shown.filter((line) => !line.startsWith("trace: "))).toEqual(said);
    }
  });

  it("names every option", () => {
    for (const option of [
      "properties",
      "except",
      "inputs",
      "lives",
      "steps",
      "limits",
      "happenings",
      "floors",
      "seed",
      "replay",
      "shrinks",
    ]) {
      expect(page).toMatch(new RegExp(`^\\| .*\`${option}\``, "m"));
    }
  });
});
