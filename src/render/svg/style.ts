/**
 * Colours for light paper and for dark. Blue and vermilion come first (Okabe and Ito); the others were searched for: every
 * two of them stay apart for each kind of colour blindness, and the letters on each have a contrast of 4.5 or more.
 */
const VERSIONS: readonly (readonly [light: string, dark: string])[] = [
  ["#0072b2", "#56a9e0"],
  ["#c04a00", "#f08a3c"],
  ["#1f5a43", "#24eb8b"],
  ["#942672", "#e52793"],
  ["#654c20", "#f3ca11"],
  ["#583ab8", "#9f71fa"],
];

/** The class of a version; after the last colour they begin again. */
export function versionClass(version: number): string {
  return `v${version % VERSIONS.length}`;
}

/** How often all colours were used before it was this version's turn. */
export function timesUsed(version: number): number {
  return Math.floor(version / VERSIONS.length);
}

function variables(at: 0 | 1): string {
  return VERSIONS.map((colours, n) => `--v${n}:${colours[at]}`).join(";");
}

const LIGHT = `--paper:#fff;--ink:#1f2328;--quiet:#59636e;--line:#d1d9e0;--mark:#1f2328;--onbar:#fff;${variables(0)}`;
const DARK = `--paper:#0d1117;--ink:#f0f6fc;--quiet:#9198a1;--line:#3d444d;--mark:#f0f6fc;--onbar:#0d1117;${variables(1)}`;

/** The style of a timeline: light, and dark where that is preferred. */
export function timelineStyle(): string {
  return [
    `svg{${LIGHT}}`,
    `@media (prefers-color-scheme:dark){svg{${DARK}}}`,
    "text{font:12px system-ui,sans-serif;fill:var(--ink)}",
    ".title{font-size:15px;font-weight:600}.quiet{fill:var(--quiet);font-size:11px}.mark{font-size:11px;paint-order:stroke;stroke:var(--paper);stroke-width:3px}",
    ".paper{fill:var(--paper)}.grid{stroke:var(--line)}.when{stroke:var(--mark);stroke-dasharray:4 3}",
    ".due{stroke:var(--quiet);stroke-dasharray:1 3}.group{font-weight:600}",
    ...VERSIONS.map((_, n) => `.v${n}{fill:var(--v${n});stroke:var(--v${n})}`),
    ".pending{fill:none}.running{fill-opacity:.4}.stopping{fill-opacity:.12;stroke-dasharray:3 2}",
    ".unknown{fill:none;stroke-dasharray:1 3;stroke-width:2}.unhealthy{fill-opacity:.25}",
    ".canary{stroke:var(--ink);stroke-width:2}.again{stroke:var(--paper);stroke-width:1.2;stroke-dasharray:5 2}.hatch{stroke:var(--paper);stroke-width:2}",
    ".inbar{font-size:10px;fill:var(--ink);stroke:none}.inbar.on{fill:var(--onbar)}",
    ".ending{fill:none;stroke:var(--ink);stroke-width:1.6}",
  ].join("");
}
