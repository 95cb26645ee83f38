import { VerdigrisError } from "../model/index.js";
import type { ReconcileInput } from "./input.js";
import type { NewId } from "./policy.js";

/** A policy that gives one id again and again is refused after this many tries. */
const MOST_ATTEMPTS = 1_000;

/** Gives new deployments and follow-ups ids that nobody bears yet. An evaluation id may come twice; these may not. */
export interface NewIds {
  readonly deployment: () => string;
  readonly followUp: (group: string, ordinal: number) => string;
}

/** The ids of this evaluation. What is borne already is looked up only when an id is asked for. */
export function newIds(input: ReconcileInput): NewIds {
  const name = input.policy?.newId ?? defaultId;
  const { evaluationId } = input;
  let borneFollowUps: Set<string> | undefined;
  return {
    deployment: () =>
      firstFree(new Set(input.deployments.map(({ id }) => id)), (attempt) =>
        name({ kind: "deployment", evaluationId, attempt }),
      ),
    followUp: (group, ordinal) => {
      borneFollowUps ??= borne(input);
      const id = firstFree(borneFollowUps, (attempt) =>
        name({ kind: "follow_up", evaluationId, group, ordinal, attempt }),
      );
      borneFollowUps.add(id);
      return id;
    },
  };
}

/** `<evaluation>/deployment` and `<evaluation>/<group>/<n>`; tried again with `~<attempt>` behind it. */
function defaultId(what: NewId): string {
  const id =
    what.kind === "deployment"
      ? `${what.evaluationId}/deployment`
      : `${what.evaluationId}/${what.group}/${what.ordinal}`;
  return what.attempt === 0 ? id : `${id}~${what.attempt}`;
}

function borne(input: ReconcileInput): Set<string> {
  const ids = new Set<string>([input.evaluationId]);
  for (const { followUpEvaluationId } of input.allocations) {
    if (followUpEvaluationId !== undefined) ids.add(followUpEvaluationId);
  }
  return ids;
}

function firstFree(taken: ReadonlySet<string>, name: (attempt: number) => string): string {
  let id = "";
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    id = name(attempt);
    if (!taken.has(id)) return id;
  }
  throw new VerdigrisError(
    "id_already_borne",
    `The policy's newId gave "${id}" ${MOST_ATTEMPTS} times, which is borne already; let it look at \`attempt\`.`,
    { id },
  );
}
