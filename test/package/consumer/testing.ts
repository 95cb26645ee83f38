import fc from "fast-check";
import { reconcile } from "verdigris";
import {
  type Choices,
  type ChosenNames,
  type Decisions,
  type Life,
  type Member,
  makeTestingKit,
  type RunReport,
  type SmallEvent,
  type SmallGroup,
  type SmallState,
  type SmallStep,
  type Trace,
  traceLines,
} from "verdigris/testing";

declare function show(...what: unknown[]): void;

const { assertReconciler, arbitraries } = makeTestingKit(fc);
const report: RunReport = assertReconciler(reconcile, { inputs: 10, lives: 0, floors: { "kind place": 1 } });
show(report.asked["floor"]);
fc.assert(fc.property(arbitraries.states(), ({ state }) => state.index >= 0));
const decisions: Decisions = { place: { web: 1 } };
show(decisions);
// What signatures speak of can be named.
type Named = readonly [Trace, Choices, SmallEvent, SmallGroup, Member];
const named = (life: Life, { group }: SmallState, { event }: SmallStep): Named | undefined =>
  group.members[0] && [life.trace(), life.choices, event, group, group.members[0]];
const chosen: ChosenNames = { properties: ["floor"] };
show(named, chosen, (trace: Trace) => traceLines(trace, { reconcile }));
