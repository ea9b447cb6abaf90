// What the settings say of a printer, in words for people.

import { when } from '$lib/format';
import { t } from '$lib/i18n.svelte';
import type { PrinterForm, PrinterSetup, Probed, ProbeView, Proof } from '$lib/ipc.types';
import type { Kind } from '../../parts/Sign.svelte';

export const LANGUAGES = ['zpl', 'tspl', 'cpcl', 'epl', 'escpos'] as const;
export const HEADS = ['8', '11.8', '12'] as const;
export const CONFIRMS = ['status', 'scan', 'none'] as const;
export const MEDIA = ['gap', 'mark', 'continuous'] as const;
/** One address of each kind, as examples. */
export const ADDRESSES = [
  'tcp://192.168.1.50:9100',
  'ipp://192.168.1.50/ipp/print',
  'usb:0a5f:00d3',
  'lp:/dev/usb/lp0',
  'serial:COM3@9600',
  'queue:NAME',
  'component:cainiao/NAME',
  'dir:PATH',
] as const;

/** A printer nobody has said anything of. */
export const EMPTY: PrinterForm = {
  name: '',
  address: 'tcp://',
  language: 'zpl',
  dotsPerMm: '8',
  paper: '76x130',
  confirm: 'status',
  darkness: null,
  speed: null,
  offsetX: 0,
  offsetY: 0,
  upsideDown: false,
  media: null,
  carriers: [],
  shops: [],
};

/** How a printer's word looks: the surer, the greener. Nobody asked: nothing is known. */
export function proofKind(proof: Proof | undefined): Kind {
  const kinds: Record<Proof, Kind> = { paper: 'good', state: 'busy', silent: 'mind' };
  return proof ? kinds[proof] : 'idle';
}

/** What a printer proved and when, or that nobody has asked it yet. */
export function proofText(probed: Probed | null): string {
  if (!probed) return t('proof.unasked');
  return t('proof.at', { proof: t(`proof.${probed.proof}`), when: when(probed.atMs) });
}

/** The settings believe a printer that says nothing. */
export function isMisbelieved({ form, probed }: PrinterSetup): boolean {
  return form.confirm === 'status' && probed?.proof === 'silent';
}

/** Names between commas, however they are typed. */
export function namesOf(text: string): string[] {
  const names = text.split(/[,\uff0c\u3001;\uff1b]/).map((name) => name.trim());
  return names.filter((name) => name !== '');
}

/** Which labels a printer takes; nothing if it takes what no other one names. */
export function takesText(form: PrinterForm): string {
  return [...form.carriers, ...form.shops].join(' · ');
}

/** A new printer as far as it can be guessed from what it said. Its paper is the bench's. */
export function guessed(
  address: string,
  said: Pick<ProbeView, 'model' | 'languages' | 'headDotsPerM' | 'proof'>,
  known: readonly PrinterForm[],
): PrinterForm {
  const heads: Record<number, string> = { 11811: '11.8', 12000: '12' };
  const spoken = said.languages.find((one) => LANGUAGES.some((known) => known === one));
  const plain = said.model.trim() || t('printers.new');
  const taken = (name: string) => known.some((form) => form.name === name);
  let name = plain;
  for (let n = 2; taken(name); n += 1) name = `${plain} ${n}`;
  return {
    ...EMPTY,
    name,
    address,
    language: spoken ?? EMPTY.language,
    dotsPerMm: heads[said.headDotsPerM ?? 0] ?? '8',
    paper: known[0]?.paper ?? EMPTY.paper,
    confirm: said.proof === 'silent' ? 'none' : 'status',
  };
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
