import { describe, expect, it } from "vitest";
import { isSame } from "../../../src/properties/sequences/is-same.js";

describe("whether two values say the same", () => {
  it.each<[unknown, unknown, boolean]>([
    [{ a: 1, b: [2, { c: 3 }] }, { b: [2, { c: 3 }], a: 1 }, true],
    [{ a: undefined }, {}, true],
    [{}, { a: undefined }, true],
    [Number.NaN, Number.NaN, true],
    [{ a: 1 }, { a: 2 }, false],
    [{ a: 1 }, {}, false],
    [{}, { a: 1 }, false],
    [{ a: {} }, { a: null }, false],
    [{ a: {} }, { a: [] }, false],
    [[1], [1, undefined], false],
    [[1, undefined], [1], false],
    [[1, 2], [2, 1], false],
    ["1", 1, false],
    [JSON.parse('{ "__proto__": 1 }'), {}, false],
    [{}, JSON.parse('{ "__proto__": 1 }'), false],
  ])("%j and %j: %s", (a, b, same) => {
    expect(isSame(a, b)).toBe(same);
  });
});
