import type { Space } from "../../explore/index.js";
import type { Member, Move, SmallEvent, SmallGroup } from "./small-group.js";
import { forbidden, isCanarying, stable } from "./small-model.js";

/** A group and what bounds it. */
export interface SmallOptions {
  readonly count: number;
  readonly maxParallel: number;
  readonly canary: number;
  /** How many versions there may be. */
  readonly versions: number;
  /** How many members may become unhealthy or leave. */
  readonly faults: number;
}

/** The model alone, in one state. */
export interface SmallState {
  readonly group: SmallGroup;
  readonly faults: number;
}

/** A step that the model allows. */
export interface SmallStep {
  readonly event: SmallEvent;
  readonly to: SmallState;
}

/**
 * Everything that the model allows to one group, without a line of the library: a space for `explore`.
 *
 * @example
 * ```ts
 * const space = smallSpace({ count: 1, canary: 1, maxParallel: 1, versions: 2, faults: 0 });
 * explore(space).violations; // []
 * ```
 *
 * @public
 */
export function smallSpace(options: SmallOptions): Space<SmallState, SmallStep> {
  const { count, maxParallel } = options;
  const first: Member = { version: 0, health: "healthy", presence: "here", canary: false };
  const members = Array.from({ length: count }, () => first);
  const group: SmallGroup = {
    version: 0,
    count,
    maxParallel,
    isKeptUp: true,
    status: "successful",
    wanted: 0,
    promoted: false,
    members,
  };
  return {
    initial: { group, faults: 0 },
    events: (state) => steps(state, options),
    next: (_, { to }) => to,
    canonical: textOf,
    properties: {
      ofState: (state) => wrongState(state, options.canary),
      // It is proven, or it failed and a person must go on.
      mayLast: ({ group: { status } }) => status === "successful" || status === "failed",
    },
  };
}

function textOf({ group: { version, status, wanted, promoted, members }, faults }: SmallState): string {
  const texts = members.map((one) => `${one.version}${one.health}${one.presence}${one.canary}`).sort();
  return `${faults} ${version} ${status} ${wanted} ${promoted} ${texts.join()}`;
}

/** What must hold of the model itself. */
function wrongState({ group, faults }: SmallState, canary: number): string | undefined {
  const { count, maxParallel, members, wanted } = group;
  const here = stable(group);
  const canaries = members.filter(
    ({ canary, presence, version }) => canary && presence === "here" && version === group.version,
  );
  // Canaries that were promoted are surplus until the next plan.
  if (here.length > count + canary * group.version + faults) return `${here.length} of ${count}`;
  // One that leaves is replaced, and may have been before.
  if (canaries.length > wanted + faults) return `${canaries.length} canaries of ${wanted}`;
  if (faults > 0) return undefined;
  if (here.length < count) return `${here.length} of ${count} without a fault`;
  // What a superseded version left undecided is judged by nobody, and counts.
  const well = here.filter(({ health }) => health === "healthy" || health === "unwatched").length;
  const least = isCanarying(group) ? 0 : count - maxParallel;
  return well < least ? `${well} healthy, at least ${least} must be` : undefined;
}

/** Every step that the model allows, of all that could be thought of. */
function steps({ group, faults }: SmallState, options: SmallOptions): SmallStep[] {
  const found = new Map<string, SmallStep>();
  const offer = (event: SmallEvent, after: SmallGroup, moves: readonly Move[], isFault = false): void => {
    if (isFault && faults >= options.faults) return;
    if (forbidden(group, event, moves, after) !== undefined) return;
    const to = { group: after, faults: faults + (isFault ? 1 : 0) };
    const text = textOf(to);
    if (!found.has(text)) found.set(text, { event, to });
  };
  plans(group, options, (after, moves) => offer("plan", after, moves));
  group.members.forEach((from, at) => {
    const become = (event: SmallEvent, change: Partial<Member>, isFault: boolean): void => {
      const to = { ...from, ...change };
      offer(
        event,
        { ...group, members: group.members.map((one, n) => (n === at ? to : one)) },
        [{ from, to }],
        isFault,
      );
    };
    if (from.presence === "here") become("node", { presence: "leaving" }, true);
    if (from.health !== "undecided") return;
    become("report", { health: "healthy" }, false);
    become("report", { health: "unhealthy" }, true);
  });
  offer("pause", { ...group, status: "paused" }, []);
  offer("resume", { ...group, status: "active" }, []);
  offer("fail", { ...group, status: "failed" }, []);
  const promoted = group.members.map((one) =>
    one.version === group.version ? { ...one, canary: false } : one,
  );
  offer("promote", { ...group, promoted: true, members: promoted }, []);
  if (group.version + 1 < options.versions) {
    const unwatched = group.members.map(
      (one): Member => (one.health === "undecided" ? { ...one, health: "unwatched" } : one),
    );
    offer(
      "submit",
      {
        ...group,
        version: group.version + 1,
        status: "none",
        wanted: 0,
        promoted: false,
        members: unwatched,
      },
      [],
    );
  }
  return [...found.values()];
}

/** Every way to stop some and place some, and what becomes of the deployment. */
function plans(
  group: SmallGroup,
  { count, canary }: SmallOptions,
  offer: (after: SmallGroup, moves: readonly Move[]) => void,
): void {
  const { members, version, status } = group;
  const older = Math.max(
    -1,
    ...members.filter((one) => one.version < version && !one.canary).map((one) => one.version),
  );
  const deployments =
    status === "none"
      ? [{ status: "active" as const, wanted: older < 0 ? 0 : canary }]
      : [{}, ...(status === "active" ? [{ status: "successful" as const }] : [])];
  for (let stopped = 0; stopped < 1 << members.length; stopped++) {
    const gone = members.filter((_, at) => (stopped >> at) & 1);
    const kept = members.filter((_, at) => !((stopped >> at) & 1));
    for (let places = 0; places <= count; places++) {
      for (let canaries = 0; canaries <= canary; canaries++) {
        for (const runs of older < 0 ? [version] : [version, older]) {
          const placed = (is: boolean, n: number): Member[] =>
            Array.from({ length: n }, () => ({
              version: is ? version : runs,
              health: is || runs === version ? "undecided" : "unwatched",
              presence: "here",
              canary: is,
            }));
          const come = [...placed(false, places), ...placed(true, canaries)];
          const moves = [...gone.map((from) => ({ from })), ...come.map((to) => ({ to }))];
          for (const deployment of deployments) {
            const after: SmallGroup = { ...group, ...deployment, members: [...kept, ...come] };
            offer(after, moves);
          }
        }
      }
    }
  }
}
