// Tuning a printer: one question after another about the test label in the hand. Each answer is a
// change of the settings, in effect at once, and every answer can be taken back.

import type { Desk } from '$lib/desk.svelte';
import { t } from '$lib/i18n.svelte';
import * as ipc from '$lib/ipc';
import type { PrinterForm, PrinterSetup } from '$lib/ipc.types';

/** `side`: the frame is not whole. */
export type Step = 'frame' | 'side' | 'dark' | 'code' | 'tear' | 'done';
export type Side = 'left' | 'right' | 'top' | 'bottom';

/** The questions a person counts; `side` belongs to the first. */
export const STEPS: readonly Step[] = ['frame', 'dark', 'code', 'tear'];
/** A picture is moved by this part of all the way it may go: half a millimetre. */
const OFFSET_PARTS = 4;
/** Darkness changes by this part of its scale: seen at once, and not too much. */
const DARKNESS_PARTS = 10;
/** Where a printer that was left to itself begins, if its speed is to change. */
const SPEED_FIRST = 4;

/** Asked for again when the language changes. */
type Words = () => string;
const NOTHING: Words = () => '';

interface Answered {
  step: Step;
  said: Words;
  /** What the settings said before, if the answer changed them. */
  before: PrinterForm | undefined;
}

/** A number moved within its bounds; the same number where there is no room left. */
function within(number: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, number));
}

/** Darker or lighter by one step; from the middle of the scale, if the printer was left alone. */
export function shaded(setup: PrinterSetup, up: boolean): number {
  const step = Math.max(1, Math.round(setup.darknessMax / DARKNESS_PARTS));
  const now = setup.form.darkness ?? Math.round(setup.darknessMax / 2);
  return within(now + (up ? step : -step), 0, setup.darknessMax);
}

/** One step slower. */
export function slower(setup: PrinterSetup): number {
  const now = setup.form.speed ?? Math.min(SPEED_FIRST, setup.speedMax);
  return within(now - 1, 1, setup.speedMax);
}

/** The picture moved away from the side where it is cut. */
export function moved(setup: PrinterSetup, cut: Side): Pick<PrinterForm, 'offsetX' | 'offsetY'> {
  const { form, offsetMax } = setup;
  const step = Math.max(1, Math.round(offsetMax / OFFSET_PARTS));
  // A picture that is turned is read upside down: its left lies on the head's right.
  const way = (form.upsideDown ? -1 : 1) * (cut === 'left' || cut === 'top' ? step : -step);
  const across = cut === 'left' || cut === 'right';
  return {
    offsetX: within(form.offsetX + (across ? way : 0), -offsetMax, offsetMax),
    offsetY: within(form.offsetY + (across ? 0 : way), -offsetMax, offsetMax),
  };
}

export class Tuning {
  step = $state<Step>('frame');
  setup: PrinterSetup;
  /** Test labels asked for so far. */
  printed = $state(0);
  busy = $state(false);
  /** What the last answer did. */
  said = $state.raw<Words>(NOTHING);
  past = $state.raw<Answered[]>([]);
  readonly testCode: string;
  #desk: Desk;
  /** The change under way; taking back waits for it. */
  #last: Promise<void> = Promise.resolve();

  constructor(desk: Desk, setup: PrinterSetup, testCode: string) {
    this.#desk = desk;
    this.setup = $state.raw(setup);
    this.testCode = testCode;
  }

  /** Prints the test label as the printer is set now. */
  async print(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const name = this.setup.form.name;
    await this.#desk.wish(async () => {
      await ipc.testLabel(name);
      this.printed += 1;
      const n = this.printed;
      this.said = () => t('tune.printed', { n });
    });
    this.busy = false;
  }

  /** Has the printer measure its paper. */
  calibrate(): void {
    this.#desk.asking = { kind: 'calibrate', name: this.setup.form.name };
  }

  /** An answer that leaves the settings alone. */
  next(step: Step): void {
    this.past = [...this.past, { step: this.step, said: this.said, before: undefined }];
    this.step = step;
    this.said = NOTHING;
  }

  /** The picture is cut at that side. */
  async cut(side: Side): Promise<void> {
    const to = moved(this.setup, side);
    const { offsetX, offsetY } = this.setup.form;
    if (to.offsetX === offsetX && to.offsetY === offsetY) {
      this.said = () => t('tune.no_room');
      return;
    }
    await this.#change(to, 'frame', () => t('tune.moved', { x: to.offsetX, y: to.offsetY }));
  }

  /** Too light, or too dark. */
  async shade(up: boolean): Promise<void> {
    const darkness = shaded(this.setup, up);
    if (darkness === this.setup.form.darkness) {
      this.said = () => t(up ? 'tune.darkest' : 'tune.lightest');
      return;
    }
    await this.#change({ darkness }, 'dark', () => t('tune.shaded', { n: darkness }));
  }

  /** The code cannot be read: slower heads print sharper bars. */
  async unread(): Promise<void> {
    const speed = slower(this.setup);
    if (speed === this.setup.form.speed) {
      this.said = () => t('tune.slowest');
      return;
    }
    await this.#change({ speed }, 'code', () => t('tune.slowed', { n: speed }));
  }

  /** What kind of paper is in. */
  async feed(media: string): Promise<void> {
    const said = () => t('tune.fed', { media: t(`printers.media_${media}`) });
    await this.#change({ media }, 'tear', said);
  }

  /** Takes the last answer back, with what it changed; also one that is just taking effect. */
  undo(): Promise<void> {
    this.#last = this.#last.then(() => this.#undo());
    return this.#last;
  }

  async #undo(): Promise<void> {
    const last = this.past.at(-1);
    if (!last) return;
    if (last.before && !(await this.#put(last.before))) return;
    this.past = this.past.slice(0, -1);
    this.step = last.step;
    this.said = last.before ? () => t('tune.undone') : last.said;
  }

  #change(change: Partial<PrinterForm>, step: Step, said: Words): Promise<void> {
    if (!this.busy) this.#last = this.#last.then(() => this.#apply(change, step, said));
    return this.#last;
  }

  async #apply(change: Partial<PrinterForm>, step: Step, said: Words): Promise<void> {
    const before = this.setup.form;
    if (!(await this.#put({ ...before, ...change }))) return;
    this.past = [...this.past, { step: this.step, said: this.said, before }];
    this.step = step;
    this.said = said;
  }

  async #put(form: PrinterForm): Promise<boolean> {
    this.busy = true;
    const change = { kind: 'set' as const, name: this.setup.form.name, form };
    const setups = await this.#desk.wish(() => ipc.changePrinters(change));
    const setup = setups?.printers.find((one) => one.form.name === form.name);
    if (setup) this.setup = setup;
    this.busy = false;
    return setup !== undefined;
  }
}
