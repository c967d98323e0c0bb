export { FAMILIAR, PEOPLE_FRESH, TALKED_FOR } from './ages.ts';
export {
  actionsOf,
  alwaysSpared,
  CALM_RULES,
  CHOICES,
  type Choice,
  choiceOf,
  type Facts,
  finds,
  judgeBy,
  LISTS_FREELY,
  mayWeaken,
  RULED,
  type Ruled,
  type Rules,
  rulesOf,
  type SpareReason,
  STRANGER,
  TELLS_TALKS,
  type Verdict,
} from './exempt.ts';
export { PROTECTED } from './protected.ts';
