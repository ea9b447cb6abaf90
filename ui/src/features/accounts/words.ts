// What the settings say of an account, and what a trial found, in words for people.

import { clock } from '$lib/format';
import { t } from '$lib/i18n.svelte';
import type {
  AccountField,
  AccountKind,
  AccountSetup,
  AccountTrial,
  ApplicationState,
  ApplicationView,
} from '$lib/ipc.types';
import type { Kind } from '../../parts/Sign.svelte';

/** Whose words a field uses: its kind's, or those of all. */
function ownerOf(kind: string, field: AccountField): string {
  return field.any ? 'any' : kind;
}

export function fieldText(kind: string, field: AccountField): string {
  return t(`field.${ownerOf(kind, field)}_${field.key}`);
}

export function whereText(kind: string, field: AccountField): string {
  return t(`where.${ownerOf(kind, field)}_${field.key}`);
}

export function choiceText(kind: string, field: AccountField, word: string): string {
  return t(`choice.${ownerOf(kind, field)}_${field.key}_${word}`);
}

/** One setting of an account, as it is read on the pane. */
export interface Fact {
  key: string;
  name: string;
  text: string;
}

/** What is set of an account, its secrets as where they are. */
export function factsOf(setup: AccountSetup, kinds: readonly AccountKind[]): Fact[] {
  const { kind, values } = setup.form;
  const fields = kinds.find((one) => one.kind === kind)?.fields ?? [];
  return fields.flatMap((field) => {
    const place = setup.secrets[field.key];
    const value = values[field.key];
    // The environment stands above all of them.
    if (field.key === 'environment' || (!place && !value)) return [];
    const text = place ? t(`accounts.kept_${place}`) : valueText(kind, field, value ?? '');
    return [{ key: field.key, name: fieldText(kind, field), text }];
  });
}

/** The names of the settings that its carrier wants and that are not there. */
export function lacksOf(setup: AccountSetup, kinds: readonly AccountKind[]): string[] {
  const { kind } = setup.form;
  const fields = kinds.find((one) => one.kind === kind)?.fields ?? [];
  return setup.lacks.map((key) => {
    const field = fields.find((one) => one.key === key);
    return field ? fieldText(kind, field) : key;
  });
}

function valueText(kind: string, field: AccountField, value: string): string {
  if (field.kind === 'flag') return t(value === 'true' ? 'accounts.yes' : 'accounts.no');
  if (field.kind === 'choice' && field.choices.includes(value)) {
    return choiceText(kind, field, value);
  }
  return value;
}

/** How a trial's outcome looks: what a person need not mend is no error. */
export function trialKind(trial: AccountTrial): Kind {
  if (trial.verdict === 'works') return 'good';
  return trial.verdict === 'often' || trial.verdict === 'silent' ? 'mind' : 'wrong';
}

/** What a trial found and what to do about it. */
export function trialText(trial: AccountTrial): string {
  return t(`verdict.${trial.verdict}`, { now: clock(trial.nowMs) });
}

/** Verdicts whose words are the system's, not the carrier's. */
const OF_SYSTEM: ReadonlySet<AccountTrial['verdict']> = new Set([
  ...(['name', 'unreachable', 'untrusted', 'expired', 'not_yet', 'wrong_host'] as const),
  ...(['tls', 'silent'] as const),
]);

/** The literal words behind a trial; nothing if there were none. */
export function trialSaid({ verdict, said, code }: AccountTrial): string {
  const whose = OF_SYSTEM.has(verdict) ? 'accounts.system_said' : 'accounts.said';
  const words = said && t(whose, { said });
  return [words, code && t('accounts.code', { code })].filter(Boolean).join(' · ');
}

/** How far an application is, in words. */
export function stateText(state: ApplicationState): string {
  const words: Record<ApplicationState, string> = {
    asked: t('apply_state.asked'),
    unsent: t('apply_state.unsent'),
    accepted: t('apply_state.accepted'),
    refused: t('apply_state.refused'),
    unknown: t('apply_state.unknown'),
    granted: t('apply_state.granted'),
    taken: t('apply_state.taken'),
    dropped: t('apply_state.dropped'),
  };
  return words[state];
}

export function stateKind(state: ApplicationState): Kind {
  const kinds: Record<ApplicationState, Kind> = {
    asked: 'busy',
    unsent: 'idle',
    accepted: 'busy',
    refused: 'wrong',
    unknown: 'doubt',
    granted: 'mind',
    taken: 'good',
    dropped: 'idle',
  };
  return kinds[state];
}

/** A setting that a number brings, as the account's form names it. */
export function keyText(key: string): string {
  if (key === 'customer_name') return t('field.kdniao_customer_name');
  if (key === 'customer_pwd') return t('field.kdniao_customer_pwd');
  return t('field.kdniao_send_site');
}

/** The application that an account's card shows: one that wants a person before a newer one. */
export function applicationOf(
  all: readonly ApplicationView[],
  account: string,
): ApplicationView | undefined {
  const own = all.filter((one) => one.account === account && one.state !== 'dropped');
  return own.find((one) => one.state === 'granted') ?? own[0];
}
