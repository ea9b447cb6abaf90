// The scans of this sitting: each is shown and heard at once, then answered one after another.

import * as ipc from './ipc';
import type {
  CountSaid,
  Detail,
  HandSaid,
  Row,
  ScanMode,
  ScanView,
  Trouble,
  WeighSaid,
} from './ipc.types';
import { aloud } from './aloud';
import { play, type Sound } from './sound';
import { asTrouble } from './trouble';
import { speak } from './voice';

/** How a scan looks and sounds. `wait`: not answered yet. */
export type Mood = 'wait' | 'good' | 'doubt' | 'wrong';

export interface Scan {
  seq: number;
  text: string;
  /** What it was for; nothing: for whatever it is. */
  mode: ScanMode | undefined;
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
  if (answer?.kind === 'verifying' || answer?.kind === 'weighed' || answer?.kind === 'handed') {
    return answer.value.row;
  }
  return answer && answer.kind !== 'unknown' ? answer.value : undefined;
}

/** What a scan is for, where it is not for the whole window. */
export interface How {
  mode: ScanMode;
  times: number;
}

const COUNT_MOODS: Record<CountSaid, Mood> = {
  begun: 'wait',
  counted: 'wait',
  taken_back: 'wait',
  done: 'good',
  already: 'doubt',
  passed: 'doubt',
  over: 'wrong',
  wrong: 'wrong',
  under: 'wrong',
};

const HAND_MOODS: Record<HandSaid, Mood> = {
  taken: 'good',
  twice: 'doubt',
  closed: 'doubt',
  wrong_carrier: 'wrong',
  returned: 'wrong',
};

/** How a weight is shown: kept, asked about, or refused. */
export function weighMood(said: WeighSaid): Mood {
  if (said === 'kept') return 'good';
  return said === 'outside' ? 'doubt' : 'wrong';
}

/** How what a count came to is shown. */
export function countMood(said: CountSaid): Mood {
  return COUNT_MOODS[said];
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
      return countMood(answer.value.said);
    case 'weighed':
      return weighMood(answer.value.said);
    case 'handed':
      return HAND_MOODS[answer.value.said];
    case 'printed':
    case 'in_work':
    case 'waiting':
      return 'doubt';
    case 'attention':
    case 'unknown':
      return 'wrong';
  }
}

/** What an answer sounds like. */
function soundOf(answer: ScanView): Sound {
  switch (answer.kind) {
    case 'command':
      return answer.value.done ? 'good' : 'wrong';
    case 'verifying':
      return countMood(answer.value.said) === 'wrong' ? 'wrong' : 'good';
    case 'weighed':
      return answer.value.said === 'kept' ? 'good' : 'wrong';
    case 'handed':
      return answer.value.said === 'taken' ? 'good' : 'wrong';
    case 'shipping':
    case 'confirmed':
      return 'good';
    case 'printed':
      return 'read';
    case 'in_work':
    case 'attention':
    case 'waiting':
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
  #said: (answer: ScanView) => void;

  /** `said` hears an answer at once, `answered` when what it is about is known in full. */
  constructor(answered: (scan: Scan) => void, said: (answer: ScanView) => void = () => {}) {
    this.#answered = answered;
    this.#said = said;
  }

  /** The last scan. */
  get last(): Scan | undefined {
    return this.recent[0];
  }

  /** Takes a scan: shown and heard now, answered when its turn comes. */
  take(text: string, how?: How): Promise<void> {
    this.#seq += 1;
    const seq = this.#seq;
    const scan: Scan = {
      seq,
      text,
      mode: how?.mode,
      atMs: Date.now(),
      answer: undefined,
      detail: undefined,
      trouble: undefined,
      printedAtMs: undefined,
      copy: undefined,
    };
    this.recent = [scan, ...this.recent].slice(0, RECENT_MAX);
    play('read');
    this.#queue = this.#queue.then(() => this.#ask(seq, text, how));
    return this.#queue;
  }

  /** Asks again for the shipments of scans that are not at their end yet. */
  async refresh(): Promise<void> {
    const counted = (scan: Scan) =>
      scan.answer?.kind === 'verifying' && scan.answer.value.said === 'done' && !scan.printedAtMs;
    const shipping = (scan: Scan) => scan.answer?.kind === 'shipping' && moodOf(scan) === 'wait';
    const moving = this.recent.filter((scan) => shipping(scan) || counted(scan)).slice(0, 8);
    await Promise.all(moving.map((scan) => this.#look(scan.seq)));
  }

  /** Notes that the last scan of this shipment led to another copy. */
  reprinted(id: number, copy: number): void {
    const scan = this.recent.find((one) => rowOf(one)?.id === id);
    if (scan) this.#set(scan.seq, { copy });
    play('good');
  }

  async #ask(seq: number, text: string, how?: How): Promise<void> {
    try {
      const answer = await (how ? ipc.scanIn(how.mode, text, how.times) : ipc.scan(text));
      this.#set(seq, { answer });
      this.#said(answer);
      play(soundOf(answer));
      speak(aloud(answer));
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
    // The paper of this very scan is out: the order is finished.
    if (printed && scan.answer?.kind === 'shipping') play('finished');
  }

  #set(seq: number, change: Partial<Scan>): void {
    this.recent = this.recent.map((scan) => (scan.seq === seq ? { ...scan, ...change } : scan));
  }
}
