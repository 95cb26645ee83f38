import { DEPLOYMENT_STATUSES, type Deployment, type DeploymentState } from "../model/index.js";
import { type ObjectReader, readList, readWhole } from "./object-reader.js";
import { present } from "./present.js";

/**
 * Reads deployments as `GET /v1/job/:job_id/deployments` gives them.
 *
 * @throws VerdigrisError `invalid_input`: `details.issues` lists everything that is wrong, each with its JSON path.
 *
 * @example
 * ```ts
 * readDeployments(answers.deployments).length; // 1
 * ```
 *
 * @public
 */
export function readDeployments(json: unknown): Deployment[] {
  return readWhole("the deployments of Nomad's API", (issues) => readList(json, [], issues, deploymentFrom));
}

function deploymentFrom(deployment: ObjectReader): Deployment {
  return present({
    id: deployment.text("ID"),
    jobId: deployment.text("JobID"),
    namespace: deployment.optionalText("Namespace"),
    jobVersion: deployment.whole("JobVersion"),
    jobCreateIndex: deployment.whole("JobCreateIndex"),
    jobModifyIndex: deployment.optionalWhole("JobSpecModifyIndex") ?? deployment.whole("JobModifyIndex"),
    status: deployment.word("Status", DEPLOYMENT_STATUSES),
    statusDescription: deployment.optionalText("StatusDescription"),
    groups: deployment.record("TaskGroups", stateFrom) ?? {},
    createIndex: deployment.whole("CreateIndex"),
    modifyIndex: deployment.optionalWhole("ModifyIndex"),
    createdAt: deployment.optionalNanoseconds("CreateTime"),
    modifiedAt: deployment.optionalNanoseconds("ModifyTime"),
    evaluationPriority: deployment.optionalWhole("EvalPriority"),
  });
}

function stateFrom(state: ObjectReader): DeploymentState {
  return present({
    autoRevert: state.optionalFlag("AutoRevert") ?? false,
    autoPromote: state.optionalFlag("AutoPromote") ?? false,
    progressDeadline: state.optionalNanoseconds("ProgressDeadline") ?? 0,
    requireProgressBy: state.optionalTime("RequireProgressBy"),
    promoted: state.optionalFlag("Promoted") ?? false,
    placedCanaries: state.texts("PlacedCanaries"),
    desiredCanaries: state.optionalWhole("DesiredCanaries") ?? 0,
    desiredTotal: state.optionalWhole("DesiredTotal") ?? 0,
    placedAllocs: state.optionalWhole("PlacedAllocs") ?? 0,
    healthyAllocs: state.optionalWhole("HealthyAllocs") ?? 0,
    unhealthyAllocs: state.optionalWhole("UnhealthyAllocs") ?? 0,
  });
}
