// What is said of shops' forms, in words for people.

import { t } from '$lib/i18n.svelte';
import type { FormCard, FormElement, FormFault } from '$lib/ipc.types';

export const CODES = ['code128', 'qr', 'data_matrix', 'pdf417'] as const;
export const SIDES = ['left', 'centre', 'right'] as const;
export const PAPERS = ['76x130', '100x113', '100x150', '100x180'] as const;

/** The sentence of what is wrong. */
export function faultText(fault: FormFault): string {
  return t(`config.${fault.why}`, { what: fault.what });
}

/** What an element shows, in one line: fields by their names. */
export function saysText(element: FormElement): string {
  if (element.kind === 'picture') return element.picture;
  const said = element.text.replace(/\{(\w+)\}/g, (_, field) => `〔${t(`forms.field_${field}`)}〕`);
  return element.kind === 'code' ? `${t(`forms.code_${element.code}`)} ${said}` : said;
}

/** Who prints with a form. */
export function usesText(card: FormCard): string {
  if (!card.used) return t('forms.unused');
  return card.shops.length > 0 ? card.shops.join(' · ') : t('forms.all_shops');
}

/** The pitch of a head in dpi, as printers are sold. */
export function headText(dotsPerM: number): string {
  const names: Record<number, string> = {
    8000: 'printers.head_8',
    11811: 'printers.head_11_8',
    12000: 'printers.head_12',
  };
  return t(names[dotsPerM] ?? 'printers.head_8');
}
