import type { JobSpecification } from "../../lifecycle/index.js";
import { currentJob, isActive, type Job } from "../../model/index.js";
import { changedGroups, taskGroup } from "../generate/specification.js";
import type { Happens } from "./happening.js";
import { JOB, type Life } from "./life.js";

/** The first version of the job. */
export const begin: Happens = (life) => {
  const { choices, limits } = life;
  const type = limits.batch
    ? choices.of("service", "service", "service", "service", "service", "batch")
    : "service";
  const options = { type, image: "image:0", limits };
  const groups = [taskGroup(choices, "web", options)];
  if (limits.groups > 1 && choices.oneIn(3)) groups.push(taskGroup(choices, "api", options));
  life.send({ kind: "submit", job: { id: JOB, type, groups } });
};

/** Another version: a new one, an earlier one again, or now and then one that cannot be. */
export const submit: Happens = (life) => {
  const { choices, state, limits } = life;
  const current = currentJob(state.versions);
  if (current === undefined) {
    const options = { type: "service", image: "image:0", limits } as const;
    life.send({
      kind: "submit",
      job: { id: JOB, type: "service", groups: [taskGroup(choices, "web", options)] },
    });
    return;
  }
  const older = life.anyOf(state.versions) ?? current;
  const groups = choices.oneIn(4) ? older.groups : changed(life, current);
  const isOtherType = limits.batch && choices.oneIn(40);
  const job: JobSpecification = { id: JOB, type: isOtherType ? "batch" : current.type, groups };
  life.send({
    kind: "submit",
    job: choices.oneIn(40) ? { ...job, id: "other" } : choices.oneIn(40) ? { ...job, priority: 101 } : job,
    ...(choices.oneIn(6) ? { checkIndex: choices.of(current.modifyIndex, 0, 7) } : {}),
  });
};

function changed({ choices, state, limits }: Life, { groups, type }: Job): Job["groups"] {
  return changedGroups(choices, groups, { type, image: `image:${state.index}`, limits });
}

export const resubmit: Happens = (life) => {
  const current = currentJob(life.state.versions);
  if (current !== undefined) life.send({ kind: "submit", job: current });
};

export const scale: Happens = (life) => {
  const count = life.choices.of(3, 0, 1, 2, 4, 6, -1);
  life.send({ kind: "scale", group: life.choices.of("web", "web", "web", "api", "none"), count });
};

export const revert: Happens = (life) => {
  const { choices } = life;
  const version = choices.below(6);
  const to = choices.oneIn(8) ? { tag: "good" } : { version };
  life.send({ kind: "revert", to, ...(choices.oneIn(8) ? { enforcePriorVersion: choices.below(4) } : {}) });
};

/** Somebody fails the deployment of a version that was superseded a moment ago. */
export const submitAndFail: Happens = (life) => {
  const current = currentJob(life.state.versions);
  const deployment = life.state.deployments.find(isActive);
  if (current === undefined || deployment === undefined) return;
  life.send({ kind: "submit", job: { ...current, groups: changed(life, current) } }, "later");
  life.send({ kind: "fail", deploymentId: deployment.id });
};

export const stopJob: Happens = (life) => {
  if (life.choices.oneIn(8))
    life.send({ kind: "stop_job", ...(life.choices.oneIn(2) ? { purge: true } : {}) });
};

export const tagOrUntag: Happens = (life) => {
  const { choices } = life;
  const tag = choices.of("good", "better");
  if (choices.oneIn(3)) life.send({ kind: "untag", tag });
  else life.send({ kind: "tag", version: choices.below(4), tag });
};
