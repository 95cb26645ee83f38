// npm run demo [-- STORY]: rollouts of the user's job in the simulator, step by step, with the pages that one would look
// at, and a picture of each. --seed N, --out DIR, --trace FILE (write it), --replay FILE (see it again).
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { isVerdigrisError } from "../../src/index.js";
import { jobStatus, timelineText } from "../../src/render/index.js";
import { parseTrace, replayTrace, type Timeline } from "../../src/simulate/index.js";
import { pictureOf, runStory } from "./run-story.js";
import { POLICY, STORIES, type Story } from "./stories.js";

const NAMES = STORIES.map(({ name }) => name);

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seed: { type: "string", default: "1" },
      out: { type: "string", default: "demo" },
      trace: { type: "string" },
      replay: { type: "string" },
    },
  });
  if (values.replay !== undefined) {
    seeAgain(values.replay);
    return;
  }
  const seed = Number(values.seed);
  if (!Number.isInteger(seed)) throw new Refusal(`--seed is "${values.seed}"; it must be a whole number.`);
  const told = positionals.length === 0 ? STORIES.slice(0, 3) : positionals.map(storyCalled);
  for (const story of told) tell(story, seed, values.out, values.trace);
  writePage(told, values.out);
}

function storyCalled(name: string): Story {
  const story = STORIES.find((one) => one.name === name);
  if (story === undefined) throw new Refusal(`There is no story "${name}"; there is ${NAMES.join(", ")}.`);
  return story;
}

function tell(story: Story, seed: number, out: string, trace: string | undefined): void {
  const { name, about, steps } = story;
  console.log(`\n${"=".repeat(100)}\n${name}: ${about}\n${"=".repeat(100)}`);
  const { run, pages } = runStory(story, seed, (done) =>
    progress(`${name}: step ${done} of ${steps.length}`),
  );
  progress("");
  steps.forEach(({ title }, at) => {
    console.log(`\n--- ${name}, step ${at + 1}: ${title}\n\n${pages[at] ?? ""}`);
  });
  console.log(`\n${picture(run)}`);
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, `${name}.svg`), pictureOf(story, run));
  if (trace !== undefined) writeFileSync(trace, JSON.stringify(run.trace));
}

/** Where somebody watches, how far it is. */
function progress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
}

function picture(timeline: Timeline): string {
  return timeline.jobs
    .map((job) => timelineText(job, timeline, { colour: process.stdout.isTTY === true }))
    .join("\n\n");
}

function writePage(stories: readonly Story[], out: string): void {
  const pictures = stories.map(
    ({ name, about }) =>
      `<h2>${name}</h2><p>${about}</p><img src="${name}.svg" alt="The timeline of ${name}">`,
  );
  const style = "body{font-family:system-ui;margin:2rem;color-scheme:light dark}img{max-width:100%}";
  writeFileSync(
    join(out, "index.html"),
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Rollouts</title><style>${style}</style><h1>Rollouts</h1>${pictures.join("")}</html>\n`,
  );
  console.log(`\nPictures: ${join(out, "index.html")}`);
}

/** A trace that somebody recorded: what it looks like, where it ends, and what broke. */
function seeAgain(file: string): void {
  const { timeline, jobs, violation } = replayTrace(parseTrace(readJson(file)), { policy: POLICY });
  for (const { state } of jobs) console.log(`${jobStatus(state)}\n`);
  console.log(picture(timeline));
  if (violation !== undefined) {
    console.log(`\nBroken: ${violation.property}, job ${violation.jobId}: ${violation.message}`);
    process.exitCode = 1;
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Refusal(
      `"${file}" cannot be read as a trace: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** Something that was asked for cannot be done; the message says why. */
class Refusal extends Error {}

try {
  main();
} catch (error) {
  const isWrongOption = error instanceof TypeError && "code" in error;
  if (!(error instanceof Refusal || isVerdigrisError(error) || isWrongOption)) throw error;
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
