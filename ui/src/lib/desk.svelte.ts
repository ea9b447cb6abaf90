// What the whole window shares: which screen is open, how the chain stands, what waits for an
// answer. Nothing of the business is kept here: it is asked for again when the core says `changed`.

import { createContext } from 'svelte';
import { Bench } from './bench.svelte';
import { t } from './i18n.svelte';
import * as ipc from './ipc';
import type {
  AccountKind,
  AccountSetup,
  ActDone,
  ApplicationView,
  Boot,
  PickupView,
  PickupWay,
  Detail,
  Flag,
  MergeGroup,
  OperatorView,
  PeopleView,
  PrinterSetup,
  ProbeView,
  Right,
  Row,
  SenderSetup,
  SenderSetups,
  SettingsLook,
  SmsAsked,
  Status,
  TariffSetup,
  Trouble,
  VerifyView,
  WeighView,
  UpdateView,
} from './ipc.types';
import { Keys } from './keys';
import { coalesce } from './live';
import { Notices } from './notice';
import { loadPrefs } from './prefs.svelte';
import { listenForScans, type KeySeen } from './scan-dom';
import { Scans, type Scan } from './scans.svelte';
import { play } from './sound';
import { TraySign } from './tray';
import { asTrouble } from './trouble';

export type Screen =
  | 'ship'
  | 'scan'
  | 'import'
  | 'printers'
  | 'forms'
  | 'accounts'
  | 'settings'
  | 'acts';

/** The one dialog that may be open. */
export type Asking =
  | { kind: 'fix'; id: number }
  | { kind: 'order' }
  | { kind: 'reprint'; row: Row }
  | { kind: 'void'; row: Row }
  | { kind: 'enter'; row: Row }
  | { kind: 'settle'; row: Row }
  | { kind: 'label'; row: Row }
  | { kind: 'printer'; setup: PrinterSetup | undefined }
  | { kind: 'remove_printer'; name: string }
  | { kind: 'calibrate'; name: string }
  | { kind: 'divert'; name: string }
  | { kind: 'probed'; name: string; said: ProbeView }
  | { kind: 'other_carrier'; row: Row }
  | { kind: 'call_carrier'; row: Row }
  | { kind: 'ways'; row: Row }
  | { kind: 'account'; setup: AccountSetup | undefined; kinds: AccountKind[] }
  | { kind: 'remove_account'; name: string }
  | { kind: 'apply'; account: string; hears: boolean; again: boolean }
  | { kind: 'take_number'; application: ApplicationView; done: () => void }
  | { kind: 'pickup'; ids: number[]; way: PickupWay; subject: string }
  | { kind: 'pickup_off'; pickup: PickupView }
  | { kind: 'remove_form'; name: string }
  | { kind: 'drop_form'; go: () => void }
  | { kind: 'sender'; setup: SenderSetup | undefined; setups: SenderSetups; done: () => void }
  | { kind: 'tariff'; setup: TariffSetup; done: (setups: TariffSetup[]) => void }
  | { kind: 'return'; row: Row }
  | { kind: 'operator'; operator: OperatorView | undefined }
  | { kind: 'settings'; look: SettingsLook; go: () => void }
  | { kind: 'pass'; count: VerifyView }
  | { kind: 'keep_weight'; weighed: WeighView }
  | { kind: 'manifests' }
  | AskWords
  | { kind: 'pick'; title: () => string; choices: Pick[] }
  | { kind: 'merge'; groups: MergeGroup[]; go: (despite: boolean) => Promise<unknown> }
  | { kind: 'split'; detail: Detail; go: Split }
  | { kind: 'void_many'; n: number; go: () => Promise<unknown> }
  | { kind: 'sms'; ids: number[]; look: SmsAsked; again: boolean }
  | { kind: 'scanner' }
  | { kind: 'keys' }
  | { kind: 'guide' }
  | { kind: 'chain' }
  | { kind: 'leave' };

/** A few words are asked for: a reason, a note, a name. */
export interface AskWords {
  kind: 'words';
  title: () => string;
  hint: () => string;
  /** What is often said, a digit each. */
  quick: () => string[];
  /** What stands there already. */
  value: string;
  /** Whether nothing is an answer, too. */
  may: boolean;
  go: (words: string) => Promise<unknown>;
}

/** One of a few, with its key. */
export interface Pick {
  combo: string;
  text: () => string;
  flag: Flag | null;
  go: () => Promise<unknown>;
}

/** How many pieces of each of its goods go into a further shipment, and what that weighs. */
export type Split = (moved: number[], weightG: number | null) => Promise<unknown>;

