import { describe, expect, it } from "vitest";
import type { Allocation, Node } from "../../../src/index.js";
import { isLostAndStopped, nodeClass, nodeClassRow } from "../../../src/reconcile/node-class.js";
import { anAllocation, NOW } from "../a-job.js";
import { away } from "./said.js";

type Status = Node["status"] | "well";

const AFTER = 60_000;
const wasAway: Partial<Allocation> = { clientStatusHistory: [{ status: "unknown", at: NOW - 1_000 }] };
const stopped: Partial<Allocation> = { desiredStatus: "stop" };
const moving: Partial<Allocation> = { desiredTransition: { migrate: true } };
const canary: Partial<Allocation> = { deploymentStatus: { canary: true } };

function node(status: Status): Node | undefined {
  return status === "well"
    ? undefined
    : { id: "node-0", status, ...(status === "ready" ? { draining: true } : {}) };
}

/** What the table of rule 4 says, row by row: the allocation, its node, `replace`, the row and its class. */
const CASES: readonly [string, Partial<Allocation>, Status, boolean, number, string][] = [
  ["it failed while it was away", { ...wasAway, clientStatus: "failed" }, "down", true, 1, "reconnecting"],
  [
    "stopped, and not to be placed again",
    { ...stopped, desiredTransition: { disableMigrationPlacement: true } },
    "down",
    true,
    2,
    "untainted",
  ],
  ["stopped", stopped, "down", true, 3, "ignore"],
  [
    "a canary that ended, to be moved",
    { ...canary, ...moving, clientStatus: "failed" },
    "down",
    true,
    4,
    "migrate",
  ],
  [
    "a canary that lives, to be moved",
    { ...canary, ...moving, clientStatus: "pending" },
    "disconnected",
    true,
    9,
    "lost",
  ],
  [
    "a canary that was away, to be moved",
    { ...canary, ...moving, ...wasAway },
    "disconnected",
    true,
    11,
    "disconnecting",
  ],
  ["it ended", { clientStatus: "complete" }, "gone", true, 5, "untainted"],
  ["unknown for too long", away(NOW - AFTER), "disconnected", true, 6, "expiring"],
  [
    "stopped, and failed while it was away",
    { ...wasAway, ...stopped, clientStatus: "failed" },
    "well",
    true,
    7,
    "ignore",
  ],
  [
    "evicted, and failed while it was away",
    { ...wasAway, desiredStatus: "evict", clientStatus: "failed" },
    "well",
    true,
    13,
    "reconnecting",
  ],
  ["away, and known to be", away(NOW - AFTER + 1), "disconnected", true, 8, "untainted"],
  ["away before it ran", { clientStatus: "pending" }, "disconnected", true, 9, "lost"],
  ["away while it ran", {}, "disconnected", true, 11, "disconnecting"],
  ["to be moved", moving, "well", true, 12, "migrate"],
  ["to be moved off a node that is down", moving, "down", true, 12, "migrate"],
  ["back", wasAway, "well", true, 13, "reconnecting"],
  ["back on a node that drains", wasAway, "ready", true, 13, "reconnecting"],
  ["never away", {}, "well", true, 14, "untainted"],
  ["on a node that drains", {}, "ready", true, 14, "untainted"],
  ["its node is gone", {}, "gone", false, 15, "lost"],
  ["its node is down, it is not replaced and known to be away", away(NOW), "down", false, 16, "untainted"],
  ["its node is down and it is not replaced", {}, "down", false, 17, "disconnecting"],
  ["its node is down before it ran", { clientStatus: "pending" }, "down", false, 18, "lost"],
  ["its node is down", {}, "down", true, 18, "lost"],
  ["its node is down and it is known to be away", away(NOW), "down", true, 18, "lost"],
  ["its node begins", {}, "initializing", false, 19, "untainted"],
  ["its node begins and it is known to be away", away(NOW), "initializing", false, 19, "untainted"],
];

describe("an allocation by its node (rule 4)", () => {
  it.each(CASES)("%s", (_, more, status, replaceWhenAway, row, expected) => {
    const version = { lostAfter: AFTER, replaceWhenAway };
    const allocation = anAllocation(0, more);
    expect(nodeClassRow(allocation, node(status), version, NOW)).toBe(row);
    expect(nodeClass(allocation, node(status), version, NOW)).toBe(expected);
  });

  it("is lost with its node where its version has no disconnect block", () => {
    const version = { lostAfter: 0, replaceWhenAway: true };
    expect(nodeClassRow(anAllocation(0), node("disconnected"), version, NOW)).toBe(10);
  });
});

describe("lost and already stopped (rule 4, at its end)", () => {
  it.each<[Allocation["clientStatus"], Status, Partial<Allocation>, boolean]>([
    ["pending", "down", stopped, true],
    ["running", "gone", stopped, true],
    ["running", "down", { desiredStatus: "evict" }, true],
    ["running", "down", {}, false],
    ["complete", "down", stopped, false],
    ["unknown", "gone", stopped, false],
    ["running", "disconnected", stopped, false],
    ["running", "well", stopped, false],
  ])("%s on a node that is %s", (clientStatus, status, more, expected) => {
    expect(isLostAndStopped(anAllocation(0, { ...more, clientStatus }), node(status))).toBe(expected);
  });
});
