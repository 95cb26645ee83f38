// The house's arrows: ground floor model; first floor reconcile, lifecycle, properties, explore; then simulate, explain;
// then render, testing; then index, nomad, cli, fleet. Arrows point down only.
const only = (floor, allowed) => ({
  name: `${floor}-imports-only`,
  comment: `src/${floor} imports nothing but ${allowed.map((one) => `src/${one}`).join(", ")}`,
  severity: "error",
  from: { path: `^src/${floor}/` },
  to: { pathNot: `^(src/(${[floor, ...allowed].join("|")})/|node_modules/(immer|fast-check)/)` },
});

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-node",
      comment: "the library owns no clock, no network and no storage",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(cli|fleet)/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "no-orphans",
      comment: "what nothing imports is dead",
      severity: "error",
      from: { orphan: true, path: "^src/" },
      to: {},
    },
    only("model", []),
    only("reconcile", ["model"]),
    only("lifecycle", ["model"]),
    only("explore", []),
    // The properties receive who decides; they know plans and events by their types, and may ask the lifecycle's rules.
    only("properties", ["model", "reconcile", "lifecycle"]),
    {
      name: "properties-know-deciders-by-type",
      severity: "error",
      from: { path: "^src/properties/" },
      to: {
        path: "^src/(reconcile|lifecycle)/",
        pathNot: "^src/lifecycle/rules/",
        dependencyTypesNot: ["type-only"],
      },
    },
    only("simulate", ["model", "reconcile", "lifecycle", "properties", "explore"]),
    only("explain", ["model", "reconcile", "lifecycle", "properties", "explore"]),
    only("render", ["model", "reconcile", "lifecycle", "simulate", "explain"]),
    only("testing", ["model", "reconcile", "lifecycle", "properties", "explore", "simulate"]),
    {
      name: "fast-check-is-received",
      comment: "the kit gets its caller's fast-check, and knows it by type only",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "node_modules/fast-check/", dependencyTypesNot: ["type-only"] },
    },
    only("nomad", ["model"]),
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { extensions: [".ts", ".js"] },
  },
};
