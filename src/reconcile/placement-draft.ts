import type { PlaceReason, TaskGroup, VersionReason } from "../model/index.js";

/** A placement while it is still being decided: its name may change once, and its version is found last. */
export interface PlacementDraft {
  /** The allocation that it takes over from; -1: none. */
  readonly previous: number;
  readonly reason: PlaceReason;
  readonly canary: boolean;
  nameIndex: number;
  /** Names are looked at again in this order (rule 7). */
  readonly nameRank: NameRank;
  readonly version: VersionChoice;
}

/** Whose name is looked at first when an index is held twice; `given` is never looked at again. */
export type NameRank = "canary" | "replacement" | "migration" | "given";

/** The version that a placement runs, why, and the deployment that it joins. */
export interface VersionChoice {
  readonly jobVersion: number;
  readonly jobCreateIndex: number;
  readonly why: VersionReason;
  /** `"active"`: the deployment of the current version that is active after this plan, if the group has a state there. */
  readonly joins: string | "active" | undefined;
}

/** A destructive update while its name may still change (rule 7). */
export interface ReplacementDraft {
  readonly allocation: number;
  nameIndex: number;
  readonly nameRank: "replacement";
}

/** The version that a deployment other than the current one proved for the group. */
export interface ProvenVersion {
  readonly jobVersion: number;
  readonly jobCreateIndex: number;
  readonly deploymentId: string;
  readonly group: TaskGroup;
}
