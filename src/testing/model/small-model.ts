import {
  BECOMES,
  MAY,
  type Member,
  type Move,
  type Part,
  type SmallEvent,
  type SmallGroup,
} from "./small-group.js";

/** A rule that a step breaks, and how it says so. */
type Rule = readonly [isBroken: boolean, why: string];

/** What forbids this step; nothing: the model allows it. */
export function forbidden(
  before: SmallGroup,
  event: SmallEvent,
  moves: readonly Move[],
  after: SmallGroup,
): string | undefined {
  const may: ReadonlySet<Part> = new Set(MAY[event]);
  const isOther = before.version !== after.version || before.count !== after.count;
  // What the rollout of another version is like, the steps that follow show.
  const rules = isOther ? [] : [...deploymentRules(before, event, after, may)];
  if (may.has("members")) rules.push(...planRules(before, moves, after, event === "plan"));
  else rules.push(...moveRules(moves, may, isOther));
  rules.push([isOther && !may.has("version"), "another version"]);
  return rules.find(([isBroken]) => isBroken)?.[1];
}

function deploymentRules(
  before: SmallGroup,
  event: SmallEvent,
  after: SmallGroup,
  may: ReadonlySet<Part>,
): readonly Rule[] {
  const { status: was, promoted, wanted } = before;
  const { status } = after;
  const isLegal = status === was || BECOMES[event]?.[was]?.includes(status) === true;
  const healthy = ofCurrent(after, "healthy").length;
  const failed = after.members.filter(({ presence }) => presence === "leaving").length;
  const isProven = healthy + failed >= after.count && (after.promoted || after.wanted === 0);
  return [
    [!isLegal, `a deployment, ${was}, becomes ${status}`],
    [status !== was && status === "successful" && !isProven, "success that is not proven"],
    [promoted && !after.promoted, "a promotion is taken back"],
    [!promoted && after.promoted && !may.has("promoted"), "it is promoted"],
    [!promoted && after.promoted && healthy < wanted, `promoted with ${healthy} healthy of ${wanted}`],
  ];
}

/** Without a plan nobody is placed, stopped or adopted. What is over may be forgotten, or be back. */
function moveRules(moves: readonly Move[], may: ReadonlySet<Part>, isOther: boolean): readonly Rule[] {
  const alone = moves.map(({ from, to }) => (from === undefined ? to : to === undefined ? from : undefined));
  const changed = moves.flatMap(({ from, to }) =>
    from === undefined || to === undefined ? [] : [{ from, to }],
  );
  const judged = changed.some(({ from, to }) => from.health !== to.health && to.health !== "unwatched");
  const moved = changed.some(({ from, to }) => (from.presence === "here") !== (to.presence === "here"));
  return [
    [alone.some((one) => one?.presence === "here"), "placed or stopped without a plan"],
    [!isOther && changed.some(({ from, to }) => from.version !== to.version), "adopted without a plan"],
    [!isOther && judged && !may.has("health"), "judged without a report"],
    [!isOther && moved && !may.has("presence"), "it leaves, or is back, for no reason"],
  ];
}

function planRules(
  before: SmallGroup,
  moves: readonly Move[],
  after: SmallGroup,
  isWhole: boolean,
): readonly Rule[] {
  const come = moves.flatMap(({ from, to }) =>
    from === undefined && to !== undefined && keepsPlace(to) ? [to] : [],
  );
  const gone = moves.flatMap(({ from, to }) => (from?.presence === "here" && to === undefined ? [from] : []));
  const left = moves.flatMap(({ from, to }) =>
    from !== undefined && from.presence !== "here" && to?.presence !== "leaving" ? [from] : [],
  );
  const back = moves.filter(
    ({ from, to }) => from?.presence === "over" && to !== undefined && keepsPlace(to),
  ).length;
  const isNew = ({ canary, version }: Member): boolean => !canary && version === after.version;
  const placed = come.filter(({ canary }) => !canary).length;
  const surplus = Math.max(0, places(before) - after.count) + back;
  const replaced = Math.max(0, gone.filter(({ canary }) => !canary).length - surplus);
  // What is placed for nobody who left is new, and comes first.
  const budget = Math.max(0, budgetOf(before, gone, after) - Math.max(0, placed - replaced - left.length));
  const most = placed > 0 ? after.count : Math.max(after.count, stable(before).length);
  const canaries = canariesOf(after);
  const replacing = left.filter(({ canary }) => canary).length;
  const owed = before.members.filter((one) => isNew(one) && one.presence !== "here").length;
  const isHeldUp =
    after.status === "failed" ||
    after.status === "paused" ||
    after.members.some(({ presence }) => presence === "awaited");
  const mayFill = after.isKeptUp && !isCanarying(after) && !isHeldUp;
  // Whoever gives its place up with this plan is counted once more.
  const givenUp = moves.filter(
    ({ from, to }) => from !== undefined && keepsPlace(from) && to?.presence === "over",
  );
  const filled = places(after) + givenUp.filter(({ from }) => from?.canary === false).length;
  const isUnproven = isCanarying(after) || after.status === "failed";
  return [
    [come.some(({ health }) => health === "healthy" || health === "unhealthy"), "judged before it runs"],
    [come.length > placed && !isCanarying(after), "a canary that nobody wants"],
    [come.length - placed > replacing && canaries > after.wanted, `${canaries} canaries of ${after.wanted}`],
    [isUnproven && come.filter(isNew).length > owed, "an unproven version beyond its canaries"],
    [isWhole && mayFill && filled < after.count, `${filled} places filled of ${after.count}`],
    [isWhole && stable(after).length > most, `more than ${most}`],
    [replaced > budget, `${replaced} replaced, ${budget} may be`],
    [isWhole && replaced > placed, `${replaced} stopped, ${placed} placed`],
    [gone.filter(isNew).length > surplus, "the current version is stopped, and is no surplus"],
  ];
}

/** `maxParallel`, less what is undecided and stays; nothing while the version is unproven, paused or unwell. */
function budgetOf(before: SmallGroup, gone: readonly Member[], after: SmallGroup): number {
  const mayChange = !isCanarying(after) && after.status !== "failed" && after.status !== "paused";
  const isHere = ({ presence }: Member): boolean => presence === "here";
  if (!mayChange || ofCurrent(before, "unhealthy").some(isHere)) return 0;
  const stopped = gone.filter(({ version, health }) => version === before.version && health === "undecided");
  return after.maxParallel - ofCurrent(before, "undecided").filter(isHere).length + stopped.length;
}

/** Whether canaries are to prove the version, and have not yet. */
export function isCanarying({ status, wanted, promoted }: SmallGroup): boolean {
  return (status === "active" || status === "paused") && wanted > 0 && !promoted;
}

function ofCurrent({ members, version }: SmallGroup, health: Member["health"]): readonly Member[] {
  return members.filter((one) => one.version === version && one.health === health);
}

/** How many are to prove the current version. */
function canariesOf({ members, version }: SmallGroup): number {
  return members.filter((one) => one.canary && one.version === version && one.presence === "here").length;
}

/** How many places are taken. */
function places({ members }: SmallGroup): number {
  return members.filter((one) => !one.canary && keepsPlace(one)).length;
}

function keepsPlace({ presence }: Member): boolean {
  return presence === "here" || presence === "leaving";
}

/** Who runs and is no canary. */
export function stable({ members }: SmallGroup): readonly Member[] {
  return members.filter(({ canary, presence }) => !canary && presence === "here");
}
