import { fork } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Json } from "../../../src/index.js";
import { isServedProcess, type ServedProcess } from "./store.js";

const PROGRAM = fileURLToPath(new URL("server.mjs", import.meta.url));
const START_TIMEOUT = 30_000;
const ANSWER_TIMEOUT = 2_000;
const KILL_TIMEOUT = 5_000;

/** A child that listens and does not answer yet. If we die before it is let go, it ends by itself. */
export interface Prepared {
  readonly served: ServedProcess;
  readonly letGo: () => Promise<void>;
}

/** Nothing: it could not be started. */
export async function prepare(id: string, settings: Json, directory: string): Promise<Prepared | undefined> {
  const child = fork(PROGRAM, [id, directory], {
    detached: true,
    execArgv: [],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const served = await new Promise<unknown>((resolve) => {
    child.once("message", resolve).once("exit", resolve).on("error", resolve);
    setTimeout(resolve, START_TIMEOUT).unref();
  });
  if (!isServedProcess(served)) {
    child.kill("SIGKILL");
    return undefined;
  }
  child.unref();
  // Whether it heard it does not matter: one that died is found dead.
  return { served, letGo: () => new Promise((resolve) => child.send({ settings }, () => resolve())) };
}

/** A child listens as long as it lives: it is gone when its port refuses, or another answers there. */
export type Answer = "healthy" | "unhealthy" | "silent" | "gone";

export async function ask(id: string, { pid, port, startedAt }: ServedProcess): Promise<Answer> {
  try {
    const signal = AbortSignal.timeout(ANSWER_TIMEOUT);
    const response = await fetch(`http://127.0.0.1:${port}/health`, { signal });
    if ((await response.text()) !== `${id} ${pid} ${startedAt}`) return "gone";
    return response.ok ? "healthy" : "unhealthy";
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    const isRefused = cause instanceof Error && "code" in cause && cause.code === "ECONNREFUSED";
    return isRefused ? "gone" : "silent";
  }
}

/** Asks it to end, and makes it end when that takes too long. */
export async function stop(id: string, served: ServedProcess): Promise<void> {
  const patience = Date.now() + KILL_TIMEOUT;
  for (let tries = 0; (await ask(id, served)) !== "gone"; tries++) {
    const signal = tries === 0 ? "SIGTERM" : Date.now() > patience ? "SIGKILL" : 0;
    try {
      process.kill(served.pid, signal);
    } catch {
      return; // There is no such process.
    }
    await sleep(20);
  }
}
