import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Moment } from "../../docs/examples/process-orchestrator/orchestrator.js";
import { load, type Stored } from "../../docs/examples/process-orchestrator/store.js";
import {
  currentJob,
  type DeploymentStatus,
  isTerminal,
  type JobSpecification,
  type ReschedulePolicy,
  type UpdateStrategy,
} from "../../src/index.js";

const EXAMPLE = fileURLToPath(new URL("../../docs/examples/process-orchestrator/", import.meta.url));
/** Only a machine that hangs takes as long. */
const LONGEST = 90_000;
const COUNT = 3;

/** The example as one compiled file beside its served program: it is started some twenty times. */
let compiled: string;
let main: string;
let directory: string;
let orchestrators: ChildProcess[];
let complaints: string;

beforeAll(async () => {
  compiled = mkdtempSync(join(tmpdir(), "verdigris-compiled-"));
  main = join(compiled, "main.mjs");
  const entryPoints = [join(EXAMPLE, "main.ts")];
  await build({
    entryPoints,
    outfile: main,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
  });
  copyFileSync(join(EXAMPLE, "server.mjs"), join(compiled, "server.mjs"));
});

afterAll(() => rmSync(compiled, { recursive: true, force: true }));

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "verdigris-processes-"));
  orchestrators = [];
  complaints = "";
});

afterEach(async () => {
  for (const one of orchestrators) await kill(one);
  for (const { pid } of children()) killIfThere(pid);
  await until("every child is gone", () => children().length === 0);
  rmSync(directory, { recursive: true, force: true });
});

describe("an orchestrator of processes", () => {
  it("replaces blue by green once green is promoted", async () => {
    await start();
    await command("submit", fileOf(aJob("blue", { canary: 5 }, { count: 5 })));
    await until("blue serves", async () => deployed(0) && (await answers()).join() === fives("blue"));
    await expect(command("promote")).rejects.toThrow("No deployment is active: nothing to promote.");
    const blue = children().map(({ pid }) => pid);

    await command("submit", fileOf(aJob("green", { canary: 5 }, { count: 5 })));
    await until("green is healthy beside blue", () => healthy(1) === 5);
    expect(children()).toHaveLength(10);
    expect((await answers()).join()).toBe(`${fives("blue")},${fives("green")}`);

    await command("promote");
    await until("green serves alone", async () => deployed(1) && (await answers()).join() === fives("green"));
    await until("blue is gone", () => children().every(({ pid }) => !blue.includes(pid)));
    expect(await command("status")).toMatch(/Status {2,}= successful/);
    expectEachOnce();

    await command("stop");
    await until("nothing runs", () => children().length === 0);
  });

  it("goes back by itself when a canary's health check fails", async () => {
    await start();
    await tell({ kind: "submit", job: aJob("good", { canary: 1, autoRevert: true }) });
    await until("the good one serves", () => deployed(0) && healthy(0) === COUNT);
    const before = children().map(({ pid }) => pid);

    const update = { canary: 1, autoRevert: true, healthyDeadline: 1_000, progressDeadline: 0 };
    await tell({ kind: "submit", job: aJob("bad", update, { health: 503 }) });
    await until("it went back", () => statusOf(1) === "failed" && deployed(2));
    await until("the canary is gone", () => children().length === COUNT);

    expect(currentJob(stored().job.versions)).toMatchObject({ version: 2, rollbackOf: 0, stable: true });
    expect(children().map(({ pid }) => pid)).toEqual(before);
    expect(await answers()).toEqual(["good", "good", "good"]);
    expectEachOnce();
  });

  it("loses nothing when it is killed, whenever that is", async () => {
    await start();
    await tell({ kind: "submit", job: aJob("version 0", { canary: 1, autoPromote: true }) });
    await until("the first version serves", () => deployed(0) && healthy(0) === COUNT);

    const moments: Moment[] = ["planned", "prepared", "applied", "let_go", "stopped", "waiting"];
    for (const [at, moment] of moments.entries()) {
      await kill(orchestrators.at(-1));
      const dying = await start(moment);
      const version = at + 1;
      await tell({ kind: "submit", job: aJob(`version ${version}`, { canary: 1, autoPromote: true }) });
      await until(`it died when it had ${moment}`, () => dying.signalCode === "SIGKILL");
      expect(statusOf(version)).not.toBe("successful");
      await until("no child runs that the file does not name", () =>
        children().every(({ allocation }) => allocation in stored().processes),
      );

      await start();
      await until(`version ${version} serves`, () => deployed(version) && healthy(version) === COUNT);
      await until("nothing else runs", () => children().length === COUNT);
      const live = stored().job.allocations.filter((one) => !isTerminal(one));
      expect(children().map(({ allocation }) => allocation)).toEqual(live.map(({ id }) => id).sort());
      expect(await answers()).toEqual(Array(COUNT).fill(`version ${version}`));
      expectEachOnce();
    }
    // Nothing failed, was rescheduled or was rolled back because the orchestrator died.
    const { deployments, allocations } = stored().job;
    expect(deployments.map(({ status }) => status)).toEqual(Array(moments.length + 1).fill("successful"));
    expect(allocations.filter(({ clientStatus }) => /failed|lost/.test(clientStatus))).toEqual([]);
  });

  it("puts another in the place of a child that dies, also of one that dies while nobody looks", async () => {
    await start();
    const reschedule = { unlimited: true, delay: 100, delayFunction: "constant" } as const;
    await tell({ kind: "submit", job: aJob("steady", {}, { reschedule }) });
    await until("it serves", () => deployed(0) && healthy(0) === COUNT);

    for (const isWatched of [true, false]) {
      const [victim] = children();
      if (victim === undefined) throw new Error("no child");
      if (!isWatched) await kill(orchestrators.at(-1));
      killIfThere(victim.pid);
      if (!isWatched) await start();
      await until("another took its place", () => running() === COUNT && !isLive(victim.allocation));
      await until("all answer", async () => (await answers()).join() === "steady,steady,steady");
      // What nobody saw fail is lost: it is replaced at once, whatever its reschedule policy says.
      const dead = stored().job.allocations.find(({ id }) => id === victim.allocation);
      expect(dead?.clientStatus).toBe(isWatched ? "failed" : "lost");
      expect(dead?.nextAllocation === undefined).toBe(!isWatched);
    }
    expectEachOnce();
  });
});

