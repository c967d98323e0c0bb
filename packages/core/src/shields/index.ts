export { cancel, extend, pause, resume, undo, undoTarget } from './control.ts';
export { countPreview } from './count-preview.ts';
export { describeCrowd } from './describe.ts';
export { forgive } from './forgive.ts';
export { goOn } from './go-on.ts';
export {
  countPreviewJob,
  describeCrowdJob,
  keepUpJob,
  planShieldJob,
  preparePreviewJob,
  unwindShieldJob,
} from './jobs.ts';
export { keepUp } from './keep-up.ts';
export { beginKeepingUp, stopKeepingUp } from './keeping.ts';
export { lookForFriends } from './look-for-friends.ts';
export { writeNote } from './note.ts';
export { planShield } from './plan.ts';
export { preparePreview } from './prepare.ts';
export { type PreparedFile, takePreparedList } from './prepared-list.ts';
export { discardPreview, startPreview } from './preview.ts';
export { raise } from './raise.ts';
export { renew } from './renew.ts';
export { nextEnding, tellEndings } from './tell-endings.ts';
export { callOff, getOrder, undoAll } from './undo-all.ts';
export { undoSome } from './undo-some.ts';
export { unwindShield } from './unwind.ts';
export { getPreview } from './view-preview.ts';
export { getShield, listShields } from './view-shield.ts';
export { listTargets } from './view-targets.ts';
