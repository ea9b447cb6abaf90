// The scans of this sitting: each is shown and heard at once, then answered one after another.

import * as ipc from './ipc';
import type { Detail, Row, ScanView, Trouble } from './ipc.types';
import { play } from './sound';
import { asTrouble } from './trouble';

/** How a scan looks and sounds. `wait`: not answered yet. */
export type Mood = 'wait' | 'good' | 'doubt' | 'wrong';

export interface Scan {
  seq: number;
  text: string;
  atMs: number;
  answer: ScanView | undefined;
  /** The shipment in full, once the scan named one. */
  detail: Detail | undefined;
  /** What kept the core from answering. */
  trouble: Trouble | undefined;
  /** When its label was seen to be printed, ms. */
  printedAtMs: number | undefined;
  /** Which copy was asked for after this scan, if it was. */
  copy: number | undefined;
}

/** Scans kept in the list of recent ones. */
export const RECENT_MAX = 30;

/** The row a scan named, if it named one. */
export function rowOf(scan: Scan): Row | undefined {
  if (scan.detail) return scan.detail.row;
  const { answer } = scan;
  if (answer?.kind === 'command') return answer.value.row ?? undefined;
  if (answer?.kind === 'verifying') return answer.value.row;
  return answer && answer.kind !== 'unknown' ? answer.value : undefined;
}

/** How a scan is shown: by its answer, and by what became of the shipment since. */
export function moodOf(scan: Scan): Mood {
  if (scan.trouble) return 'wrong';
  if (scan.copy !== undefined) return 'good';
  const { answer } = scan;
  if (!answer) return 'wait';
  switch (answer.kind) {
    case 'shipping': {
      const state = rowOf(scan)?.state;
      if (state === 'held' || state === 'refused' || rowOf(scan)?.trouble) return 'wrong';
      return state === 'printed' ? 'good' : 'wait';
    }
    case 'confirmed':
      return 'good';
    case 'command':
      return answer.value.done ? 'good' : 'wrong';
    case 'verifying':
      return ['over', 'wrong', 'under'].includes(answer.value.said) ? 'wrong' : 'good';
    case 'printed':
    case 'waiting':
    case 'in_work':
      return 'doubt';
    case 'attention':
    case 'unknown':
      return 'wrong';
  }
}

/** Reads scans in the order they came; none is dropped while another waits for its answer. */
export class Scans {
  /** Newest first. */
  recent = $state.raw<Scan[]>([]);
  #seq = 0;
  #queue: Promise<void> = Promise.resolve();
  #answered: (scan: Scan) => void;

  constructor(answered: (scan: Scan) => void) {
    this.#answered = answered;
  }

  /** The last scan. */
  get last(): Scan | undefined {
    return this.recent[0];
  }

  /** Takes a scan: shown and heard now, answered when its turn comes. */
  take(text: string): Promise<void> {
    this.#seq += 1;
    const seq = this.#seq;
    const scan: Scan = {
      seq,
      text,
      atMs: Date.now(),
      answer: undefined,
      detail: undefined,
      trouble: undefined,
      printedAtMs: undefined,
      copy: undefined,
    };
    this.recent = [scan, ...this.recent].slice(0, RECENT_MAX);
    play('read');
    this.#queue = this.#queue.then(() => this.#ask(seq, text));
    return this.#queue;
  }

  /** Asks again for the shipments of scans that are not at their end yet. */
  async refresh(): Promise<void> {
    const open = this.recent.filter((scan) => scan.answer?.kind === 'shipping');
    const moving = open.filter((scan) => moodOf(scan) === 'wait').slice(0, 8);
    await Promise.all(moving.map((scan) => this.#look(scan.seq)));
  }

  /** Notes that the last scan of this shipment led to another copy. */
  reprinted(id: number, copy: number): void {
    const scan = this.recent.find((one) => rowOf(one)?.id === id);
    if (scan) this.#set(scan.seq, { copy });
    play('good');
  }

  async #ask(seq: number, text: string): Promise<void> {
    try {
      const answer = await ipc.scan(text);
      this.#set(seq, { answer });
      const done = answer.kind === 'command' && answer.value.done;
      const good = done || answer.kind === 'shipping' || answer.kind === 'confirmed';
      play(good ? 'good' : answer.kind === 'printed' ? 'read' : 'wrong');
      await this.#look(seq);
    } catch (wrong) {
      this.#set(seq, { trouble: asTrouble(wrong) });
      play('wrong');
    }
    const scan = this.recent.find((one) => one.seq === seq);
    if (scan) this.#answered(scan);
  }

  async #look(seq: number): Promise<void> {
    const scan = this.recent.find((one) => one.seq === seq);
    const row = scan && rowOf(scan);
    if (!row) return;
    const detail = await ipc.shipment(row.id).catch(() => undefined);
    if (!detail) return;
    const printed = detail.row.state === 'printed' && scan.printedAtMs === undefined;
    this.#set(seq, printed ? { detail, printedAtMs: Date.now() } : { detail });
  }

  #set(seq: number, change: Partial<Scan>): void {
    this.recent = this.recent.map((scan) => (scan.seq === seq ? { ...scan, ...change } : scan));
  }
}
