import { defineCatalogue } from '@secateur/queue';
import { listAudienceJob, lookAgainJob } from '../audiences/index.ts';
import {
  confirmConnectionJob,
  moveConnectionJob,
  readOwnJob,
  renewConnectionJob,
  tendConnectionJob,
} from '../connections/index.ts';
import { eraseTenantJob } from '../deletion/index.ts';
import { actJob } from '../effects/index.ts';
import { drainConnectionJob } from '../leaving/index.ts';
import { finishFlowJob, keepProvenJob, sendOffJob } from '../oauth/index.ts';
import { tendKeysJob } from '../secrets/index.ts';
import { deliverAppealJob, fillListJob, syncSubscriptionJob } from '../sharing/index.ts';
import {
  countPreviewJob,
  describeCrowdJob,
  keepUpJob,
  planShieldJob,
  preparePreviewJob,
  unwindShieldJob,
} from '../shields/index.ts';
import { readUploadJob } from '../uploads/index.ts';

/** Every job there is. The worker must bind each of them. */
export const catalogue = defineCatalogue({
  confirmConnection: confirmConnectionJob,
  renewConnection: renewConnectionJob,
  drainConnection: drainConnectionJob,
  tendConnection: tendConnectionJob,
  moveConnection: moveConnectionJob,
  sendOff: sendOffJob,
  finishFlow: finishFlowJob,
  keepProven: keepProvenJob,
  readOwn: readOwnJob,
  preparePreview: preparePreviewJob,
  countPreview: countPreviewJob,
  describeCrowd: describeCrowdJob,
  planShield: planShieldJob,
  unwindShield: unwindShieldJob,
  listAudience: listAudienceJob,
  lookAgain: lookAgainJob,
  keepUp: keepUpJob,
  readUpload: readUploadJob,
  act: actJob,
  fillList: fillListJob,
  syncSubscription: syncSubscriptionJob,
  deliverAppeal: deliverAppealJob,
  tendKeys: tendKeysJob,
  eraseTenant: eraseTenantJob,
});
