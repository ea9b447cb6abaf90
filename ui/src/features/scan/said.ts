// The few words for what a scan was: keys of the language files.

import { moodOf, rowOf, type Scan } from '$lib/scans.svelte';

/** Key of the headline of a scan. */
export function saidOf(scan: Scan): string {
  if (scan.trouble) return 'scan.failed';
  if (!scan.answer) return 'scan.read';
  if (scan.copy !== undefined) return 'scan.reprinted';
  if (scan.answer.kind === 'command') {
    const { command, done } = scan.answer.value;
    return done ? `command.${command}` : 'command.nothing';
  }
  if (scan.answer.kind === 'verifying') return `count.${scan.answer.value.said}`;
  if (scan.answer.kind === 'weighed') return `weigh.${scan.answer.value.said}`;
  if (scan.answer.kind === 'handed') return `hand.${scan.answer.value.said}`;
  if (scan.answer.kind !== 'shipping') return `scan.${scan.answer.kind}`;
  if (moodOf(scan) === 'good') return 'scan.done';
  if (moodOf(scan) === 'wrong') return 'scan.attention';
  return rowOf(scan)?.state === 'waybilled' ? 'scan.printing' : 'scan.shipping';
}
