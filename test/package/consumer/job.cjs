exports.job = {
  id: "shop",
  type: "service",
  version: 0,
  createIndex: 1,
  modifyIndex: 1,
  groups: [{ name: "web", count: 2, tasks: [{ name: "main" }] }],
};
