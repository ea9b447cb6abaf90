// What a stand-in core begins with.

import type { BootMode, Detail } from '$lib/ipc.types';

export interface FakeOptions {
  mode?: BootMode;
  /** Orders ready to be shipped. */
  ready?: number;
  /** Orders in every other state, as a desk at eleven in the morning has. */
  busy?: boolean;
  /** How long each step of a batch takes, in ms; 0 does a batch within the call. */
  stepMs?: number;
  nowMs?: number;
  /** Draws a label; tests do without. */
  drawLabel?: (detail: Detail) => Promise<ArrayBuffer>;
}
