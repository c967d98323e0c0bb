import { bind, type Handlers, handlers } from '@secateur/queue';
import { listAudience, listAudienceJob, lookAgain, lookAgainJob } from '../audiences/index.ts';
import {
  confirmConnection,
  confirmConnectionJob,
  moveConnectionJob,
  readOwnJob,
  renewConnectionJob,
  tendConnection,
  tendConnectionJob,
  tryRenewal,
} from '../connections/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { eraseTenant, eraseTenantJob } from '../deletion/index.ts';
import { act, actJob } from '../effects/index.ts';
import { drainConnection, drainConnectionJob } from '../leaving/index.ts';
import { moveConnection } from '../moving/index.ts';
import { finishFlow, finishFlowJob, keepProven, keepProvenJob, sendOff, sendOffJob } from '../oauth/index.ts';
import { readOwn } from '../readings/index.ts';
import { tendKeys, tendKeysJob } from '../secrets/index.ts';
import {
  deliverAppeal,
  deliverAppealJob,
  fillList,
  fillListJob,
  syncSubscription,
  syncSubscriptionJob,
} from '../sharing/index.ts';
import {
  countPreview,
  countPreviewJob,
  describeCrowd,
  describeCrowdJob,
  keepUp,
  keepUpJob,
  planShield,
  planShieldJob,
  preparePreview,
  preparePreviewJob,
  unwindShield,
  unwindShieldJob,
} from '../shields/index.ts';
import { readUpload, readUploadJob } from '../uploads/index.ts';
import { catalogue } from './jobs.ts';

/** Each job with the one verb it calls. */
export function bindJobs(ctx: WorkerContext): Handlers {
  return handlers(catalogue, [
    bind(confirmConnectionJob, (ref) => confirmConnection(ctx, ref)),
    bind(renewConnectionJob, (ref) => tryRenewal(ctx, ref)),
    bind(drainConnectionJob, (ref) => drainConnection(ctx, ref)),
    bind(moveConnectionJob, (ref) => moveConnection(ctx, ref)),
    bind(tendConnectionJob, (ref) => tendConnection(ctx, ref)),
    bind(sendOffJob, (ref) => sendOff(ctx, ref)),
    bind(finishFlowJob, (ref) => finishFlow(ctx, ref)),
    bind(keepProvenJob, (ref) => keepProven(ctx, ref)),
    bind(readOwnJob, (ref) => readOwn(ctx, ref)),
    bind(preparePreviewJob, (ref) => preparePreview(ctx, ref)),
    bind(countPreviewJob, (ref) => countPreview(ctx, ref)),
    bind(describeCrowdJob, (ref) => describeCrowd(ctx, ref)),
    bind(planShieldJob, (ref) => planShield(ctx, ref)),
    bind(unwindShieldJob, (ref) => unwindShield(ctx, ref)),
    bind(listAudienceJob, (ref) => listAudience(ctx, ref)),
    bind(lookAgainJob, (ref) => lookAgain(ctx, ref)),
    bind(keepUpJob, (ref) => keepUp(ctx, ref)),
    bind(readUploadJob, (ref) => readUpload(ctx, ref)),
    bind(actJob, (ref) => act(ctx, ref)),
    bind(fillListJob, (ref) => fillList(ctx, ref)),
    bind(syncSubscriptionJob, (ref) => syncSubscription(ctx, ref)),
    bind(deliverAppealJob, (ref) => deliverAppeal(ctx, ref)),
    bind(tendKeysJob, (ref) => tendKeys(ctx, ref)),
    bind(eraseTenantJob, (ref) => eraseTenant(ctx, ref)),
  ]);
}