/** A trouble on the screen until it is answered. */
export interface Shown {
  seq: number;
  trouble: Trouble;
  /** What its key does; absent where there is nothing to do but know it. */
  fix: (() => void) | undefined;
}

/** A sentence that goes away by itself: something was done. */
export interface Note {
  seq: number;
  text: string;
}

const DAY_MS = 86_400_000;
/** How long a note stays, in ms. */
const NOTE_MS = 4000;
/** Troubles on the screen at once; the oldest leave first. */
const SHOWN_MAX = 4;

export class Desk {
  boot = $state.raw<Boot>();
  status = $state.raw<Status>();
  /** A newer version of the program, if somebody wants to know. */
  newer = $state.raw<UpdateView>();
  /** Who works here; none: nobody is told apart. */
  people = $state.raw<PeopleView>();
  screen = $state<Screen>('ship');
  asking = $state.raw<Asking>();
  shown = $state.raw<Shown[]>([]);
  notes = $state.raw<Note[]>([]);
  /** The scan screen: its mode, and what is counted there. */
  readonly bench = new Bench();
  /** In its mode for reprints: why labels are printed again without asking. */
  reprintReason = $state<string>('damaged');
  /** The scan whose picture lies over the other screens. */
  flashed = $state<number>();
  /** Printers that stand still and were heard: a change of the screen does not sound again. */
  heard: string[] = [];
  /** Runs an act so that the list says what came of it and takes it back. */
  doing: ((act: () => Promise<ActDone>) => Promise<ActDone | undefined>) | undefined;
  /** A screen that waits for one certain code; true: it was that, and the core is not asked. */
  awaited: ((text: string) => boolean) | undefined;
  /** Who wants to see every key. */
  watching: ((seen: KeySeen) => void) | undefined;

  readonly keys = new Keys();
  readonly scans: Scans = new Scans(
    (scan) => this.#answered(scan),
    (answer) => this.bench.answered(answer),
  );
  /** The window is gone: a round that was still due is not made. */
  #ended = false;
  #notices = new Notices();
  #tray = new TraySign();
  #badges: Promise<void> = Promise.resolve();
  #seq = 0;
  #live = new Set<() => Promise<void>>();
  #stops: (() => void)[] = [];
  #changed = coalesce(() => this.#round());

  /** Asks the core how it stands and begins to listen. The answer stops it. */
  start(): () => void {
    const press = (event: KeyboardEvent) => this.keys.press(event);
    this.#stops.push(
      listenForScans(
        window,
        {
          onscan: (text) => this.#scanned(text),
          onmaybe: (char) => this.keys.ahead(char),
          onlone: (char) => this.keys.lone(char),
          onkey: (seen) => this.watching?.(seen),
        },
        () => this.bench.scanner,
      ),
    );
    window.addEventListener('keydown', press);
    this.#stops.push(() => window.removeEventListener('keydown', press));
    void ipc.onChanged(() => this.#changed()).then((stop) => this.#stops.push(stop));
    void this.#tray.listen().then((stop) => this.#stops.push(stop));
    const ask = () => void this.#askNewer();
    const daily = setInterval(ask, DAY_MS);
    this.#stops.push(() => clearInterval(daily));
    void loadPrefs()
      .then(() => this.restart(ipc.boot))
      .then(ask);
    return () => {
      this.#ended = true;
      this.#stops.splice(0).forEach((stop) => stop());
    };
  }

  /** Boots, or boots again after practice was begun or left. */
  async restart(how: () => Promise<Boot>): Promise<void> {
    try {
      const boot = await how();
      this.status = boot.mode === 'open' ? await ipc.status() : undefined;
      this.people = boot.mode === 'open' ? await ipc.people() : undefined;
      this.boot = boot;
      if (boot.mode === 'open') void this.bench.load().catch(() => undefined);
      // It runs, and something of it does not.
      if (boot.mode === 'open' && boot.trouble) this.show(boot.trouble);
    } catch (wrong) {
      const trouble = asTrouble(wrong);
      const was = this.boot ?? { home: '', practice: false, version: '' };
      this.boot = { ...was, mode: 'trouble', trouble };
    }
    this.asking = undefined;
    this.#changed();
  }

  /** Asks again at once for all that is shown. */
  refresh(): void {
    this.#changed();
  }

  /** `ask` is run whenever the core says `changed`, until the answer is called. */
  live(ask: () => Promise<void>): () => void {
    this.#live.add(ask);
    return () => this.#live.delete(ask);
  }

  /** Runs a wish; what goes wrong is shown until it is answered. */
  async wish<T>(act: () => Promise<T>): Promise<T | undefined> {
    try {
      const done = await act();
      this.#changed();
      return done;
    } catch (wrong) {
      this.show(asTrouble(wrong), () => void this.wish(act));
      return undefined;
    }
  }

