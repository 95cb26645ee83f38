import fc from "fast-check";
import { reconcile } from "verdigris";
import { type Decisions, makeTestingKit, type RunReport } from "verdigris/testing";

const { assertReconciler, arbitraries } = makeTestingKit(fc);
const report: RunReport = assertReconciler(reconcile, { inputs: 10, lives: 0, floors: { "kind place": 1 } });
console.log(report.asked["floor"]);
fc.assert(fc.property(arbitraries.states(), ({ state }) => state.index >= 0));
const decisions: Decisions = { place: { web: 1 } };
console.log(decisions);
