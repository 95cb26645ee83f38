import { readFileSync } from "node:fs";
import { currentJob, type JobSpecification } from "../../src/index.js";
import {
  deploymentList,
  deploymentStatus,
  jobStatus,
  planPage,
  verdictTable,
} from "../../src/render/index.js";
import { Rollout } from "./rollout.js";

const SECOND = 1_000;

/** One step of a story: what was done, and the pages that one would look at then. */
export interface Step {
  readonly title: string;
  readonly pages: readonly string[];
}

export interface Story {
  readonly name: string;
  readonly about: string;
  readonly tell: () => readonly Step[];
}

/** The user's job, with an image and that many canaries. */
function docsJob(image: string, canary: number): JobSpecification {
  const job = JSON.parse(
    readFileSync(new URL("./docs-job.json", import.meta.url), "utf8"),
  ) as JobSpecification;
  return {
    ...job,
    groups: job.groups.map((group) => ({
      ...group,
      update: { ...group.update, canary },
      tasks: group.tasks.map((task) => ({ ...task, config: { image: `api-server:${image}` } })),
    })),
  };
}

/** Tells a story of the user's job from when image 1.3 runs, with time enough for what is placed to become healthy. */
class Telling {
  readonly rollout = new Rollout({ now: 1_501_098_836_000 });
  readonly steps: Step[] = [];
  readonly #canary: number;

  constructor(canary: number) {
    this.#canary = canary;
    this.rollout.tell({ kind: "submit", job: docsJob("1.3", canary) });
    this.pass(45);
    this.step("1.3 is version 0, and healthy", this.status());
  }

  step(title: string, ...pages: string[]): void {
    this.steps.push({ title, pages });
  }

  status(): string {
    return jobStatus(this.rollout.state);
  }

  deployment(): string {
    return deploymentStatus(this.rollout.deployment);
  }

  deployments(): string {
    return deploymentList(this.rollout.deployments);
  }

  pass(seconds: number): void {
    this.rollout.until(this.rollout.now + seconds * SECOND);
  }

  /** Plans image 1.4, submits it with the check-index that the plan named, and waits for what it places. */
  submit14(): void {
    const { rollout } = this;
    const before = currentJob(rollout.state.versions);
    rollout.send({ kind: "submit", job: docsJob("1.4", this.#canary), checkIndex: before?.modifyIndex ?? 0 });
    const after = currentJob(rollout.state.versions);
    if (after === undefined) throw new Error("the job was just submitted");
    const plan = rollout.plan("preview");
    this.step("plan the change to 1.4", planPage({ before, after }, plan), verdictTable(plan));
    rollout.settle();
    this.pass(45);
    this.step("submit 1.4; its canaries become healthy beside 1.3", this.status());
  }
}

const blueGreen: Story = {
  name: "blue-green",
  about: "five canaries beside five running, then the promotion",
  tell: () => {
    const telling = new Telling(5);
    telling.submit14();
    telling.rollout.tell({ kind: "promote", deploymentId: telling.rollout.deployment.id });
    telling.pass(5);
    telling.step("promote: the old ones stop", telling.status());
    return telling.steps;
  },
};

const fail: Story = {
  name: "fail",
  about: "the same, but the deployment is failed, and rolls back by itself",
  tell: () => {
    const telling = new Telling(5);
    telling.submit14();
    const { id } = telling.rollout.deployment;
    telling.rollout.tell({ kind: "fail", deploymentId: id });
    telling.pass(5);
    telling.step(
      "fail it: the canaries stop, the old ones are adopted as version 2",
      telling.status(),
      telling.deployments(),
    );
    return telling.steps;
  },
};

const canary: Story = {
  name: "canary",
  about: "one canary, the promotion, and a rolling update of the rest",
  tell: () => {
    const telling = new Telling(1);
    telling.submit14();
    const { rollout } = telling;
    rollout.tell({ kind: "promote", deploymentId: rollout.deployment.id });
    rollout.clients();
    telling.step("promote: one goes for the canary, one is replaced", telling.status());
    for (const left of [3, 2, 1]) {
      telling.pass(31);
      telling.step(`the newest is healthy; ${left} left to do`, telling.deployment());
    }
    telling.pass(31);
    telling.step("all five run 1.4", telling.status(), telling.deployments());
    return telling.steps;
  },
};

export const STORIES: readonly Story[] = [blueGreen, fail, canary];