  /** Prints the label of the row's number once more, or all labels of its order. */
  async reprint(row: Row, reason: string, all = false): Promise<void> {
    const job = await this.wish(() => ipc.reprint(codeOf(row), reason, all));
    if (!job) return;
    this.scans.reprinted(row.id, job.copy);
    // The scan screen says it in its largest words already.
    if (this.screen === 'scan') return;
    this.note(t('note.reprints', { order: row.orderNo, n: job.copy }));
  }

  /** Shows a trouble. `again` is what "try again" does. */
  show(trouble: Trouble, again?: () => void): void {
    this.#seq += 1;
    const fix = trouble.action === 'retry' ? again : undefined;
    this.shown = [{ seq: this.#seq, trouble, fix }, ...this.shown].slice(0, SHOWN_MAX);
  }

  /** Takes a trouble away: it has been read. */
  answer(seq: number): void {
    this.shown = this.shown.filter((one) => one.seq !== seq);
  }

  /** Takes a trouble away and does what its key says. */
  mend({ seq, fix }: Shown): void {
    this.answer(seq);
    fix?.();
  }

  /** Says that something was done. */
  note(text: string): void {
    this.#seq += 1;
    const seq = this.#seq;
    this.notes = [...this.notes, { seq, text }];
    setTimeout(() => (this.notes = this.notes.filter((one) => one.seq !== seq)), NOTE_MS);
  }

  async #round(): Promise<void> {
    if (this.boot?.mode !== 'open' || this.#ended) return;
    this.status = await ipc.status().catch(() => this.status);
    for (const text of await ipc.takeScans().catch(() => [])) this.#scanned(text);
    this.people = await ipc.people().catch(() => this.people);
    this.#notices.look(this.status);
    this.#tray.look(this.status);
    await Promise.allSettled([this.scans.refresh(), ...[...this.#live].map((ask) => ask())]);
  }

  #scanned(text: string): void {
    if (this.boot?.mode !== 'open') return;
    if (this.awaited?.(text)) {
      play('good');
      return;
    }
    const badges = this.people?.operators.some((one) => one.hasBadge) ?? false;
    // One after another: what comes behind a badge is done by whose badge it is.
    if (badges) this.#badges = this.#badges.then(() => this.#badgeOr(text));
    else this.#take(text);
  }

  /** A badge is never shown as a scan. */
  async #badgeOr(text: string): Promise<void> {
    const name = await ipc.badge(text).catch(() => null);
    if (name === null) {
      if (this.locked) play('wrong');
      else this.#take(text);
      return;
    }
    play('good');
    this.note(t('people.here', { name }));
    this.people = await ipc.people().catch(() => this.people);
  }

  async #askNewer(): Promise<void> {
    if (this.boot?.mode !== 'open') return;
    this.newer = (await ipc.newer().catch(() => null)) ?? undefined;
  }

  /** Whether nobody may work here until they say who they are. */
  get locked(): boolean {
    return this.people !== undefined && this.people.operators.length > 0 && !this.people.current;
  }

  /** After how long without a key it locks, in ms; 0: never. */
  get lockAfterMs(): number {
    return this.people?.current ? this.people.lockAfterMin * 60_000 : 0;
  }

  /** Whether whoever is here may do this; the core asks again. */
  may(right: Right): boolean {
    return this.people?.rights.includes(right) ?? true;
  }

  /** Locks until a badge or a PIN. */
  async lock(): Promise<void> {
    const people = await this.wish(() => ipc.standUp());
    if (people) this.people = people;
  }

  #take(text: string): void {
    // The scan screen is itself the picture of the scan.
    if (this.screen === 'scan') {
      void this.scans.take(text, { mode: this.bench.mode, times: this.bench.takeTimes() });
      return;
    }
    void this.scans.take(text);
    this.flashed = this.scans.last?.seq;
  }

  #answered(scan: Scan): void {
    this.#changed();
    const { answer } = scan;
    // Goods are counted where they can be seen.
    if (answer?.kind === 'verifying') this.screen = 'scan';
    if (answer?.kind !== 'printed') return;
    const row = answer.value;
    if (this.screen === 'scan' && this.bench.mode === 'reprint') {
      void this.reprint(row, this.reprintReason);
    } else if (!this.asking || this.asking.kind === 'reprint') {
      this.asking = { kind: 'reprint', row };
    }
  }
}

/** The code by which the core knows a shipment: its number, or its order's. */
export function codeOf(row: Row): string {
  return row.waybillNo ?? row.orderNo;
}

export const [useDesk, provideDesk] = createContext<Desk>();
