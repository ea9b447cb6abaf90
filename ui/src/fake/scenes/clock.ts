// Time stands still in the scenes, so that a picture of today is the picture of tomorrow. Has to be
// imported before anything that looks at the clock.

/** When all scenes play: 2026-11-21 10:04 in China, ms UTC. */
export const NOW_MS = Date.UTC(2026, 10, 21, 2, 4);
/** Timers that wait for a person to have read something never end, in ms. */
const READ_MS = 1500;
/** All others end so many times sooner: nobody types here. */
const HASTE = 25;

let nowMs = NOW_MS;
let waiting = 0;

/** Lets time pass, as a printer takes its time. */
export function pass(ms: number): void {
  nowMs += ms;
}

/** It is the beginning again. */
export function reset(): void {
  nowMs = NOW_MS;
}

/** Whether a timer is still due that may change something. */
export function busy(): boolean {
  return waiting > 0;
}

const RealDate = Date;

class StillDate extends RealDate {
  constructor(...given: [] | [number | string | Date]) {
    if (given.length === 0) super(nowMs);
    else super(...(given as [number]));
  }

  static override now(): number {
    return nowMs;
  }
}

globalThis.Date = StillDate as DateConstructor;

/** Lets everything else have its turn; takes real time, and little of it. */
export function moment(): Promise<void> {
  return new Promise((go) => realTimeout(go, 1));
}

const realTimeout = window.setTimeout.bind(window);
const realClear = window.clearTimeout.bind(window);
const due = new Set<number>();

function done(id: number): void {
  if (due.delete(id)) waiting -= 1;
}

function timeout(act: () => void, ms = 0): number {
  if (ms >= READ_MS) return 0;
  const id = realTimeout(() => {
    done(id);
    act();
  }, ms / HASTE);
  due.add(id);
  waiting += 1;
  return id;
}

window.setTimeout = timeout as typeof window.setTimeout;
window.clearTimeout = ((id?: number) => {
  realClear(id);
  if (id !== undefined) done(id);
}) as typeof window.clearTimeout;
// What asks again and again finds nothing new here.
window.setInterval = (() => 0) as unknown as typeof window.setInterval;
