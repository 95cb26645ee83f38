import { sameSpecification } from "../../lifecycle/rules/same-specification.js";
import { isTerminal } from "../../model/index.js";
import { NOT_ASKED, wrong } from "../wrong.js";
import type { StepProperty } from "./sequence.js";

/** @public */
export const adoption: StepProperty = {
  kind: "step",
  name: "adoption",
  sentence:
    "A healthy allocation that adopts a version which says what its own says keeps its health; one that adopts another has to prove itself again.",
  anchor: "properties.md#adoption",
  cost: "one_step",
  check: ({ before, event, after: { state } }) => {
    if (event.kind !== "apply_plan") return NOT_ASKED;
    const adopting = new Set(
      event.plan.actions.flatMap((one) => (one.kind === "update" ? [one.allocationId] : [])),
    );
    if (adopting.size === 0) return NOT_ASKED;
    const after = new Map(state.allocations.map((one) => [one.id, one]));
    return before.allocations.flatMap((was) => {
      const is = after.get(was.id);
      if (is === undefined || is === was || !adopting.has(was.id) || isTerminal(was)) return [];
      const versions = [was, is].map(({ jobVersion, jobCreateIndex }) =>
        before.versions.find(
          ({ version, createIndex }) => version === jobVersion && createIndex === jobCreateIndex,
        ),
      );
      const [from, to] = versions;
      if (from === undefined || to === undefined) return [];
      const isSame = sameSpecification(from, to);
      const healthy = isSame && was.deploymentStatus?.healthy === true ? true : undefined;
      return is.deploymentStatus?.healthy === healthy
        ? []
        : [
            wrong`${{ allocationId: was.id }} adopts version ${{ jobVersion: is.jobVersion }}, ${{ isSame }} to say the same, and is healthy: ${{ healthy: is.deploymentStatus?.healthy }}`,
          ];
    });
  },
};
