import { describe, expect, it } from "vitest";
import { findTwin } from "../../../src/reconcile/find-twin.js";

function bearers(ids: readonly string[]): { id: string }[] {
  return ids.map((id) => ({ id }));
}

/** Ids that differ only at every second character, which is not where long ids are looked at. */
function crowd(size: number): string[] {
  return Array.from({ length: size }, (_, n) =>
    Array.from({ length: 12 }, (_, bit) => `${(n >> bit) & 1}x`).join(""),
  );
}

const lists: readonly [string, readonly string[]][] = [
  ["two", ["b", "a"]],
  ["short ids", Array.from({ length: 40 }, (_, n) => `a-${40 - n}`)],
  ["long ids", Array.from({ length: 40 }, (_, n) => `allocation-of-the-shop-${(n * 7919) % 1009}`)],
  ["ids with their differences in front", Array.from({ length: 40 }, (_, n) => `${40 - n}-of-the-web-group`)],
  ["an empty id among others", ["b", "", "a"]],
  ["ids of every length", Array.from({ length: 40 }, (_, n) => "z".repeat(40 - n))],
  ["a crowd", crowd(200).reverse()],
];

describe("the first id that two bear", () => {
  it.each(lists)("is none where there is none: %s", (_, ids) => {
    expect(findTwin(bearers(ids))).toBeUndefined();
    expect(findTwin(bearers(ids.toSorted()))).toBeUndefined();
  });

  it.each(lists)("is found wherever its bearers stand: %s", (_, ids) => {
    const places = [0, 1, Math.floor(ids.length / 2), ids.length - 1];
    for (const twin of places) {
      for (const place of [...places, ids.length]) {
        const id = ids[twin] ?? "";
        expect(findTwin(bearers(ids.toSpliced(place, 0, id)))).toBe(id);
        expect(findTwin(bearers(ids.toSpliced(place, 0, id).sort()))).toBe(id);
      }
    }
  });

  it("is the first one that comes a second time", () => {
    expect(findTwin(bearers(["c", "b", "a", "b", "c"]))).toBe("b");
    const many = crowd(200);
    expect(findTwin(bearers([...many, ...many.toReversed()]))).toBe(many[199]);
  });

  it("is nobody's where there is nobody", () => {
    expect(findTwin([])).toBeUndefined();
  });
});
