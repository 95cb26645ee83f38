import { describe, expect, it } from "vitest";
import { explain, unstick } from "../../../src/explain/index.js";
import { explanationPage } from "../../../src/render/index.js";
import { docsJob, MINUTE, running13 } from "../../stories/docs-job.js";

describe("the page of an explanation", () => {
  const rollout = running13();
  rollout.tell({ kind: "submit", job: docsJob("1.4") });

  it("says what is waited for, with dates, and what would help", () => {
    rollout.until(rollout.now + MINUTE);
    const { state, now } = rollout;
    const page = explanationPage(explain(state, now), unstick(state, now, { ways: 2 }));
    expect(page.replaceAll(/\d\d\/\d\d\/\d\d [\d:]+ UTC/g, "DATE")).toBe(
      [
        "The canaries of version 1 are healthy.",
        'Canaries wait for their promotion in group "api" (allocation-005, allocation-006, allocation-007, allocation-008, allocation-009), since DATE. It ends by a person.',
        'Group "api" may be promoted: 5 of 5 canaries live and are healthy, 0 are not judged, 0 are unhealthy, 0 ended.',
        "If somebody fails it, version 0 is submitted again.",
        "",
        "What would help:",
        '- Promote: "api" is promoted, and the deployment of version 1 runs.',
        "",
        "What else may come:",
        "- Fail: the deployment of version 1 fails, and an earlier specification comes back as version 2.",
      ].join("\n"),
    );
  });

  it("is one line where nothing is waited for", () => {
    const { state, now } = running13();
    expect(explanationPage(explain(state, now))).toBe("Version 0 is as specified.");
  });
});
