import type { ApplyPlan, JobEventKind } from "../../lifecycle/index.js";
import { type StepProperty, wrong } from "../../properties/index.js";
import { type SeenGroup, seenGroups } from "./abstraction.js";
import type { Member, Move, SmallEvent } from "./small-group.js";
import { forbidden } from "./small-model.js";

/** What each event is to the model. */
const AS_SMALL: { readonly [kind in JobEventKind]: SmallEvent } = {
  apply_plan: "plan",
  report_health: "report",
  update_clients: "report",
  tick: "tick",
  update_node: "node",
  promote: "promote",
  pause: "pause",
  resume: "resume",
  fail: "fail",
  submit: "submit",
  scale: "submit",
  revert: "submit",
  stop_job: "submit",
  stop_allocation: "move",
  migrate: "move",
  collect: "nothing",
  tag: "nothing",
  untag: "nothing",
};

/** The library goes no step that the small model does not know. @public */
export const lockstep: StepProperty = {
  kind: "step",
  name: "small model",
  sentence: "Every step is one that the small model allows.",
  anchor: "explorer.md#the-small-model",
  cost: "one_step",
  check: ({ before, event, after }) => {
    // A purged job is forgotten when nothing of it is left.
    if (before === after.state || after.state.versions.length === 0) return [];
    const [was, is] = [seenGroups(before), seenGroups(after.state)];
    const small = event.kind === "apply_plan" && !isWhole(event) ? "part_of_plan" : AS_SMALL[event.kind];
    return [...is].flatMap(([group, now]) => {
      const then = was.get(group);
      const why = then === undefined ? undefined : forbidden(then, small, movesOf(then, now), now);
      return why === undefined ? [] : [wrong`group ${{ group }}, ${{ event: small }}: ${{ why }}`];
    });
  },
};

/** Whether all of a plan was carried out - the counts are those of the whole - and found room. */
function isWhole({ plan, placements = [] }: ApplyPlan): boolean {
  if (placements.some((outcome) => "noRoom" in outcome)) return false;
  let said = 0;
  for (const { rescheduleNow: _, rescheduleLater: __, ...counts } of Object.values(plan.groups)) {
    for (const count of Object.values(counts)) said += count;
  }
  return said === plan.actions.length;
}

/** What became of each member that is not what it was. */
function movesOf({ byId: was }: SeenGroup, { byId: is }: SeenGroup): Move[] {
  const moves: Move[] = [];
  for (const [id, from] of was) {
    const to = is.get(id);
    if (to === undefined) moves.push({ from });
    else if (differ(from, to)) moves.push({ from, to });
  }
  for (const [id, to] of is) if (!was.has(id)) moves.push({ to });
  return moves;
}

function differ(one: Member, other: Member): boolean {
  return one.version !== other.version || one.health !== other.health || one.presence !== other.presence;
}
