/** An allocation that is meant to run, or ought to have been replaced: without name, node and time. */
export interface Member {
  readonly version: number;
  /** `unwatched`: nobody judges it. */
  readonly health: "undecided" | "healthy" | "unhealthy" | "unwatched";
  /**
   * `leaving`: it ended, its node is away, or it is to move; it keeps its place. `over`: the place is another's by now, or
   * free. `awaited`: nobody new comes before its own node has stopped it.
   */
  readonly presence: "here" | "leaving" | "over" | "awaited";
  /** It is to prove its version, and the version is not promoted. */
  readonly canary: boolean;
}

/** One group: a multiset of members, and the deployment of the current version. */
export interface SmallGroup {
  readonly version: number;
  readonly count: number;
  readonly maxParallel: number;
  /** Its places are filled: not those of a batch job, where one may go for good, nor beside a group whose rollout failed or is paused. */
  readonly isKeptUp: boolean;
  readonly status: "none" | "active" | "paused" | "failed" | "successful" | "cancelled";
  /** Canaries that the deployment wants. */
  readonly wanted: number;
  readonly promoted: boolean;
  readonly members: readonly Member[];
}

/** What becomes of a member: without `from` it is placed, without `to` it is stopped. */
export interface Move {
  readonly from?: Member;
  readonly to?: Member;
}

export type Part = "members" | "presence" | "health" | "promoted" | "status" | "version";

/** What can happen, as far as the model goes. */
export type SmallEvent =
  | "plan"
  | "part_of_plan"
  | "report"
  | "tick"
  | "node"
  | "promote"
  | "pause"
  | "resume"
  | "fail"
  | "submit"
  | "move"
  | "nothing";

/** What each event may change; everything else stays. */
export const MAY: { readonly [event in SmallEvent]: readonly Part[] } = {
  plan: ["members", "presence", "status"],
  part_of_plan: ["members", "presence", "status"],
  report: ["presence", "health", "promoted", "status", "version"],
  tick: ["presence", "health", "promoted", "status", "version"],
  node: ["presence"],
  promote: ["promoted"],
  pause: ["status"],
  resume: ["status"],
  fail: ["status", "version"],
  submit: ["version"],
  move: ["presence"],
  nothing: [],
};

export type Status = SmallGroup["status"];

/** It failed; of a version that is stable all the same it binds nothing. */
const FAILED: readonly Status[] = ["failed", "none"];

/** A plan begins one, and ends what is done or superseded. */
const BY_PLAN: { readonly [from in Status]?: readonly Status[] } = {
  none: ["active", "paused"],
  active: ["successful", "cancelled"],
  paused: ["successful", "cancelled"],
};

/** What a deployment may become, by what happens. */
export const BECOMES: { readonly [event in SmallEvent]?: { readonly [from in Status]?: readonly Status[] } } =
  {
    plan: BY_PLAN,
    part_of_plan: BY_PLAN,
    report: { active: FAILED, paused: FAILED },
    tick: { active: FAILED, paused: FAILED },
    pause: { active: ["paused"] },
    resume: { paused: ["active"] },
    fail: { active: FAILED, paused: FAILED },
  };
