import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reconcile } from "../../../src/index.js";
import {
  makeTestingKit,
  PLAN_PROPERTIES,
  PROPERTIES,
  PropertyViolated,
  planOfDecisions,
  violationsOf,
} from "../../../src/testing/index.js";
import { surgeReconciler } from "../../property/surge/surge-reconciler.js";
import { anAllocation, anInput, NOW } from "../a-job.js";

const page = readFileSync(new URL("../../../docs/testing.md", import.meta.url), "utf8");

const victims = PLAN_PROPERTIES.filter(({ name }) => name === "victims");

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

  it("names what the other orchestrator is not asked", () => {
    const test = readFileSync(
      new URL("../../property/another-orchestrator.test.ts", import.meta.url),
      "utf8",
    );
    const [, list = ""] = /const OTHERWISE = \[([\s\S]*?)\];/.exec(test) ?? [];
    const names = [...list.matchAll(/"(.+)"/g)].map(([, name]) => name);
    const table = /\| property \| why not \|[\s\S]*?\n\n/.exec(page)?.[0] ?? "";
    expect([...table.matchAll(/`(.+?)`/g)].map(([, name]) => name)).toEqual(names);
    expect(page).toContain("Of the sound one eight properties");
    expect(names).toHaveLength(8);
  });

  it("says of what each kind of property is asked", () => {
    for (const { kind } of PROPERTIES) expect(page).toContain(`\`${kind.toUpperCase()}_PROPERTIES\``);
    // `update budget` looks at nothing that the adapter makes.
    const plan = planOfDecisions(anInput(), { stop: ["allocation-0"], place: { web: 1 } });
    expect(plan.actions.map(({ kind }) => kind)).not.toContain("replace");
  });

  it("tells the order of victims as the property has it", () => {
    const four = anInput({ allocations: [0, 1, 2, 3].map((index) => anAllocation(index)) });
    const wrongs = (stop: string, input = four): number =>
      violationsOf(victims, { input, plan: planOfDecisions(input, { stop: [stop] }), reconcile }).length;
    expect([wrongs("allocation-3"), wrongs("allocation-2")]).toEqual([0, 1]);
    const newer = anAllocation(3, { id: "newer", createdAt: NOW });
    const namesakes = anInput({ allocations: [...four.allocations, newer] });
    expect([wrongs("newer", namesakes), wrongs("allocation-3", namesakes)]).toEqual([0, 1]);
    const healthy = { ...newer, deploymentStatus: { healthy: true, canary: false, decidedAt: NOW } };
    const proven = anInput({ allocations: [...four.allocations, healthy] });
    expect([wrongs("newer", proven), wrongs("allocation-3", proven)]).toEqual([1, 0]);
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
