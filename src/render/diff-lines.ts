import type {
  BlockDiff,
  DifferenceKind,
  FieldDiff,
  ForcedUpdate,
  GroupDiff,
  SpecificationDiff,
  TaskDiff,
} from "../explain/index.js";
import type { MarkedLine } from "./marked-lines.js";
import { inNomadsOrder, nomadName, nomadValue } from "./nomad-words.js";
import { printable } from "./printable.js";

/** How a diff is told. */
export interface DiffTelling {
  /** With everything that what is new or gone consists of. */
  readonly verbose: boolean;
  /** What the plan does in a group. */
  readonly told: (group: string) => string;
}

/** What a diff says below the line of the job itself, marked as `nomad job plan` marks it. */
export function diffLines(diff: SpecificationDiff, telling: DiffTelling): MarkedLine[] {
  return [
    ...(isShown(diff.kind, telling) ? ownLines(diff, "job", diff.blocks) : []),
    ...diff.groups.map((group) => groupLine(group, telling)),
  ];
}

function groupLine(group: GroupDiff, telling: DiffTelling): MarkedLine {
  const told = telling.told(group.name);
  const restart = group.blocks.find(({ name }) => name === "restart");
  return {
    kind: group.kind,
    text: `Task Group: "${printable(group.name)}"${told === "" ? "" : ` (${told})`}`,
    below: [
      ...(isShown(group.kind, telling) ? ownLines(group, "group", group.blocks) : []),
      ...group.tasks.map((task) => taskLine(task, restart, telling)),
    ],
    isApart: true,
  };
}

/** A task that restarts as its group does has no restart policy of its own to tell of. */
function taskLine(task: TaskDiff, ofGroup: BlockDiff | undefined, telling: DiffTelling): MarkedLine {
  const own = task.blocks.filter((block) => block.name !== "restart" || !isSame(block, ofGroup));
  return {
    kind: task.kind,
    text: `Task: "${printable(task.name)}"${NOTES[task.forces]}`,
    below: isShown(task.kind, telling) ? ownLines(task, "task", own) : [],
  };
}

const NOTES: { readonly [forces in ForcedUpdate]: string } = {
  none: "",
  in_place: " (forces in-place update)",
  create_destroy: " (forces create/destroy update)",
  create: " (forces create)",
  destroy: " (forces destroy)",
};

function isShown(kind: DifferenceKind, { verbose }: DiffTelling): boolean {
  return verbose || kind === "edited";
}

function isSame(a: BlockDiff, b: BlockDiff | undefined): boolean {
  return b !== undefined && JSON.stringify(a.fields) === JSON.stringify(b.fields);
}

/** Blocks whose values are told as fields of what they are a part of. */
const FLAT: ReadonlySet<string> = new Set(["env", "meta"]);

/** A field as it is told. */
interface Told {
  readonly kind: DifferenceKind;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly note: string;
}

/** The fields and blocks of a job, a group or a task, as far as they differ. */
function ownLines(
  { fields }: { readonly fields: readonly FieldDiff[] },
  of: "job" | "group" | "task",
  blocks: readonly BlockDiff[],
): MarkedLine[] {
  const flat = blocks.filter(({ name }) => FLAT.has(name));
  const told = [
    ...fields.map((field) =>
      toldField(field, of, nomadName(field.name), of === "group" && field.name === "count"),
    ),
    ...flat.flatMap((block) => flatFields(block, `${nomadName(block.name)}[`, "]")),
  ];
  return [
    ...fieldLines(told.filter(({ kind }) => kind !== "none")),
    ...inOrder(blocks.filter(({ name }) => !FLAT.has(name))).map(blockLine),
  ];
}

function inOrder(blocks: readonly BlockDiff[]): BlockDiff[] {
  return [...blocks].sort((a, b) => inNomadsOrder(a.name, b.name));
}

/** A block, with what stays in it. What a driver is given bears the user's own names, and is told flat. */
function blockLine(block: BlockDiff): MarkedLine {
  const isOwn = block.name === "config";
  const told = isOwn
    ? flatFields(block, "", "")
    : block.fields
        .filter(({ kind, name }) => name !== "stagger" || kind === "edited")
        .map((field) => toldField(field, block.name, nomadName(field.name)));
  return {
    kind: block.kind,
    text: nomadName(block.name),
    below: [
      ...fieldLines(told),
      ...(isOwn ? [] : inOrder(block.blocks.filter(({ kind }) => kind !== "none")).map(blockLine)),
    ],
    isBlock: true,
  };
}

/** Every value within, whatever the depth: `ports[http]`. */
function flatFields(block: BlockDiff, before: string, after: string): Told[] {
  return [
    ...block.fields.map((field) => toldField(field, "", `${before}${printable(field.name)}${after}`)),
    ...block.blocks.flatMap((inner) => flatFields(inner, `${before}${printable(inner.name)}${after}[`, "]")),
  ];
}

function toldField(field: FieldDiff, block: string, name: string, isNoted = false): Told {
  const from = nomadValue(block, field.name, field.from);
  const to = nomadValue(block, field.name, field.to);
  // An empty text is told as nothing.
  return {
    kind: from === to ? "none" : field.kind,
    name,
    from,
    to,
    note: isNoted ? NOTES[field.forces] : "",
  };
}

function fieldLines(fields: readonly Told[]): MarkedLine[] {
  const width = Math.max(0, ...fields.map(({ name }) => name.length)) + 1;
  return [...fields]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ kind, name, from, to, note }) => ({
      kind,
      text: `${`${name}:`.padEnd(width)} ${arrow(kind, from, to)}${note}`,
    }));
}

function arrow(kind: DifferenceKind, from: string, to: string): string {
  const [was, is] = [`"${printable(from)}"`, `"${printable(to)}"`];
  if (kind === "edited") return `${was} => ${is}`;
  return kind === "deleted" ? was : is;
}
