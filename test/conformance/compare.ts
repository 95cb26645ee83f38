import { isDeepStrictEqual } from "node:util";
import { parseReconcileInput, reconcile } from "../../src/index.js";
import { type Decision, decisionOf, withoutTotals } from "./decision-of.js";
import { MISSING_MARKS } from "./missing-marks.js";
import type { RecordedDecision, RecordedPlacement, Vector } from "./vector.js";

/** One part in which our decision is not the recorded one. */
export interface Difference {
  readonly part: string;
  readonly recorded: unknown;
  readonly ours: unknown;
}

/** How one recorded decision compares with ours. */
export interface Outcome {
  readonly id: string;
  readonly verdict: "match" | "differ" | "deviate" | "undetermined";
  readonly differences: readonly Difference[];
  readonly deviations: readonly number[];
  /** Only of an unstable vector with alternatives: whether ours is one of them. */
  readonly isAlternative?: boolean;
}

/** Reconciles the vector's input and compares everything that the vector records. */
export function compare(vector: Vector): Outcome {
  const { id, expected, unstable = [], alternatives } = vector;
  const deviations = [...(vector.deviations ?? []), ...(MISSING_MARKS[id] ?? [])];
  const input = parseReconcileInput(vector.input);
  const style = expected.markLost !== undefined ? "version" : "cause";
  const ours = decisionOf(input, reconcile(input), style);
  const differences = differencesOf(recordedDecision(expected), ours);
  const isAlternative = alternatives?.some(
    (alternative) => differencesOf(recordedDecision({ ...expected, ...alternative }), ours).length === 0,
  );
  return {
    id,
    verdict: verdictOf(differences, deviations, unstable.length > 0),
    differences,
    deviations,
    ...(isAlternative === undefined ? {} : { isAlternative }),
  };
}

function verdictOf(
  differences: readonly Difference[],
  deviations: readonly number[],
  isUnstable: boolean,
): Outcome["verdict"] {
  if (differences.length > 0) return deviations.length > 0 ? "deviate" : "differ";
  return isUnstable ? "undetermined" : "match";
}

function differencesOf(recorded: Partial<Decision>, ours: Decision): Difference[] {
  const differences: Difference[] = [];
  for (const part of Object.keys(recorded) as (keyof Decision)[]) {
    const one = inOrder(recorded[part]);
    const other = inOrder(ours[part]);
    if (!isDeepStrictEqual(one, other)) differences.push({ part, recorded: one, ours: other });
  }
  return differences;
}

/** The recorded parts in our words: final names, no totals that are meant to differ, nothing that was not recorded. */
function recordedDecision(expected: RecordedDecision): Partial<Decision> {
  const { renamed, place, destructive, deployment, currentDeploymentGroups, ...rest } = expected;
  return {
    ...rest,
    ...(place === undefined
      ? {}
      : { place: place.map((one) => ({ ...one, name: finalName(expected, one) })) }),
    ...(destructive === undefined
      ? {}
      : { destructive: destructive.map((one) => ({ ...one, name: finalName(expected, one) })) }),
    ...(deployment === undefined
      ? {}
      : { deployment: deployment && { ...deployment, groups: withoutTotals(deployment.groups) } }),
    ...(currentDeploymentGroups === undefined
      ? {}
      : { currentDeploymentGroups: withoutTotals(currentDeploymentGroups) }),
  };
}

function finalName(
  { renamed = [] }: RecordedDecision,
  one: Pick<RecordedPlacement, "name"> & Partial<RecordedPlacement> & { readonly id?: string },
): string {
  const change = renamed.find(
    (candidate) =>
      candidate.name === one.name &&
      candidate.previous === (one.previous ?? one.id) &&
      (candidate.canary ?? false) === (one.canary ?? false),
  );
  return change?.finalName ?? one.name;
}

/** Lists in an order of their own, so that only what is in them is compared. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(inOrder).sort((a, b) => {
      const [one, other] = [JSON.stringify(a), JSON.stringify(b)];
      return one < other ? -1 : one > other ? 1 : 0;
    });
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, inner]) => inner !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, inner]) => [key, inOrder(inner)]),
    );
  }
  return value;
}
