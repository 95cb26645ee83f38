import { readFileSync } from "node:fs";
import { preview } from "../../src/explain/index.js";
import type { JobSpecification, JobState, ReconcilePolicy, UpdateStrategy } from "../../src/index.js";
import {
  deploymentList,
  deploymentStatus,
  jobStatus,
  previewPage,
  verdictTable,
} from "../../src/render/index.js";
import type { Behaviour, Request, Scenario, Scripted } from "../../src/simulate/index.js";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** A page of a step: what one would look at then. */
type Page = (state: JobState, now: number) => string;

/** One moment of a story, in milliseconds after its beginning, and what to look at. */
export interface Step {
  readonly at: number;
  readonly title: string;
  readonly pages: readonly Page[];
}

/** A rollout of the user's job: a scenario, and where to look. */
export interface Story {
  readonly name: string;
  readonly about: string;
  readonly scenario: (seed: number) => Scenario;
  readonly steps: readonly Step[];
}

/** Deployments are called after the evaluation that made them. */
export const POLICY: ReconcilePolicy = {
  newId: (what) => {
    const tried = what.attempt === 0 ? "" : `~${what.attempt}`;
    return what.kind === "deployment"
      ? `${what.evaluationId.replace("eval", "deployment")}${tried}`
      : `${what.evaluationId}/${what.group}/${what.ordinal}${tried}`;
  },
};

const ORIGINAL = JSON.parse(
  readFileSync(new URL("./docs-job.json", import.meta.url), "utf8"),
) as JobSpecification;

/** The user's job with an image, and another way to update. */
function docsJob(image: string, update: UpdateStrategy): JobSpecification {
  return {
    ...ORIGINAL,
    groups: ORIGINAL.groups.map((group) => ({
      ...group,
      update: { ...group.update, ...update },
      tasks: group.tasks.map((task) => ({ ...task, config: { image: `api-server:${image}` } })),
    })),
  };
}

const status: Page = (state) => jobStatus(state);
const deployments: Page = (state) => deploymentList(state.deployments);
const deployment: Page = ({ deployments }) => {
  const latest = [...deployments].sort((a, b) => b.createIndex - a.createIndex)[0];
  return latest === undefined ? "No deployment." : deploymentStatus(latest);
};

/** What submitting 1.4 would do, and why. */
function previewOf(update: UpdateStrategy): Page {
  return (state, now) => {
    const seen = preview(state, { kind: "submit", job: docsJob("1.4", update) }, { now, policy: POLICY });
    return `${previewPage(seen)}\n\n${verdictTable(seen.plan)}`;
  };
}

function tell(at: number, request: Request): Scripted {
  return { at, event: { kind: "tell", jobId: "docs", request } };
}

/** 1.3 at the beginning, 1.4 after a minute - with the check-index that the plan named - and what follows. */
function rollout(
  update: UpdateStrategy,
  more: readonly Scripted[] = [],
  behaviours: readonly Behaviour[] = [],
) {
  return (seed: number): Scenario => ({
    seed,
    start: 1_501_098_836_000,
    nodes: ["node-1", "node-2", "node-3"].map((id) => ({ id })),
    script: [
      tell(0, { kind: "submit", job: docsJob("1.3", update) }),
      tell(MINUTE, { kind: "submit", job: docsJob("1.4", update), checkIndex: 1 }),
      ...more,
    ],
    behaviours,
  });
}

function opening(update: UpdateStrategy): Step[] {
  return [
    { at: 45 * SECOND, title: "1.3 is version 0, and healthy", pages: [status] },
    { at: MINUTE - 1, title: "plan the change to 1.4", pages: [previewOf(update)] },
  ];
}

const CANARIES_HEALTHY = "submit 1.4; its canaries become healthy beside 1.3";
const promote = tell(2 * MINUTE, { kind: "promote" });
const blueGreen: UpdateStrategy = { canary: 5 };
const oneCanary: UpdateStrategy = { canary: 1 };
const rolling: UpdateStrategy = { canary: 0, maxParallel: 2 };

export const STORIES: readonly Story[] = [
  {
    name: "blue-green",
    about: "five canaries beside five running, then the promotion",
    scenario: rollout(blueGreen, [promote]),
    steps: [
      ...opening(blueGreen),
      { at: 100 * SECOND, title: CANARIES_HEALTHY, pages: [status] },
      { at: 121 * SECOND, title: "promote: the old ones stop", pages: [status] },
    ],
  },
  {
    name: "fail",
    about: "the same, but the deployment is failed, and rolls back by itself",
    scenario: rollout(blueGreen, [tell(2 * MINUTE, { kind: "fail" })]),
    steps: [
      ...opening(blueGreen),
      { at: 100 * SECOND, title: CANARIES_HEALTHY, pages: [status] },
      {
        at: 121 * SECOND,
        title: "fail it: the canaries stop, the old ones are adopted as version 2",
        pages: [status, deployments],
      },
    ],
  },
  {
    name: "canary",
    about: "one canary, the promotion, and a rolling update of the rest",
    scenario: rollout(oneCanary, [promote]),
    steps: [
      ...opening(oneCanary),
      { at: 100 * SECOND, title: CANARIES_HEALTHY, pages: [status] },
      { at: 122 * SECOND, title: "promote: one goes for the canary, one is replaced", pages: [status] },
      { at: 153 * SECOND, title: "the newest is healthy; the next is replaced", pages: [deployment] },
      { at: 184 * SECOND, title: "and the next", pages: [deployment] },
      { at: 215 * SECOND, title: "and the last", pages: [deployment] },
      { at: 250 * SECOND, title: "all five run 1.4", pages: [status, deployments] },
    ],
  },
  {
    name: "never-healthy",
    about: "a canary whose checks never pass: the deadlines end it, and the job rolls back",
    scenario: rollout(oneCanary, [], [{ of: { versions: [1] }, failsChecks: true }]),
    steps: [
      ...opening(oneCanary),
      { at: 5 * MINUTE, title: "the canary runs, and is not healthy", pages: [status] },
      {
        at: 11 * MINUTE + SECOND,
        title: "its healthy deadline passed: it is unhealthy",
        pages: [deployment],
      },
      {
        at: 16 * MINUTE + SECOND,
        title: "the progress deadline passed: failed, and rolled back",
        pages: [status, deployments],
      },
    ],
  },
  {
    name: "rolling",
    about: "no canaries: two at a time",
    scenario: rollout(rolling),
    steps: [
      ...opening(rolling),
      { at: 62 * SECOND, title: "two are replaced", pages: [status] },
      { at: 93 * SECOND, title: "they are healthy; the next two", pages: [deployment] },
      { at: 124 * SECOND, title: "and the last one", pages: [deployment] },
      { at: 160 * SECOND, title: "all five run 1.4", pages: [status] },
    ],
  },
  {
    name: "fail-after-promotion",
    about:
      "the new version goes wrong in the middle of the rolling update, and rolls back under the same budget",
    scenario: rollout(oneCanary, [
      promote,
      tell(160 * SECOND, { kind: "report_health", unhealthy: ["docs-007"] }),
    ]),
    steps: [
      ...opening(oneCanary),
      { at: 100 * SECOND, title: CANARIES_HEALTHY, pages: [status] },
      { at: 155 * SECOND, title: "promoted, and one rolling step done", pages: [deployment] },
      {
        at: 161 * SECOND,
        title: "one is reported unhealthy: failed, and the old ones that still run are adopted",
        pages: [status, deployments],
      },
      { at: 5 * MINUTE, title: "the others were replaced one by one", pages: [status, deployments] },
    ],
  },
];
