import type { Json } from "../json.js";
import { type OptionalShape, type Path, type Report, type Shape, told } from "./shape.js";

/** Nothing is nested deeper than this; what is gets an issue and not a full stack. */
const DEEPEST = 64;

/** The keys that a type declares, without those that an index signature lets in. */
type Declared<T> = keyof { [K in keyof T as string extends K ? never : K]: T[K] };

/** One shape for every declared key: optional for those that may be absent. */
type ShapesOf<T> = {
  readonly [K in Declared<T>]-?: Record<never, never> extends Pick<T, K>
    ? OptionalShape<Exclude<T[K], undefined>>
    : Shape<T[K]>;
};

/** A list of things of one shape. @internal */
export function listOf<T>(item: Shape<T>): Shape<readonly T[]> {
  return {
    check: (value, path, report) => {
      if (!Array.isArray(value)) {
        report("not_a_list", path, `${told(value)} is not a list`);
        return;
      }
      // By index: a hole in the list is an issue too.
      for (let i = 0; i < value.length; i++) item.check(value[i], [...path, i], report);
    },
  };
}

/** Things of one shape under keys of the caller's own. @internal */
export function recordOf<T>(item: Shape<T>): Shape<{ readonly [key: string]: T }> {
  return {
    check: (value, path, report) => {
      if (!isRecord(value, path, report)) return;
      for (const key of ownKeys(value, path, report)) item.check(value[key], [...path, key], report);
    },
  };
}

/** An object whose further keys are the caller's own, as long as they are JSON. @internal */
export function open<T extends object>(shapes: ShapesOf<T>): Shape<T> {
  return objectOf(shapes, (value, path, report) => json.check(value, path, report));
}

/** An object without further keys: a misspelt one would silently mean nothing. @internal */
export function closed<T extends object>(shapes: ShapesOf<T>): Shape<T> {
  const known = Object.keys(shapes).join(", ");
  return objectOf(shapes, (_, path, report) =>
    report("unknown_key", path, `there is no such key; known are ${known}`),
  );
}

/** One of several shapes, told apart by `kind`. @internal */
export function byKind<T extends { readonly kind: string }>(
  shapes: {
    readonly [K in T["kind"]]: Shape<Extract<T, { readonly kind: K }>>;
  },
): Shape<T> {
  return byWord("kind", Object.entries<Shape<unknown>>(shapes));
}

/** One of several shapes, told apart by `code`. @internal */
export function byCode<T extends { readonly code: string }>(
  shapes: {
    readonly [K in T["code"]]: Shape<Extract<T, { readonly code: K }>>;
  },
): Shape<T> {
  return byWord("code", Object.entries<Shape<unknown>>(shapes));
}

/** One of several shapes, told apart by a word under a key. @internal */
export function byWord<T>(key: string, shapes: readonly (readonly [string, Shape<unknown>])[]): Shape<T> {
  const known = new Map<unknown, Shape<unknown>>(shapes);
  const words = [...known.keys()].map((word) => `"${String(word)}"`).join(", ");
  return {
    check: (value, path, report) => {
      if (!isRecord(value, path, report)) return;
      const shape = known.get(value[key]);
      if (shape !== undefined) shape.check(value, path, report);
      else report("unknown_word", [...path, key], `${told(value[key])} is none of ${words}`);
    },
  };
}

/** One of two shapes; which of them, a key tells that only the first has. @internal */
export function withOrWithout<A extends object, B extends object>(
  key: keyof A & string,
  having: Shape<A>,
  lacking: Shape<B>,
): Shape<A | B> {
  return {
    check: (value, path, report) => {
      if (!isRecord(value, path, report)) return;
      (Object.hasOwn(value, key) ? having : lacking).check(value, path, report);
    },
  };
}

function objectOf<T extends object>(
  shapes: ShapesOf<T>,
  further: (value: unknown, path: Path, report: Report) => void,
): Shape<T> {
  const declared = new Map<string, Shape<unknown>>(Object.entries(shapes));
  return {
    check: (value, path, report) => {
      if (!isRecord(value, path, report)) return;
      for (const [key, shape] of declared) {
        const inner = Object.hasOwn(value, key) ? value[key] : undefined;
        if (inner !== undefined) shape.check(inner, [...path, key], report);
        else if (!("isOptional" in shape)) report("missing", [...path, key], "is missing");
      }
      for (const key of ownKeys(value, path, report)) {
        if (!declared.has(key) && value[key] !== undefined) further(value[key], [...path, key], report);
      }
    },
  };
}

/** Any JSON. @internal */
export const json: Shape<Json> = { check: checkJson };

function checkJson(value: unknown, path: Path, report: Report): void {
  switch (typeof value) {
    case "string":
    case "boolean":
      return;
    case "number":
      if (!Number.isFinite(value)) report("not_a_number", path, `${value} is not a finite number`);
      return;
    case "object":
      if (value === null) return;
      if (path.length > DEEPEST) {
        report("too_deep", path, `is nested deeper than ${DEEPEST}`);
        return;
      }
      if (Array.isArray(value)) {
        for (let i = 0; i < value.length; i++) checkJson(value[i], [...path, i], report);
        return;
      }
      if (!isRecord(value, path, report)) return;
      for (const key of ownKeys(value, path, report)) {
        if (value[key] !== undefined) checkJson(value[key], [...path, key], report);
      }
      return;
    default:
      report("not_json", path, `${told(value)} is not JSON`);
  }
}

/** A plain object: not a class's, whose meaning a copy by JSON would lose. */
function isRecord(value: unknown, path: Path, report: Report): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    report("not_an_object", path, `${told(value)} is not an object`);
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null)
    return true;
  report("not_plain", path, "is not a plain object");
  return false;
}

function ownKeys(value: Record<string, unknown>, path: Path, report: Report): string[] {
  return Object.keys(value).filter((key) => {
    if (key !== "__proto__") return true;
    report("forbidden_key", [...path, key], '"__proto__" can be no key: no record can hold it');
    return false;
  });
}
