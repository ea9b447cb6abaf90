// The scan screen's own state: what scans are for, the order whose goods are being counted, and how
// many pieces the next scan stands for. The core keeps all of it but the last.

import * as ipc from './ipc';
import { USUAL_BOUNDARY, type Boundary } from './scan';
import type {
  CommandView,
  ManifestView,
  ScaleView,
  ScanMode,
  ScanView,
  VerifyView,
  WeighView,
} from './ipc.types';

/** A mode with its key; the words stand in the language files under `mode.`. */
export interface ModeKey {
  mode: ScanMode;
  combo: string;
  label: string;
}

/** The modes, in the order of the screen. */
export const MODES: readonly ModeKey[] = [
  { mode: 'ship', combo: 'S', label: 'mode.ship' },
  { mode: 'reprint', combo: 'R', label: 'mode.reprint' },
  { mode: 'verify', combo: 'V', label: 'mode.verify' },
  { mode: 'weigh', combo: 'W', label: 'mode.weigh' },
  { mode: 'hand_over', combo: 'H', label: 'mode.hand_over' },
];

const MODE_OF: Partial<Record<CommandView['command'], ScanMode>> = {
  to_ship: 'ship',
  to_reprint: 'reprint',
  to_verify: 'verify',
  to_weigh: 'weigh',
  to_hand_over: 'hand_over',
};

/** No order has more of one kind, and no scale here bears more grams, in digits. */
const TIMES_DIGITS_MAX = 5;

export class Bench {
  mode = $state<ScanMode>('ship');
  /** The order whose goods are being counted, or the last that was. */
  counting = $state.raw<VerifyView>();
  /** The parcel that was on the scale last. */
  weighed = $state.raw<WeighView>();
  /** The manifest at hand. */
  manifest = $state.raw<ManifestView>();
  /** Where a person ends and a scanner begins. */
  scanner = $state.raw<Boundary>(USUAL_BOUNDARY);
  /** The scale as it was seen last; without one nothing. */
  scale = $state.raw<ScaleView>();
  /** Digits typed: pieces of the next scan, or grams on the practice scale. */
  typed = $state('');

  /** Asks the core what the screen goes on with. */
  async load(): Promise<void> {
    const kept = await ipc.bench();
    this.mode = kept.mode;
    this.counting = kept.verifying ?? undefined;
    this.scale = kept.scale ?? undefined;
    this.scanner = kept.scanner;
  }

  /** Looks at the scale. */
  async look(): Promise<void> {
    this.scale = (await ipc.scaleView().catch(() => null)) || undefined;
  }

  /** Chooses what scans are for. */
  async choose(mode: ScanMode): Promise<void> {
    this.mode = mode;
    this.typed = '';
    await ipc.setMode(mode);
  }

  /** One more digit of how many pieces the next scan stands for. */
  digit(digit: string): void {
    this.typed = (this.typed + digit).replace(/^0+/, '').slice(0, TIMES_DIGITS_MAX);
  }

  /** How many pieces the scan that came now stands for; the next one is one again. */
  takeTimes(): number {
    const times = Number(this.typed) || 1;
    this.typed = '';
    return times;
  }

  /** What an answer changes here. */
  answered(answer: ScanView): void {
    if (answer.kind === 'verifying') {
      this.counting = answer.value;
      this.mode = 'verify';
    } else if (answer.kind === 'command') {
      this.mode = MODE_OF[answer.value.command] ?? this.mode;
    } else if (answer.kind === 'weighed') {
      this.weighed = answer.value;
    } else if (answer.kind === 'handed') {
      this.manifest = answer.value.manifest;
    } else if (this.mode === 'verify' && answer.kind !== 'unknown') {
      this.counting = undefined;
    }
  }
}
