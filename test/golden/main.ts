// npm run golden: what is decided otherwise than the golden plans say, and writes that down. npm run golden -- --collect NAME: a new corpus.
import { existsSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { collect } from "./collect.js";
import { type Corpus, corpora, decide, fileOf, hashOf } from "./corpus.js";

const { values } = parseArgs({
  options: { collect: { type: "string" }, seed: { type: "string", default: "1" } },
});

if (values.collect === undefined) for (const corpus of corpora()) rewrite(corpus);
else add(values.collect, Number(values.seed));

function rewrite(corpus: Corpus): void {
  const now = decide(corpus);
  const changed = now.flatMap((line, at) => (line === corpus.decisions[at] ? [] : [at]));
  for (const at of changed) {
    const what = at < corpus.inputs.length ? `input ${at + 1}` : `trace ${at + 1 - corpus.inputs.length}`;
    console.log(`${corpus.name}, ${what}\n- ${corpus.decisions[at]}\n+ ${now[at]}`);
  }
  console.log(`golden corpus \`${corpus.name}\`: ${changed.length} of ${now.length} changed`);
  if (changed.length > 0) write(corpus.name, "decisions", now);
  console.log(`golden corpus \`${corpus.name}\` is \`${hashOf(corpus, now)}\``);
}

function add(name: string, seed: number): void {
  if (existsSync(fileOf(name, "inputs"))) throw new Error(`the corpus ${name} is there already, and stays`);
  const { inputs, traces } = collect(seed);
  write(
    name,
    "inputs",
    inputs.map((input) => JSON.stringify(input)),
  );
  write(
    name,
    "traces",
    traces.map((trace) => JSON.stringify(trace)),
  );
  const decisions = decide({ inputs, traces });
  write(name, "decisions", decisions);
  console.log(
    `golden corpus \`${name}\` is \`${hashOf({ inputs, traces }, decisions)}\`: ${inputs.length} inputs, ${traces.length} traces`,
  );
}

function write(name: string, what: "inputs" | "traces" | "decisions", lines: readonly string[]): void {
  writeFileSync(fileOf(name, what), `${lines.join("\n")}\n`);
}
