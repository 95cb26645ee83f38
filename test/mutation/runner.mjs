// A test runner for Stryker. A mutant is a branch that is switched on, and the tests share nothing that they write to:
// so the bundle is loaded once, and every mutant runs the tests that reach it, in the same process.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

// As Stryker numbers what becomes of a test.
const SUCCESS = 0;
const FAILED = 1;
const GLOBAL = "__stryker__";
/** What is covered while test files are loaded is of no test, and no mutant is switched on then. */
const LOADING = "loading";

class InProcessRunner {
  #stryker = {};
  #tests;
  #coveredByLoading = {};
  #isSpoilt = false;

  capabilities() {
    return { reloadEnvironment: false };
  }

  init() {
    this.#stryker = globalThis[GLOBAL] ??= {};
  }

  async dryRun() {
    await this.#load();
    const results = [];
    for (const test of this.#tests) {
      this.#stryker.currentTestId = test.id;
      const start = performance.now();
      const failureMessage = await failureOf(test);
      const result = { id: test.id, name: test.name, fileName: resolve(test.fileName) };
      const timeSpentMs = performance.now() - start;
      results.push(
        failureMessage === undefined
          ? { ...result, timeSpentMs, status: SUCCESS }
          : { ...result, timeSpentMs, status: FAILED, failureMessage },
      );
    }
    this.#stryker.currentTestId = undefined;
    const { [LOADING]: _, ...perTest } = this.#stryker.mutantCoverage?.perTest ?? {};
    const mutantCoverage = { perTest, static: this.#coveredByLoading };
    return { status: "complete", tests: results, mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation }) {
    // A mutant wrote to what the tests share, and would kill others too. Stryker runs this one in a new process instead.
    if (this.#isSpoilt) process.exit(1);
    if (mutantActivation === "static") this.#stryker.activeMutant = activeMutant.id;
    try {
      await this.#load();
    } catch (error) {
      return { status: "killed", killedBy: [], failureMessage: String(error), nrOfTests: 0 };
    }
    const filter = testFilter === undefined ? undefined : new Set(testFilter);
    const chosen = this.#tests.filter(({ id }) => filter?.has(id) ?? true);
    Object.assign(this.#stryker, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
    let nrOfTests = 0;
    for (const test of chosen) {
      nrOfTests++;
      const failureMessage = await failureOf(test);
      if (this.#stryker.hitCount > hitLimit) {
        this.#switchOff();
        return { status: "timeout", reason: `reached ${hitLimit} times` };
      }
      if (failureMessage === undefined) continue;
      this.#switchOff();
      this.#isSpoilt = (await failureOf(test)) !== undefined;
      return { status: "killed", killedBy: [test.id], failureMessage, nrOfTests };
    }
    this.#switchOff();
    return { status: "survived", nrOfTests };
  }

  #switchOff() {
    Object.assign(this.#stryker, { activeMutant: undefined, hitCount: undefined, hitLimit: undefined });
  }

  async #load() {
    if (this.#tests !== undefined) return;
    const { onFirstFile, tests } = await import(pathToFileURL(resolve("test/mutation/suite.mjs")).href);
    onFirstFile(() => {
      this.#coveredByLoading = { ...this.#stryker.mutantCoverage?.static };
      this.#stryker.currentTestId = LOADING;
    });
    await import(pathToFileURL(resolve(".stryker/bundle/all.mjs")).href);
    this.#tests = tests;
  }
}

async function failureOf({ run }) {
  try {
    await run();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export const strykerPlugins = [
  { kind: "TestRunner", name: "in-process", factory: () => new InProcessRunner() },
];
