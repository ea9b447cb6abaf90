// What goes wrong, as the core says it, and as a sentence for the screen.

import { has, t } from './i18n.svelte';
import type { Fault, RowFault, Trouble } from './ipc.types';

/** Whether a thrown value is the core's own way of saying what went wrong. */
export function isTrouble(wrong: unknown): wrong is Trouble {
  if (typeof wrong !== 'object' || wrong === null) return false;
  return 'code' in wrong && 'action' in wrong && 'fields' in wrong;
}

/** A trouble from anything thrown: what the core did not say itself is `internal`. */
export function asTrouble(wrong: unknown): Trouble {
  if (isTrouble(wrong)) return wrong;
  const why = wrong instanceof Error ? wrong.message : String(wrong);
  return { code: 'internal', action: 'none', fields: { why } };
}

/** Fields whose value is a word of ours and not a literal: where its sentence stands. */
const OUR_WORDS: Record<string, string> = {
  state: 'state',
  column: 'column',
  field: 'field',
  right: 'right',
};

/** The sentence of a trouble, with its literal values put in. */
export function troubleText(trouble: Trouble): string {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(trouble.fields)) {
    if (name === 'faults') {
      fields[name] = (value ?? '').split('\n').map(settingsFault).join('\n');
      continue;
    }
    if (name === 'why') {
      fields[name] = wayText(value ?? '');
      continue;
    }
    const key = `${OUR_WORDS[name] ?? ''}.${value}`;
    fields[name] = has(key) ? t(key) : (value ?? '');
  }
  // A person has found out that there is no number: the carrier refused without a word.
  const silent = trouble.code === 'carrier_refused' && !trouble.fields.said;
  if (silent) return t('trouble.carrier_none', fields);
  // The first wrong PIN makes nobody wait.
  if (trouble.code === 'who_unknown' && fields.wait_s === '0') return t('trouble.who_unknown_now');
  return t(`trouble.${trouble.code}`, fields);
}

/** Why nothing was sent: where it begins with a word of ours, that word as a sentence. */
export function wayText(why: string): string {
  const [, word, rest] = /^(\w+): ([\s\S]*)$/.exec(why) ?? [];
  return word && has(`net.${word}`) ? `${t(`net.${word}`)} (${rest})` : why;
}

/** What stands against the keys of one kind of table of the settings, by key. */
export function settingsFaults(faults: string, table: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const path = new RegExp(`^${table}\\[\\d+\\]\\.(\\w+)$`);
  for (const line of faults.split('\n')) {
    const [, at = '', why = '', ...what] = line.split('|');
    if (!has(`config.${why}`)) continue;
    const key = path.exec(at)?.[1] ?? '';
    const sentence = t(`config.${why}`, { what: what.join('|') });
    found.set(key, [...(found.get(key) ?? []), sentence]);
  }
  return found;
}

/** The sentence of one fault of the settings, which comes as `line|key|why|what`. */
function settingsFault(text: string): string {
  const [line, key, why = '', ...what] = text.split('|');
  if (!has(`config.${why}`)) return text;
  const sentence = t(`config.${why}`, { what: what.join('|') });
  return t('config.line', { line, key, why: sentence });
}

/** The sentence of one fault of an order. */
export function faultText(fault: Fault): string {
  const field = has(`field.${fault.field}`) ? t(`field.${fault.field}`) : fault.field;
  const what = fault.code === 'customs_missing' ? t(`customs.${fault.what}`) : fault.what;
  return t(`fault.${fault.code}`, { what, field });
}

/** The sentence of a refused row. */
export function rowFaultText(why: RowFault): string {
  return t(`rowfault.${why}`);
}
