// Every setting as a line of the screen: those of the file, and those of this computer alone.

import { has, t } from '$lib/i18n.svelte';
import type { DeskPrefs, Setting, SettingKind } from '$lib/ipc.types';

export interface Entry {
  key: string;
  group: string;
  kind: SettingKind | 'range';
  /** What is set; empty: nothing. */
  value: string;
  /** What is meant where nothing is set. */
  usual: string;
  least: number;
  most: number;
  choices: string[];
  needed: boolean;
  /** Of this computer alone. */
  own: boolean;
}

/** Headings, in the order they stand. */
export const GROUPS = [
  'look',
  'sound',
  'window',
  'bench',
  'scan',
  'sender',
  'freight',
  'privacy',
  'people',
  'backup',
  'tell',
  'network',
] as const;

interface Own {
  group: string;
  kind: Entry['kind'];
  choices?: string[];
  least?: number;
  most?: number;
}

/** How each of this computer's is set; the rest of them is not set by hand. */
const OWN = {
  theme: { group: 'look', kind: 'choice', choices: ['light', 'dark', 'system'] },
  scalePercent: { group: 'look', kind: 'choice', choices: ['100', '110', '125', '150'] },
  still: { group: 'look', kind: 'flag' },
  lang: { group: 'look', kind: 'choice', choices: ['zh', 'en'] },
  volumePercent: { group: 'sound', kind: 'range', least: 0, most: 100 },
  voice: { group: 'sound', kind: 'flag' },
  notifies: { group: 'window', kind: 'flag' },
  tray: { group: 'window', kind: 'flag' },
  opensAtLogin: { group: 'window', kind: 'flag' },
} satisfies Partial<Record<keyof DeskPrefs, Own>>;

type OwnKey = keyof typeof OWN;

/** This computer's settings as lines. */
export function ownEntries(prefs: DeskPrefs, lang: string): Entry[] {
  const keys = Object.keys(OWN) as OwnKey[];
  return keys.map((key) => {
    const { group, kind, choices = [], least = 0, most = 0 }: Own = OWN[key];
    const said = prefs[key] === '' && key === 'lang' ? lang : String(prefs[key]);
    const line = { key, group, kind, value: said, usual: '', least, most, choices };
    return { ...line, needed: true, own: true };
  });
}

/** What a line of this computer changes. */
export function ownChange(key: string, value: string): Partial<DeskPrefs> {
  const { kind } = OWN[key as OwnKey];
  if (kind === 'flag') return { [key]: value === 'true' };
  const isNumber = key === 'scalePercent' || kind === 'range';
  return { [key]: isNumber ? Number(value) : value };
}

/** The file's settings as lines. */
export function fileEntries(settings: Setting[]): Entry[] {
  return settings.map((one) => ({ ...one, value: one.value ?? '', own: false }));
}

/** A line's name. */
export function nameOf(entry: Entry): string {
  return t(`setting.${entry.key}`);
}

/** What a line is for, in a sentence. */
export function whyOf(entry: Entry): string {
  return t(`setting_why.${entry.key}`);
}

/** A word that may be chosen, in the language; a literal as it is. */
export function wordOf(entry: Entry, word: string): string {
  const key = `setting_word.${entry.key}.${word}`;
  return has(key) ? t(key) : word;
}

/** Whether a line has all that is looked for: in its name, its sentence, its heading, its key. */
export function fits(entry: Entry, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const group = t(`setting_group.${entry.group}`);
  const text = `${nameOf(entry)} ${whyOf(entry)} ${group} ${entry.key}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Whether the price lists, which are no line, are what is looked for. */
export function fitsTariffs(search: string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const text = `${t('setting_group.freight')} ${t('tariffs.title')} ${t('tariffs.why')} tariff`;
  return words.every((word) => text.toLowerCase().includes(word));
}

/** What the file's reader says of each key, out of a trouble's faults, in sentences. */
export function faultsByKey(faults: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of faults.split('\n').filter(Boolean)) {
    const [, key = '', why = '', ...what] = line.split('|');
    const sentence = has(`config.${why}`) ? t(`config.${why}`, { what: what.join('|') }) : line;
    found.set(key, [found.get(key), sentence].filter(Boolean).join(' '));
  }
  return found;
}
