// What the settings say of a printer, in words for people.

import { t } from '$lib/i18n.svelte';
import type { PrinterForm, Tells } from '$lib/ipc.types';
import type { Kind } from '../../parts/Sign.svelte';

export const LANGUAGES = ['zpl', 'tspl', 'cpcl', 'epl', 'escpos'] as const;
export const HEADS = ['8', '11.8', '12'] as const;
export const CONFIRMS = ['status', 'scan', 'none'] as const;
export const MEDIA = ['gap', 'mark', 'continuous'] as const;

/** How a printer's word looks: the surer, the greener. */
export function tellsKind(tells: Tells): Kind {
  const kinds: Record<Tells, Kind> = {
    paper: 'good',
    state: 'busy',
    scan: 'busy',
    nothing: 'mind',
  };
  return kinds[tells];
}

/** `76x130` as people write it. */
export function paperText(paper: string): string {
  return `${paper.replace(/\s*[xX×*]\s*/, ' × ')} mm`;
}

/** Language, head, paper on one line. */
export function factsText(form: PrinterForm): string {
  const language = t(`printers.language_${form.language}`);
  return [language, t(`printers.head_${headKey(form.dotsPerMm)}`), paperText(form.paper)].join(
    ' · ',
  );
}

/** Keys of sentences hold no dots of their own. */
export function headKey(dots: string): string {
  return dots.replace('.', '_');
}

/** What the fields of the form have against them, by the settings' own keys. */
export function faultsByKey(faults: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const line of faults.split('\n')) {
    const [, path = '', why = '', ...what] = line.split('|');
    const key = /^printer\[\d+\]\.(\w+)$/.exec(path)?.[1] ?? '';
    const sentence = t(`config.${why}`, { what: what.join('|') });
    found.set(key, [...(found.get(key) ?? []), sentence]);
  }
  return found;
}
