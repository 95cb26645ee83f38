// node --import tsx main.ts COMMAND: run, submit FILE, promote, fail, stop, status; --dir DIR is where the state is.
import { once } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { isActive } from "../../../src/index.js";
import { jobStatus } from "../../../src/render/index.js";
import { type Moment, Orchestrator } from "./orchestrator.js";
import { load, save } from "./store.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { dir: { type: "string", default: "orchestrator" }, every: { type: "string", default: "1000" } },
});
const directory = resolve(values.dir);
const [command = "status", file = ""] = positionals;

/** For tests: DIE_AT=applied is a kill -9 of ourselves when a plan has just been written down. */
function moment(now: Moment): void {
  if (process.env["DIE_AT"] === now) process.kill(process.pid, "SIGKILL");
}

async function run(): Promise<void> {
  if (await call().catch(() => false)) throw new Error(`Another one runs in "${directory}".`);
  mkdirSync(directory, { recursive: true });
  const orchestrator = new Orchestrator({ directory, checkEvery: Number(values.every), moment });
  const server = createServer(async (request, response) => {
    try {
      // An event, as the library has them; without one it only says that it is there.
      if (request.method === "POST") await orchestrator.accept(JSON.parse(await text(request)));
      response.end(directory);
    } catch (error) {
      response.writeHead(400).end(error instanceof Error ? error.message : String(error));
    }
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  save(directory, "control", server.address());
  await orchestrator.run();
}

/** Whether an orchestrator of this directory did it; what it refuses is an error. */
async function call(event?: object): Promise<boolean> {
  const post = event === undefined ? {} : { method: "POST", body: JSON.stringify(event) };
  const response = await reach({ headers: { connection: "close" }, ...post }).catch(() => undefined);
  if (response === undefined) throw new Error(`No orchestrator runs in "${directory}".`);
  const said = await response.text();
  if (!response.ok) throw new Error(said);
  return said === directory;
}

async function reach(request: RequestInit): Promise<Response> {
  const control: { port: unknown } = JSON.parse(readFileSync(join(directory, "control.json"), "utf8"));
  return fetch(`http://127.0.0.1:${control.port}/`, request);
}

async function aboutDeployment(kind: "promote" | "fail"): Promise<void> {
  const deployment = load(directory).job.deployments.find(isActive);
  if (deployment === undefined) throw new Error(`No deployment is active: nothing to ${kind}.`);
  await call({ kind, deploymentId: deployment.id });
}

try {
  if (command === "run") await run();
  else if (command === "submit") await call({ kind: "submit", job: JSON.parse(readFileSync(file, "utf8")) });
  else if (command === "promote" || command === "fail") await aboutDeployment(command);
  else if (command === "stop") await call({ kind: "stop_job" });
  else if (command !== "status") throw new Error(`There is no command "${command}".`);
  const { job, processes } = load(directory);
  console.log(jobStatus(job));
  console.table(processes);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
