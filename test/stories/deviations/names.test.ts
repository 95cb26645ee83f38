import { describe, expect, it } from "vitest";
import { decidedOtherwise } from "./decided-otherwise.js";

describe("names", () => {
  it("D 29: in Nomad a new canary may take a name beyond the count that another canary has; here never", () => {
    const { nomad, here, vector } = decidedOtherwise(29, "spec-questions/canary-name-beyond-count");
    const canaries = vector.input.allocations.filter((one) => one.deploymentStatus?.canary === true);
    expect(canaries.map(({ name }) => name)).toEqual(["shop.web[0]", "shop.web[1]", "shop.web[2]"]);

    expect(nomad["place"]).toMatchObject([{ canary: true, name: "shop.web[2]" }]);
    expect(here["place"]).toMatchObject([{ canary: true, name: "shop.web[3]" }]);
  });

  it("D 33: in Nomad a replacement whose index is held twice takes index 0 when none is free; here it keeps its own name", () => {
    // Blue/green: every index of three is held by a stable one and by a canary, and the stable [2] failed.
    const { nomad, here } = decidedOtherwise(33, "spec-questions/bluegreen-stable-replacement-name");
    expect(nomad["place"]).toMatchObject([{ previous: "alloc-03", name: "shop.web[0]" }]);
    expect(here["place"]).toMatchObject([{ previous: "alloc-03", name: "shop.web[2]" }]);
  });

  it("D 33: in Nomad several may get [0]; here only names really given are taken, so that each gets one of its own", () => {
    const { nomad, here } = decidedOtherwise(33, "version-of-placement/72");
    expect(nomad["place"]).toMatchObject([
      { name: "shop.web[0]" },
      { name: "shop.web[0]" },
      { name: "shop.web[0]" },
      { name: "shop.web[3]" },
    ]);
    expect(here["place"]).toMatchObject([
      { name: "shop.web[0]" },
      { name: "shop.web[1]" },
      { name: "shop.web[2]" },
      { name: "shop.web[3]" },
    ]);
  });

  it("D 33: in Nomad names of placements that are then not made count as taken; here they are free", () => {
    const { nomad, here } = decidedOtherwise(33, "version-of-placement/81");
    // One of three is missing and would be called [0]; mid-canary it is not placed, and its name is kept from the canary.
    expect(nomad["place"]).toMatchObject([{ name: "shop.web[1]" }, { canary: true, name: "shop.web[2]" }]);
    expect(here["place"]).toMatchObject([{ name: "shop.web[1]" }, { canary: true, name: "shop.web[0]" }]);
  });
});