interface JobOptions {
  readonly count?: number;
  readonly health?: number;
  readonly reschedule?: ReschedulePolicy;
}

function aJob(answer: string, update: UpdateStrategy, more: JobOptions = {}): JobSpecification {
  const { count = COUNT, health = 200, reschedule = { attempts: 0, unlimited: false } } = more;
  const config = { answer, health, journal: journal() };
  return {
    id: "shop",
    type: "service",
    groups: [
      {
        name: "web",
        count,
        reschedule,
        update: { minHealthyTime: 200, healthyDeadline: LONGEST, progressDeadline: 2 * LONGEST, ...update },
        tasks: [{ name: "main", config }],
      },
    ],
  };
}

/** Every child writes a line here when it begins to serve. */
function journal(): string {
  return join(directory, "journal");
}

function expectEachOnce(): void {
  const begun = readFileSync(journal(), "utf8").trim().split("\n");
  expect(begun).toEqual([...new Set(begun)]);
}

function fileOf(job: JobSpecification): string {
  const file = join(directory, "job.json");
  writeFileSync(file, JSON.stringify(job));
  return file;
}

function fives(answer: string): string {
  return Array(5).fill(answer).join();
}

/** A new orchestrator, when it answers. */
async function start(dieAt?: Moment): Promise<ChildProcess> {
  const env = { ...process.env, ...(dieAt === undefined ? {} : { DIE_AT: dieAt }) };
  const line = [main, "run", "--dir", directory, "--every", "50"];
  const child = spawn(process.execPath, line, { stdio: ["ignore", "ignore", "pipe"], env });
  child.stderr.on("data", (text) => {
    complaints += text;
  });
  orchestrators.push(child);
  await until("the orchestrator answers", async () => {
    if (child.exitCode !== null) throw new Error(`it ended: ${complaints}`);
    return isThere();
  });
  return child;
}

function control(): string {
  const { port }: { port: number } = JSON.parse(readFileSync(join(directory, "control.json"), "utf8"));
  return `http://127.0.0.1:${port}/`;
}

/** Also of one that is not there yet. */
async function isThere(): Promise<boolean> {
  try {
    return (await (await fetch(control())).text()) === directory;
  } catch {
    return false;
  }
}

async function tell(event: object): Promise<void> {
  const response = await fetch(control(), { method: "POST", body: JSON.stringify(event) });
  if (!response.ok) throw new Error(await response.text());
}

/** As a user would. */
async function command(...words: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [main, ...words, "--dir", directory], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text) => {
      said += text;
    });
  }
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(said);
  return said;
}

async function kill(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself.
  }
}

/** What really runs for this directory, by allocation. */
function children(): { readonly pid: number; readonly allocation: string }[] {
  const lines = execFileSync("ps", ["-eww", "-o", "pid=,stat=,args="], { encoding: "utf8" }).split("\n");
  return lines
    .flatMap((line) => {
      const [, pid, allocation] = /^\s*(\d+) +[^Z\s]\S* .*server\.mjs (\S+) /.exec(line) ?? [];
      if (pid === undefined || allocation === undefined || !line.includes(directory)) return [];
      return [{ pid: Number(pid), allocation }];
    })
    .sort((a, b) => (a.allocation < b.allocation ? -1 : 1));
}

function stored(): Stored {
  return load(directory);
}

/** What the processes of the file answer, in the order of the alphabet. */
async function answers(): Promise<string[]> {
  const ports = Object.values(stored().processes).map(({ port }) => port);
  const said = ports.map(async (port) => {
    return await fetch(`http://127.0.0.1:${port}/`).then(
      (response) => response.text(),
      () => "nothing",
    );
  });
  return (await Promise.all(said)).sort();
}

function statusOf(version: number): DeploymentStatus | undefined {
  return stored().job.deployments.find(({ jobVersion }) => jobVersion === version)?.status;
}

function deployed(version: number): boolean {
  return statusOf(version) === "successful";
}

/** How many of a version live and are healthy. */
function healthy(version: number): number {
  return stored().job.allocations.filter(
    (one) => !isTerminal(one) && one.jobVersion === version && one.deploymentStatus?.healthy === true,
  ).length;
}

function running(): number {
  return stored().job.allocations.filter((one) => !isTerminal(one) && one.clientStatus === "running").length;
}

function isLive(allocationId: string): boolean {
  return stored().job.allocations.some((one) => one.id === allocationId && !isTerminal(one));
}

async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + LONGEST;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Not in ${LONGEST / 1000} s: ${what}. ${complaints}`);
    await sleep(30);
  }
}
