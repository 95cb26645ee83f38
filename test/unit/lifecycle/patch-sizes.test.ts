import { describe, expect, it } from "vitest";
import { applyPatches, type JobState, pause } from "../../../src/index.js";
import { patchesBetween } from "../../../src/lifecycle/patches.js";
import { aJob, NOW } from "../a-job.js";
import { aState, canarying, withImage } from "./a-state.js";

const event = { deploymentId: "deploy-1", now: NOW };

describe("patches", () => {
  it("are as small as the change", () => {
    const step = pause(canarying(), event);
    const paths = step.patches().patches.map(({ path }) => path.join("."));
    expect(paths.sort()).toEqual([
      "deployments.1.groups.web.requireProgressBy",
      "deployments.1.modifiedAt",
      "deployments.1.modifyIndex",
      "deployments.1.status",
      "deployments.1.statusDescription",
      "index",
    ]);
  });

  it.each<[unknown, unknown]>([
    [{ a: 1 }, [1]],
    [[1], { a: 1 }],
    [{ a: 1 }, null],
    [null, { a: 1 }],
    [[1, 2, 3], [3]],
    [[3], [1, 2, 3]],
    [[{ a: 1 }], [{ a: 1, b: 2 }]],
    [{ a: { b: 1, c: 2 } }, { a: { c: 3 } }],
    ["a", { a: 1 }],
    [{ a: 1 }, "a"],
  ])("lead from %j to %j and back, within a specification that is not the library's", (from, to) => {
    const [before, after] = [from, to].map((setting) =>
      aState({ versions: [aJob({ groups: [withImage("image:1", { setting } as object)] })] }),
    ) as [JobState, JobState];
    const { patches, inversePatches } = patchesBetween(before, after);
    expect(applyPatches(before, patches)).toStrictEqual(after);
    expect(applyPatches(after, inversePatches)).toStrictEqual(before);
  });
});
