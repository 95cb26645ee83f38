import { describe, expect, it } from "vitest";
import { aGroup, ids, MINUTE, midCanary, Story } from "../regressions/a-story.js";
import { decidedOtherwise } from "./decided-otherwise.js";

describe("which version is placed, and in which deployment", () => {
  it("D 5: in Nomad the deployment of a kept-alive version's placement sticks to later placements of the same plan; here each has its own", () => {
    const { vector, plan } = decidedOtherwise(5, "version-of-placement/7");
    // Nomad's canary of version 4, in one answer of two: in the deployment of version 3.
    const canaries = vector.alternatives?.map(({ place }) => place?.find(({ canary }) => canary));
    expect(canaries).toMatchObject([
      { jobVersion: 4, deploymentId: "deploy-1" },
      { jobVersion: 4, deploymentId: "deploy-2" },
    ]);

    expect(plan.actions.filter(({ kind }) => kind === "place" || kind === "canary")).toMatchObject([
      { kind: "place", jobVersion: 3, deploymentId: "deploy-1" },
      { kind: "canary", jobVersion: 4, deploymentId: "deploy-2" },
    ]);
  });

  it("D 13: mid-canary Nomad forgets a stable allocation that is missing until the promotion; here it is placed in the kept-alive version", () => {
    const { nomad, here } = decidedOtherwise(13, "bluegreen/11");
    const canary = { canary: true };
    expect(nomad["place"]).toMatchObject([canary, canary, canary]);
    expect(here["place"]).toMatchObject([
      { canary: false, downgrade: true, name: "shop.web[2]" },
      canary,
      canary,
      canary,
    ]);
  });

  it("D 13: after a failed, never promoted deployment Nomad forgets it for good; here it comes back as soon as there is room, paused or failed", () => {
    for (const kind of ["pause", "fail"] as const) {
      const story = midCanary();
      const gone = story.first(0);
      story.room = 0;
      story.nodeOf(gone, "down");
      story.tell({ kind, deploymentId: story.deployment.id });
      story.clients();
      expect(story.live(0)).toHaveLength(2);

      story.roomAgain();

      expect(story.live(0).map(({ name }) => name)).toContain(gone.name); // Nomad: two of three
      expect(story.live(0)).toHaveLength(3);
    }
  });

  it("D 31: when the newest proven deployment is older than what is replaced, Nomad places the unproven current version; here the replaced allocation's own", () => {
    const { nomad, here } = decidedOtherwise(31, "version-of-placement/2");
    expect(nomad["place"]).toMatchObject([{ previous: "alloc-02", jobVersion: 4 }]);
    expect(here["place"]).toMatchObject([{ previous: "alloc-02", jobVersion: 3 }]);
  });

  it("D 34: in Nomad a cancelled deployment that wanted no canaries counts as proven; here it does not", () => {
    const { nomad, here, vector } = decidedOtherwise(34, "version-of-placement/3");
    expect(vector.input.deployments).toContainEqual(
      expect.objectContaining({ id: "deploy-1b", jobVersion: 3, status: "cancelled" }),
    );
    expect(nomad["place"]).toMatchObject([
      { previous: "alloc-02", jobVersion: 3, deploymentId: "deploy-1b" },
    ]);
    expect(here["place"]).toMatchObject([{ previous: "alloc-02", jobVersion: 2, deploymentId: "deploy-1" }]);
  });

  it("D 34: in Nomad so does one that was promoted and then failed; here it does not", () => {
    const { nomad, here, vector } = decidedOtherwise(34, "version-of-placement/24");
    expect(vector.input.deployments).toContainEqual(
      expect.objectContaining({
        id: "deploy-3",
        status: "failed",
        groups: { web: expect.objectContaining({ promoted: true }) },
      }),
    );
    const replaced = { previous: "alloc-13" };
    expect(nomad["place"]).toContainEqual(expect.objectContaining({ ...replaced, deploymentId: "deploy-3" }));
    expect(here["place"]).toContainEqual(expect.objectContaining(replaced));
    expect(here["place"]).not.toContainEqual(expect.objectContaining({ deploymentId: "deploy-3" }));
  });

  it("D 35: Nomad stamps an adopted allocation with the latest deployment's id, even a terminal one; here it has none", () => {
    const { nomad, here } = decidedOtherwise(35, "version-of-placement/5");
    expect(nomad["inPlace"]).toEqual([{ id: "alloc-01", deploymentId: "deploy-1" }]);
    expect(here["inPlace"]).toEqual([{ id: "alloc-01" }]);
  });

  it("D 35: Nomad stamps new ones with one that this very plan cancels, of another version; here only with the active deployment of their version", () => {
    const { nomad, here, vector } = decidedOtherwise(35, "version-of-placement/6");
    expect(vector.expected.deploymentUpdates).toMatchObject([{ id: "deploy-1", status: "cancelled" }]);
    const stamped = { jobVersion: 4, deploymentId: "deploy-1" };
    expect(nomad["place"]).toMatchObject([stamped, stamped, stamped]);
    expect(here["place"]).toHaveLength(3);
    expect(here["place"]).not.toContainEqual(expect.objectContaining({ deploymentId: expect.anything() }));
  });

  it("D 45: after a failed deployment without rollback Nomad replaces what moves in the failed version; here in the version to keep alive", () => {
    const { nomad, here } = decidedOtherwise(45, "failed-deployment/40");
    expect(nomad["place"]).toMatchObject([{ previous: "alloc-03" }]);
    expect(nomad["place"]).not.toMatchObject([{ downgrade: true }]);
    expect(here["place"]).toMatchObject([{ previous: "alloc-03", downgrade: true }]);
  });

  it("D 45: in Nomad the proven version erodes node by node; here it stays as it was", () => {
    const story = Story.running(aGroup("old"));
    story.submit(aGroup("new"));
    story.fail();
    for (const { id } of story.live(0)) {
      story.nodeOf(story.allocation(id), "down");
      story.pass(MINUTE);
    }
    expect(story.told).toEqual(["0 successful", "1 failed"]);
    expect(story.versions).toEqual({ 0: 3 }); // Nomad: three of version 1
    expect(ids(story.live())).toHaveLength(3);
  });
});
