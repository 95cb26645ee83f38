import { describe, expect, it } from "vitest";
import { poisoned } from "./poisoned.js";

describe("a poisoned world", () => {
  it.each<[string, () => unknown]>([
    ["Date()", () => Date()],
    ["new Date()", () => new Date()],
    ["Date.now", () => Date.now()],
    ["Math.random", () => Math.random()],
    ["performance.now", () => performance.now()],
    ["process.hrtime", () => process.hrtime()],
    ["process.hrtime.bigint", () => process.hrtime.bigint()],
    ["process.cwd", () => process.cwd()],
    ["console.log", () => console.log("said")],
    ["setTimeout", () => setTimeout(() => {}, 0)],
    ["queueMicrotask", () => queueMicrotask(() => {})],
    ["fetch", () => fetch("http://127.0.0.1")],
  ])("has no %s, and it is there again afterwards", (what, touch) => {
    expect(poisoned(touch)).toThrow(`a decision touched ${what}`);
    expect(Date.now()).toBeGreaterThan(0);
    expect(Math.random()).toBeLessThan(1);
  });

  it("lets a given time be written", () => {
    expect(poisoned(() => new Date(0).toISOString())()).toBe("1970-01-01T00:00:00.000Z");
  });
});
