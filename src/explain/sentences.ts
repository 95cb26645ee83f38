import type { Explanation, LeftAlone, PromotionVerdict, UpdateBudget } from "./explanation.js";
import type { Consequence, EndedBy, RollbackOutlook, Wait, WaitKind } from "./wait.js";
import { lowered, statusWords } from "./words.js";

/** How sentences are written. @public */
export interface SentenceOptions {
  /** How a time is written; default: as the number of milliseconds that it is. */
  readonly time?: (at: number) => string;
}

/**
 * An explanation in English: where the rollout is, what is waited for first and what else, the arithmetic, and what would
 * follow. One sentence an item, in a stable order.
 *
 * @example
 * ```ts
 * const [first] = sentencesOf(explain(canarying, now));
 * first; // "The canaries of version 1 are healthy."
 * ```
 *
 * @public
 */
export function sentencesOf(
  explanation: Explanation,
  { time = String }: SentenceOptions = {},
): readonly string[] {
  const { phase, waitingFor, besides, groups, deadEnd, rollback, leftAlone } = explanation;
  return [
    phaseSentence(explanation),
    ...(waitingFor === undefined ? [] : [waitSentence(waitingFor, time)]),
    // Several groups may wait for one thing.
    ...new Set(besides.map((wait) => `Besides: ${lowered(waitSentence(wait, time))}`)),
    ...groups.flatMap(({ group, promotion, budget }) => [
      ...(promotion === undefined ? [] : [promotionSentence(promotion)]),
      ...(budget === undefined ? [] : [budgetSentence(group, budget)]),
    ]),
    ...(leftAlone === undefined ? [] : [leftAloneSentence(leftAlone, time)]),
    ...(rollback === undefined ? [] : [rollbackSentence(rollback, phase)]),
    ...(deadEnd ? ["Nothing changes this but a person."] : []),
  ];
}

const PHASES: Record<Explanation["phase"], (version: string) => string> = {
  no_job: () => "There is no job to run.",
  stopping: () => "The job is stopped, and its allocations are on their way out.",
  at_rest: (version) => `${version} is as specified.`,
  settling: (version) => `${version} is current, and no deployment is under way.`,
  proving: (version) => `Canaries are to prove ${lowered(version)}.`,
  awaiting_promotion: (version) => `The canaries of ${lowered(version)} are healthy.`,
  rolling: (version) => `${version} is being rolled out.`,
  paused: (version) => `The deployment of ${lowered(version)} is paused.`,
  awaiting_peer: (version) => `The deployment of ${lowered(version)} waits for its turn.`,
  failed: (version) => `The deployment of ${lowered(version)} failed.`,
};

function phaseSentence({ phase, jobVersion, deployment }: Explanation): string {
  const sentence = PHASES[phase](jobVersion === undefined ? "The job" : `Version ${jobVersion}`);
  const why = phase === "failed" ? deployment?.description : undefined;
  return why === undefined ? sentence : `${sentence.slice(0, -1)}: ${why}.`;
}

function leftAloneSentence({ at, status, rollback }: LeftAlone, time: (at: number) => string): string {
  const then = status === "failed" ? `, and ${rollbackWords(rollback)}` : "";
  return `Left alone, the deployment ${statusWords(status)} at ${time(at)}${then}.`;
}

function rollbackSentence(rollback: RollbackOutlook, phase: Explanation["phase"]): string {
  if (phase !== "failed") return `If somebody fails it, ${rollbackWords(rollback)}.`;
  return `Nothing was rolled back${rollback.kind === "not_wanted" ? ": no group asks for it" : `: ${rollbackWords(rollback)}`}.`;
}

