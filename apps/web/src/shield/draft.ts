import { CALM_RULES, rulesInput } from '@secateur/core/exemptions/schemas';
import { DEFAULT_HOLD, highestThreshold } from '@secateur/core/shields/policy';
import { type PreviewInput, previewInput } from '@secateur/core/shields/schemas';
import { z } from 'zod';
import { draftSourceSchema, EMPTY_SOURCE, inputsOf, networkOf, takenOf } from './draft-source.ts';

/** The name under which the form for a new shield is kept. */
export const SHIELD_DRAFT = 'shield';

/** The form as it is typed: like what is sent, but nothing has to be there yet. */
export const draftSchema = previewInput.extend({
  sources: z.array(draftSourceSchema).min(1),
  reason: z.string().default(''),
  /** Null until somebody chose: then every account that is ready where a source is. */
  connectionIds: z.array(z.string()).nullable(),
  /** Null until somebody chose: then the first that all of those accounts allow. */
  action: previewInput.shape.action.nullable(),
  keepUp: z.boolean(),
});
export type ShieldDraft = z.infer<typeof draftSchema>;

export const EMPTY_DRAFT: ShieldDraft = {
  sources: [{ ...EMPTY_SOURCE, id: 'first' }],
  threshold: 1,
  connectionIds: null,
  action: null,
  hold: DEFAULT_HOLD,
  ...z.object(rulesInput).parse(CALM_RULES),
  keepUp: true,
  reason: '',
};

type Account = { id: string; network: PreviewInput['sources'][number]['network'] };
type Able = Account & { rights: readonly PreviewInput['action'][] };

/** In the order in which they are offered. */
export const ACTIONS = ['block', 'mute'] as const;

/** Which of the accounts that are ready it acts on: those that were chosen, else all that are where a source is. */
export function chosenOf<A extends Account>(draft: ShieldDraft, usable: readonly A[]): A[] {
  const { connectionIds } = draft;
  const networks = draft.sources.map((source) => networkOf(source, usable));
  return usable.filter((one) => connectionIds?.includes(one.id) ?? networks.includes(one.network));
}

/** Those of the accounts that don't allow an action. */
export function barring<A extends Able>(action: PreviewInput['action'], accounts: readonly A[]): A[] {
  return accounts.filter(({ rights }) => !rights.includes(action));
}

/** What it does: what somebody chose where all of its accounts allow that, else the first that they do. */
export function actionOf(draft: ShieldDraft, usable: readonly Able[]): PreviewInput['action'] {
  const chosen = chosenOf(draft, usable);
  const { action } = draft;
  if (action !== null && barring(action, chosen).length === 0) return action;
  return ACTIONS.find((one) => barring(one, chosen).length === 0) ?? action ?? ACTIONS[0];
}

/** What is lacking, by the id of what is to be filled in, in the order of the page. */
export function missingIn(draft: ShieldDraft, usable: readonly Account[]): string[] {
  const missing = draft.sources.flatMap((source) => {
    const unnamed = source.file === null && source.query.trim() === '';
    const untaken = takenOf(source, usable).length === 0;
    return [...(unnamed ? [`query-${source.id}`] : []), ...(untaken ? [`cover-${source.id}`] : [])];
  });
  const chosen = chosenOf(draft, usable);
  const without = draft.sources.some((source) => !chosen.some((one) => one.network === networkOf(source, usable)));
  return without ? [...missing, 'as'] : missing;
}

/** What is sent. */
export function inputOf(draft: ShieldDraft, usable: readonly Able[]): PreviewInput {
  const sources = draft.sources.flatMap((source) => inputsOf(source, usable));
  const threshold = Math.min(draft.threshold, highestThreshold(sources));
  const connectionIds = chosenOf(draft, usable).map(({ id }) => id);
  return { ...draft, action: actionOf(draft, usable), sources, threshold, connectionIds };
}
