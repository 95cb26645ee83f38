import type { FollowUp, Plan } from "../model/index.js";
import { isVerdict } from "./plan-reading.js";
import type { PlanCase, PlanProperty } from "./violation.js";
import { type Wrong, wrong } from "./wrong.js";

/** @public */
export const wakeUps: PlanProperty = {
  kind: "plan",
  name: "wake-ups",
  sentence:
    "Every need that time can end has exactly one follow-up, and at any moment before the earliest the answer is the same.",
  anchor: "properties.md#wake-ups",
  cost: "more_plans",
  check: (subject) => [...withoutFollowUp(subject), ...notOne(subject), ...changesBefore(subject)],
};

/** Every need and its follow-up find each other, once. */
function notOne({ input, plan }: PlanCase): Wrong[] {
  const byId = new Map(input.allocations.map((allocation) => [allocation.id, allocation]));
  const asked = new Map<string, number>();
  for (const { cause, allocations } of plan.followUps) {
    for (const id of allocations) asked.set(`${cause} ${id}`, (asked.get(`${cause} ${id}`) ?? 0) + 1);
  }
  const found: Wrong[] = [];
  for (const [what, times] of asked)
    if (times > 1) found.push(wrong`${{ what }} has ${{ times }} follow-ups`);
  const requireOne = (cause: FollowUp["cause"], allocationId: string): void => {
    if (!asked.has(`${cause} ${allocationId}`))
      found.push(wrong`${{ allocationId }} has no follow-up for ${{ cause }}`);
  };
  for (const action of plan.actions) {
    if (!isVerdict(action)) continue;
    const goes = action.kind === "disconnect" || ("disconnect" in action && action.disconnect === true);
    if (goes) requireOne("lost_after", action.allocationId);
  }
  for (const waiting of plan.waiting) {
    if (waiting.for !== "client_stop") continue;
    for (const id of waiting.allocations) {
      if (byId.get(id)?.followUpEvaluationId === undefined) requireOne("stop_on_client_after", id);
    }
  }
  return found;
}

function withoutFollowUp({ input, plan }: PlanCase): Wrong[] {
  const byId = new Map(input.allocations.map((allocation) => [allocation.id, allocation]));
  const asked = new Map(plan.followUps.map((followUp) => [followUp.id, followUp]));
  const found: Wrong[] = [];
  for (const action of plan.actions) {
    if (!isVerdict(action)) continue;
    const own = action.followUpEvaluationId;
    if (own !== undefined && !asked.has(own))
      found.push(
        wrong`${{ allocationId: action.allocationId }} waits for ${{ followUpEvaluationId: own }}, which is not asked for`,
      );
    const waits = action.kind === "ignore" && action.reason.code === "waiting_for_reschedule";
    if (waits && own === undefined && byId.get(action.allocationId)?.followUpEvaluationId === undefined) {
      found.push(
        wrong`${{ allocationId: action.allocationId }} waits for a reschedule that nobody asked for`,
      );
    }
  }
  if (asked.size !== plan.followUps.length) found.push(wrong`two follow-ups bear one id`);
  for (const { id, at } of plan.followUps) {
    if (plan.wakeAt === undefined || plan.wakeAt > at)
      found.push(
        wrong`${{ followUpEvaluationId: id }} is at ${{ at }}, after wakeAt ${{ wakeAt: plan.wakeAt }}`,
      );
  }
  return found;
}

function changesBefore({ input, plan, reconcile }: PlanCase): Wrong[] {
  const last = plan.wakeAt === undefined ? input.now + 86_400_000 : plan.wakeAt - 1;
  if (last < input.now - 1) return [wrong`wakeAt ${{ wakeAt: plan.wakeAt }} is before ${{ now: input.now }}`];
  if (last <= input.now) return [];
  const expected = decided(plan);
  return [input.now + Math.floor((last - input.now) / 2), last].flatMap((now) => {
    const later = decided(reconcile({ ...input, now }));
    return later === expected
      ? []
      : [
          wrong`at ${{ at: now }}, before wakeAt ${{ wakeAt: plan.wakeAt }}, the answer is ${{ answer: later }}, not ${{ expected }}`,
        ];
  });
}

/** What a plan decides, less the times that count from now. */
function decided(plan: Plan): string {
  return JSON.stringify(
    plan.actions.map((action) => [
      action.kind,
      isVerdict(action) ? action.allocationId : action.name,
      action.reason.code,
    ]),
  );
}
