import assert from "node:assert/strict";
import fc from "fast-check";
import { reconcile, transition } from "verdigris";
import { makeTestingKit } from "verdigris/testing";

const { assertReconciler, assertLifecycle } = makeTestingKit(fc);
assert.equal(assertReconciler(reconcile, { inputs: 20, lives: 5, floors: {} }).inputs, 20);
assert.equal(assertLifecycle({ reconcile, transition }, { lives: 5, floors: {} }).lives, 5);
assert.throws(
  () => assertReconciler((input) => ({ ...reconcile(input), actions: [] }), { inputs: 20, lives: 0 }),
  (error) => error.code === "property_violated" && error.replay.of === "inputs",
);
