// npm run conformance -- PATH...: compares our decisions with recorded ones (README.md tells the format).
import { compare, type Outcome } from "./compare.js";
import { readVectors, vectorFiles } from "./read-vectors.js";
import type { Vector } from "./vector.js";

/** How many differing vectors are printed whole. */
const SHOWN = 5;

function outcomeOf(vector: Vector): Outcome {
  try {
    return compare(vector);
  } catch (error) {
    const difference = { part: "error", recorded: "a decision", ours: String(error) };
    return { id: vector.id, verdict: "differ", differences: [difference], deviations: [] };
  }
}

function printDifferences({ id, differences }: Outcome): void {
  console.log(`${id}: differs`);
  for (const { part, recorded, ours } of differences) {
    console.log(`  ${part}`);
    console.log(`    recorded  ${JSON.stringify(recorded)}`);
    console.log(`    ours      ${JSON.stringify(ours)}`);
  }
}

function undeterminedLine({ id, isAlternative }: Outcome): string {
  if (isAlternative === undefined) return `${id}: undetermined, no alternatives recorded`;
  return `${id}: undetermined, ours is ${isAlternative ? "one" : "none"} of the recorded alternatives`;
}

function main(paths: readonly string[]): number {
  if (paths.length === 0) {
    console.error("usage: npm run conformance -- PATH...   (files or folders of *.jsonl)");
    return 2;
  }
  const outcomes = vectorFiles(paths).flatMap(readVectors).map(outcomeOf);
  const having = (verdict: Outcome["verdict"]): Outcome[] =>
    outcomes.filter((outcome) => outcome.verdict === verdict);

  const differing = having("differ");
  for (const outcome of differing.slice(0, SHOWN)) printDifferences(outcome);
  const rest = differing.slice(SHOWN).map(({ id }) => id);
  if (rest.length > 0) console.log(`... and ${rest.length} more differ: ${rest.join(" ")}`);
  for (const outcome of having("undetermined")) console.log(undeterminedLine(outcome));
  console.log(
    `conformance: ${having("match").length} match, ${differing.length} differ, ${having("deviate").length} deviate, ${having("undetermined").length} undetermined`,
  );
  return differing.length === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
