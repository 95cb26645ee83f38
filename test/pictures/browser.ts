import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PLACES = [
  process.env["VERDIGRIS_CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** Where a browser is; nothing when there is none. */
export const BROWSER: string | undefined = PLACES.find((path) => path !== undefined && existsSync(path));

/** What a browser sees of one SVG. */
export interface Seen {
  /** The parser's complaint, if there is one. */
  readonly error: string | null;
  /** Pairs of texts that lie on each other. */
  readonly overlaps: readonly string[];
  /** Texts that reach out of the picture. */
  readonly outside: readonly string[];
  readonly texts: number;
  /** The colours that are really painted, as the browser computes them. */
  readonly fills: readonly string[];
  readonly background: string;
}

/** Runs in the page: puts each picture in, measures it, and leaves the numbers behind. */
const MEASURE = `
  const seen = PICTURES.map((source) => {
    const parsed = new DOMParser().parseFromString(source, "image/svg+xml");
    const error = parsed.querySelector("parsererror")?.textContent ?? null;
    if (error !== null) return { error, overlaps: [], outside: [], texts: 0, fills: [], background: "" };
    document.body.replaceChildren(document.importNode(parsed.documentElement, true));
    const svg = document.body.firstElementChild;
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll("text")].map((node) => ({ text: node.textContent, box: node.getBoundingClientRect() }));
    const slack = 1;
    const lies = (a, b) => a.left < b.right - slack && b.left < a.right - slack && a.top < b.bottom - slack && b.top < a.bottom - slack;
    const overlaps = texts.flatMap((one, at) => texts.slice(at + 1).filter((other) => lies(one.box, other.box)).map((other) => one.text + " | " + other.text));
    const outside = texts.filter(({ box }) => box.left < frame.left - slack || box.right > frame.right + slack || box.top < frame.top - slack || box.bottom > frame.bottom + slack).map(({ text }) => text);
    const shapes = [...svg.querySelectorAll("rect, path, circle, polygon")];
    const fills = [...new Set(shapes.map((node) => getComputedStyle(node).fill))];
    return { error, overlaps, outside, texts: texts.length, fills, background: getComputedStyle(shapes[0] ?? svg).fill };
  });
  document.body.replaceChildren(Object.assign(document.createElement("pre"), { id: "seen", textContent: JSON.stringify(seen) }));
`;

/** Opens pictures in a real browser, in its light or its dark scheme. */
export function look(pictures: readonly string[], scheme: "light" | "dark"): readonly Seen[] {
  if (BROWSER === undefined) throw new Error("there is no browser to look with");
  const scratch = mkdtempSync(join(tmpdir(), "verdigris-pictures-"));
  try {
    const page = join(scratch, "page.html");
    const json = JSON.stringify(pictures).replaceAll("<", "\\u003c");
    writeFileSync(
      page,
      `<!doctype html><meta charset="utf-8"><body><script>const PICTURES = ${json};${MEASURE}</script>`,
    );
    const { stdout, stderr, status } = spawnSync(
      BROWSER,
      [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        `--user-data-dir=${join(scratch, "profile")}`,
        `--blink-settings=preferredColorScheme=${scheme === "dark" ? 0 : 1}`,
        "--window-size=1400,1000",
        "--dump-dom",
        `file://${page}`,
      ],
      { encoding: "utf8", maxBuffer: 64 * 1024 * 1024, timeout: 120_000 },
    );
    const found = /<pre id="seen">([\s\S]*?)<\/pre>/.exec(stdout)?.[1];
    if (found === undefined)
      throw new Error(`the browser saw nothing (exit ${status}): ${stderr.slice(-500)}`);
    return JSON.parse(unescaped(found)) as readonly Seen[];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function unescaped(html: string): string {
  return html
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&nbsp;", "\u00a0")
    .replaceAll("&amp;", "&");
}

/** What is written in a file, for pictures that are kept. */
export function kept(path: string): string {
  return readFileSync(new URL(path, import.meta.url), "utf8");
}
