import { describe, expect, it } from "vitest";
import { reconcile } from "../../../src/index.js";
import { PLAN_PROPERTIES, violationsOf } from "../../../src/properties/index.js";
import { wrong } from "../../../src/properties/wrong.js";
import { anInput } from "../a-job.js";

describe("what is wrong", () => {
  it("is a message, and the values in it by name", () => {
    expect(
      wrong`group ${{ group: "web" }} replaces ${{ replaced: 2 }}, ${{ allowed: 1 }} may change`,
    ).toEqual({
      message: "group web replaces 2, 1 may change",
      details: { group: "web", replaced: 2, allowed: 1 },
    });
    expect(wrong`the input was changed`).toEqual({ message: "the input was changed", details: {} });
  });

  it("says that there is no value, and has no detail of it", () => {
    expect(wrong`version ${{ version: undefined }} rests`).toEqual({
      message: "version undefined rests",
      details: {},
    });
  });

  it("lists values that stand in one place", () => {
    expect(wrong`off by ${{ placed: 1, healthy: 0 }}`).toEqual({
      message: "off by 1, 0",
      details: { placed: 1, healthy: 0 },
    });
  });
});

describe("violations of properties", () => {
  it("name the property, where it is stated, and what is wrong", () => {
    const input = anInput();
    const plan = reconcile(input);
    const incomplete = { ...plan, actions: plan.actions.slice(1) };
    expect(violationsOf(PLAN_PROPERTIES, { input, plan, reconcile })).toEqual([]);
    expect(violationsOf(PLAN_PROPERTIES, { input, plan: incomplete, reconcile })).toContainEqual({
      property: "partition",
      anchor: "properties.md#partition",
      message: "allocation-0 has no verdict",
      details: { allocationId: "allocation-0" },
    });
  });
});
