import { EVERYTHING } from "../generate/job-limits.js";
import { HAPPENING_KINDS } from "../life/happenings.js";
import { badOption } from "./refuse-options.js";
import { type CaseOptions, type ReplayOf, type RunOptions, STEPS } from "./run-options.js";

/**
 * The options of a run; of one that is replayed with what its case was made with. Others than those are refused
 * (`bad_option`): they would lead to another case, which looks like one that is mended.
 */
export function replayed<O extends RunOptions>(options: O): O {
  const { replay, shrinks } = options;
  if (replay === undefined) return options;
  const { options: made = {} } = replay;
  refuseOther("steps", options, made, (steps = STEPS) => steps);
  refuseOther("limits", options, made, (limits) => ({ ...EVERYTHING, ...limits }));
  refuseOther("happenings", options, made, (kinds = HAPPENING_KINDS) => kinds);
  // How short a case is made leads to no other.
  return { ...options, ...made, ...(shrinks === undefined ? {} : { shrinks }) };
}

function refuseOther<K extends keyof CaseOptions>(
  option: K,
  given: CaseOptions,
  made: CaseOptions,
  comesTo: (given: CaseOptions[K]) => unknown,
): void {
  if (given[option] === undefined) return;
  const [is, was] = [given, made].map((options) => JSON.stringify(comesTo(options[option])));
  if (is !== was) throw badOption(option, `is ${is}; what is replayed was found with ${was}: leave it out`);
}

/** What was found, to be seen again: which property, and with which options. */
export function toReplay(
  way: Pick<ReplayOf, "of" | "seed" | "path" | "replayPath">,
  property: string,
  { steps, limits, happenings, shrinks }: CaseOptions,
): ReplayOf {
  const options: CaseOptions = {
    ...(steps === undefined ? {} : { steps }),
    ...(limits === undefined ? {} : { limits }),
    ...(happenings === undefined ? {} : { happenings }),
    ...(shrinks === undefined ? {} : { shrinks }),
  };
  return { ...way, property, ...(Object.keys(options).length === 0 ? {} : { options }) };
}

/** What fast-check is told: as many cases, or the one that is replayed. */
export function parameters(
  many: number,
  endOnFailure: boolean,
  { seed = 1, replay }: RunOptions,
): {
  readonly numRuns: number;
  readonly seed: number;
  readonly endOnFailure: boolean;
  readonly path?: string;
} {
  if (replay === undefined) return { numRuns: many, seed, endOnFailure };
  return { numRuns: 1, seed: replay.seed, endOnFailure, path: replay.path };
}

/** Goes where a replay says; a way that leads nowhere is refused (`bad_option`), for fast-check says it in its own words. */
export function following<T>(replay: ReplayOf | undefined, go: () => T): T {
  if (replay === undefined) return go();
  try {
    return go();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw badOption("replay", `leads to no case: it was changed, or the generators were (${why})`);
  }
}