const WAITS: Record<WaitKind, string> = {
  room: "There is no room for what is to be placed",
  plan: "A plan is to be carried out",
  tick: "A tick is due: time does what it has come for",
  resume: "Somebody has to resume the deployment",
  peer: "Another region has to let the deployment begin",
  new_version: "A new version has to be submitted, or an earlier one reverted to",
  version_to_keep_alive: "Something is missing, and no version is known that may run in its place",
  client_stop: "The node of what is lost has still to stop it",
  health: "The health of some allocations is not decided",
  promotion: "Canaries wait for their promotion",
  free_slot: "Some must still be replaced, and no more may change at once",
  reschedule: "What failed or is away is placed again later",
  time_out: "A node is away and may come back",
  start: "Some have not started yet",
  stop: "Some are still to be stopped by their nodes",
  given_up: "What failed for good is not placed again",
};

const ENDS: Record<EndedBy, string> = {
  planner: "by the next plan",
  clock: "by time alone",
  client: "by what nodes and checks report",
  capacity: "by more room",
  operator: "by a person",
};

function waitSentence(
  { kind, group, allocations, since, until, endedBy, onExpiry, decides }: Wait,
  time: (at: number) => string,
): string {
  const of = group === undefined || OF_THE_JOB.has(kind) ? "" : ` in group "${group}"`;
  const which = allocations === undefined || allocations.length === 0 ? "" : ` (${listed(allocations)})`;
  const when = [
    ...(since === undefined ? [] : [`since ${time(since)}`]),
    ...(until === undefined ? [] : [`until ${time(until)}`]),
  ].join(" ");
  const then = onExpiry === undefined ? "" : `; then ${consequenceWords(onExpiry)}`;
  const sooner =
    decides === undefined
      ? ""
      : ` By time alone ${decides.allocationId} is ${decides.healthy ? "healthy" : "unhealthy"} at ${time(decides.at)}.`;
  return `${WAITS[kind]}${of}${which}${when === "" ? "" : `, ${when}`}${then}. It ends ${ENDS[endedBy]}.${sooner}`;
}

/** Waits that every group tells, and that are one. */
const OF_THE_JOB: ReadonlySet<WaitKind> = new Set(["resume", "peer", "new_version"]);
const LISTED = 5;

function listed(ids: readonly string[]): string {
  const more = ids.length - LISTED;
  return more > 0 ? `${ids.slice(0, LISTED).join(", ")} and ${more} more` : ids.join(", ");
}

function consequenceWords(consequence: Consequence): string {
  switch (consequence.kind) {
    case "deployment_fails":
      return `the deployment fails, and ${rollbackWords(consequence.rollback)}`;
    case "promoted":
      return "they are promoted";
    case "replaced":
      return "they are replaced";
    case "lost":
      return "they are lost";
  }
}

function rollbackWords(rollback: RollbackOutlook): string {
  switch (rollback.kind) {
    case "version":
      return `version ${rollback.version} is submitted again`;
    case "no_stable_version":
      return "there is no stable version to go back to";
    case "same_specification":
      return `version ${rollback.stableVersion}, the newest stable one, says the same`;
    case "not_wanted":
      return "nothing is rolled back";
  }
}

function promotionSentence({
  group,
  need,
  have,
  pending,
  unhealthy,
  dead,
  heldBackBy,
}: PromotionVerdict): string {
  const arithmetic = `${have} of ${need} canaries live and are healthy, ${pending} are not judged, ${unhealthy} are unhealthy, ${dead} ended`;
  const others = heldBackBy.filter((one) => one !== group);
  const held =
    others.length === 0
      ? ""
      : `; to promote all is refused for ${others.map((one) => `"${one}"`).join(", ")}`;
  return `Group "${group}" may ${have >= need ? "" : "not yet "}be promoted: ${arithmetic}${held}.`;
}

function budgetSentence(group: string, budget: UpdateBudget): string {
  const { maxParallel, undecided, unhealthy, placedFirst, replaced, left } = budget;
  return `Group "${group}" may change ${maxParallel} at once: ${undecided} are not judged, ${unhealthy} are unhealthy, ${placedFirst} are placed first, ${replaced} are replaced now, ${left} are left.`;
}
