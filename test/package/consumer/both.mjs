import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { isVerdigrisError, reconcile } from "verdigris";

const required = createRequire(import.meta.url)("verdigris");
const broken = { versions: [], allocations: [], deployments: [], now: Number.NaN, evaluationId: "eval-1" };
for (const [throws, recognises] of [
  [reconcile, required.isVerdigrisError],
  [required.reconcile, isVerdigrisError],
]) {
  assert.throws(
    () => throws(broken),
    (error) => recognises(error) && error.code === "bad_number",
  );
}
