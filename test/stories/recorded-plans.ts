import { readFileSync } from "node:fs";
import { preview } from "../../src/explain/index.js";
import { isVerdigrisError, type JobSpecification, type VerdigrisError } from "../../src/index.js";
import { readState, readVersions } from "../../src/nomad/index.js";
import { previewPage } from "../../src/render/index.js";
import { recordedStates } from "../fixtures/recorded-states.js";

/** A plan that the agent was asked for, with the page that its command line printed. */
interface RecordedPlan {
  readonly story: string;
  readonly step: string;
  /** The job as the agent understood it. */
  readonly job: object;
  readonly text: readonly string[];
  /** The page with `-verbose`, where it is another one. */
  readonly verbose?: readonly string[];
}

/** The same page from the agent and from us. */
export interface TwoPages {
  readonly page: string;
  readonly recorded: readonly string[];
  /** Our lines, or how we refuse. */
  readonly ours: readonly string[] | VerdigrisError;
}

/** When the plans were made does not matter to them: nothing is due. */
const NOW = 1_795_449_704_000;

const STATES = recordedStates();
const file = new URL("../fixtures/plans.json", import.meta.url);

/** Every page that was recorded, next to ours for the same change of the same state. */
export function twoPages(): TwoPages[] {
  const plans: readonly RecordedPlan[] = JSON.parse(readFileSync(file, "utf8"));
  return plans.flatMap(({ story, step, job, text, verbose }) => [
    { page: `${story}/${step}`, recorded: text, ours: ourPage(story, step, job, false) },
    { page: `${story}/${step} -verbose`, recorded: verbose ?? text, ours: ourPage(story, step, job, true) },
  ]);
}

function ourPage(story: string, step: string, job: object, verbose: boolean): TwoPages["ours"] {
  // A plan changes nothing: the newest state that was noted is the one that it was made in.
  const before = STATES.filter((one) => one.story === story && one.step <= step).at(-1);
  const state = readState(before?.answers ?? { versions: [], allocations: [], deployments: [] });
  try {
    const seen = preview({ index: 1, ...state }, { kind: "submit", job: specificationOf(job) }, { now: NOW });
    return previewPage(seen, { verbose }).split("\n");
  } catch (error) {
    if (isVerdigrisError(error)) return error;
    throw error;
  }
}

/** As it was read, without what the state gives to a version. */
function specificationOf(job: object): JobSpecification {
  const [read] = readVersions([{ ...job, Version: 0, CreateIndex: 0, JobModifyIndex: 0 }]);
  if (read === undefined) throw new Error("one job was read");
  const { version: _, createIndex: __, modifyIndex: ___, ...specification } = read;
  return specification;
}

/** What of two pages is the same line in the same order, and what only one of them has. */
export function comparison(
  recorded: readonly string[],
  ours: readonly string[],
): { readonly agreed: readonly string[]; readonly onlyRecorded: string[]; readonly onlyOurs: string[] } {
  const width = ours.length + 1;
  const longest = new Uint16Array((recorded.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = recorded.length - 1; i >= 0; i--) {
    for (let j = ours.length - 1; j >= 0; j--) {
      longest[i * width + j] =
        recorded[i] === ours[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const agreed: string[] = [];
  const onlyRecorded: string[] = [];
  const onlyOurs: string[] = [];
  let [i, j] = [0, 0];
  while (i < recorded.length || j < ours.length) {
    const [theirs, our] = [recorded[i], ours[j]];
    if (theirs !== undefined && theirs === our) {
      agreed.push(theirs);
      i++;
      j++;
    } else if (our === undefined || (theirs !== undefined && at(i + 1, j) >= at(i, j + 1))) {
      onlyRecorded.push(theirs ?? "");
      i++;
    } else {
      onlyOurs.push(our);
      j++;
    }
  }
  return { agreed, onlyRecorded, onlyOurs };
}
