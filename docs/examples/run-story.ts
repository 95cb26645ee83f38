import { explain, unstick } from "../../src/explain/index.js";
import type { JobState } from "../../src/index.js";
import { explanationPage, timelineSvg } from "../../src/render/index.js";
import { advance, createWorld, type Simulation, simulate, type Timeline } from "../../src/simulate/index.js";
import { POLICY, type Story } from "./stories.js";

/** A story that was told: the whole run, and the pages of each step. */
export interface ToldStory {
  readonly run: Simulation;
  readonly pages: readonly string[];
}

/** Runs a story, and stops at every step to look around. */
export function runStory(story: Story, seed: number, onStep: (done: number) => void = () => {}): ToldStory {
  const scenario = story.scenario(seed);
  const options = { policy: POLICY };
  let world = createWorld(scenario);
  const pages = story.steps.map(({ at, pages }, step) => {
    world = advance(world, (scenario.start ?? 0) + at, options);
    onStep(step + 1);
    const [job] = world.jobs;
    return job === undefined
      ? ""
      : [...pages.map((page) => page(job.state, world.now)), whyOf(job.state, world.now)].join("\n\n");
  });
  return { run: simulate(scenario, options), pages };
}

/** What the rollout waits for, and what would help. */
function whyOf(state: JobState, now: number): string {
  const explanation = explain(state, now, { policy: POLICY });
  return explanationPage(explanation, unstick(state, now, { policy: POLICY, ways: 3 }));
}

/** The timeline of a run of a story as a picture. */
export function pictureOf({ name, about }: Story, timeline: Timeline): string {
  const [job] = timeline.jobs;
  if (job === undefined) throw new Error("a story is about a job");
  return timelineSvg(job, timeline, { title: `${name}: ${about}` });
}

/** Runs a story, and draws it. */
export function storyPicture(story: Story, seed: number): string {
  return pictureOf(story, runStory(story, seed).run);
}
