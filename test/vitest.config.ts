import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The longest first, or they would begin when the others are done; a fresh clone remembers no durations. */
const LONGEST = ["sequences.test", "sequences-second-half.test", "plans.test", "mutants.test"];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.ts`));
      return at < 0 ? LONGEST.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["test/{unit,property,conformance,stories,types,pictures,golden,fuzz}/**/*.test.ts"],
    testTimeout: 240_000,
    // Files of one worker share what they import. Two things stay for good there: Immer's patches, once enabled (a fresh
    // process asks for patches in the test of the package), and a poisoned world, which throws only while something is decided.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // The two longest files side by side.
    maxWorkers: "100%",
    coverage: {
      provider: "v8",
      include: ["src/**"],
      reporter: ["text-summary", "json-summary"],
      thresholds: { lines: 98, functions: 98, branches: 92 },
    },
  },
});
