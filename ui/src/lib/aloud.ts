// What is said aloud after a scan: the carrier where a label comes, a warning where none does. The
// screen shows the same words.

import { t } from './i18n.svelte';
import type { Row, ScanView } from './ipc.types';

/** The carrier an order goes with, as a packer calls it: the beginning of its account's name. */
function carrierOf(row: Row): string {
  return row.account.split(/[-_ ·]/)[0] ?? '';
}

/** Whether a shop took the money back, as far as the reason says so. */
function refunded(row: Row): boolean {
  return (row.trouble?.fields.why ?? '').includes(t('voice.refund'));
}

/** The words for an answer; empty: nothing is said. */
export function aloud(answer: ScanView): string {
  switch (answer.kind) {
    case 'shipping':
      return carrierOf(answer.value);
    case 'printed':
      return t('voice.again');
    case 'waiting':
    case 'attention':
      return refunded(answer.value) ? t('voice.refund') : t('voice.attention');
    case 'unknown':
      return t('voice.unknown');
    case 'confirmed':
    case 'in_work':
    case 'verifying':
    case 'weighed':
    case 'handed':
    case 'command':
      return '';
  }
}
