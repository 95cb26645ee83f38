import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["test/{unit,property,conformance,stories,types,pictures}/**/*.test.ts"],
    testTimeout: 240_000,
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
