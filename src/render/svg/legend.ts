import type { JobTimeline, Span } from "../../simulate/index.js";
import { endingSign, hatch, stripes } from "./bars.js";
import { element, escaped } from "./element.js";
import { SIZES, textWidth } from "./layout.js";
import { versionClass } from "./style.js";

const SWATCH = 22;
const GAP = 18;

interface Entry {
  readonly text: string;
  readonly sign: (x: number, y: number) => string;
}

/** What the picture's signs mean - only those that occur - in lines of that width. */
export function legend(
  job: JobTimeline,
  left: number,
  top: number,
  width: number,
): { readonly markup: string; readonly height: number } {
  let [x, y] = [left, top];
  const drawn = entriesOf(job).map(({ text, sign }) => {
    const length = SWATCH + 6 + textWidth(text) + GAP;
    if (x > left && x + length - GAP > left + width) [x, y] = [left, y + SIZES.legend];
    const entry =
      sign(x, y) +
      element("text", { class: "quiet", x: x + SWATCH + 6, y: y + SIZES.bar - 3 }, escaped(text));
    x += length;
    return entry;
  });
  return { markup: drawn.join(""), height: drawn.length === 0 ? 0 : y - top + SIZES.legend };
}

function entriesOf({ allocations }: JobTimeline): Entry[] {
  const spans = allocations.flatMap((one) => one.spans);
  const versions = [...new Set(spans.map(({ version }) => version))].sort((a, b) => a - b);
  const phases = [...new Set(spans.map(({ phase }) => phase))];
  const first = versions[0] ?? 0;
  const endings = [...new Set(allocations.flatMap(({ ending }) => (ending === undefined ? [] : [ending])))];
  return [
    ...versions.map((version) => ({ text: `version ${version}`, sign: swatch(version, "healthy", false) })),
    ...phases.map((phase) => ({ text: phase, sign: swatch(first, phase, false) })),
    ...(spans.some(({ canary }) => canary) ? [{ text: "canary", sign: swatch(first, "running", true) }] : []),
    ...endings.map((ending) => ({
      text: ending,
      sign: (x: number, y: number) => endingSign(ending, x + SWATCH / 2, y + SIZES.bar / 2),
    })),
  ];
}

function swatch(version: number, phase: Span["phase"], canary: boolean): Entry["sign"] {
  const classes = `${versionClass(version)} ${phase}${canary ? " canary" : ""}`;
  return (x, y) =>
    element("rect", { class: classes, x, y, width: SWATCH, height: SIZES.bar, rx: 2 }) +
    (phase === "unhealthy" ? hatch(x, y, SWATCH) : "") +
    stripes(version, x, y, SWATCH);
}
