// A core in memory that answers the window's commands: for tests, and for `npm run dev` in a
// browser. It plays the station well enough to look at every screen; it is never shipped.

import type { Transport } from '$lib/ipc';
import type {
  BatchView,
  Boot,
  CarrierState,
  Detail,
  OrderEdit,
  PrinterState,
  Row,
  ScanView,
  ShipRequest,
  State,
  Status,
  Tab,
  Trouble,
} from '$lib/ipc.types';
import { FakeAccounts } from './accounts';
import { ByHand } from './by-hand';
import { FakeHouse } from './house';
import { FakeBench } from './bench';
import { FakeImports } from './imports';
import { FakeNumbers } from './numbers';
import { FakeDesk } from './desk';
import { FakeForms } from './forms';
import { said } from './offers';
import type { FakeOptions } from './options';
import { FakePrinters } from './printers';
import { FACETS, invented, masked, numberFor, type Kept } from './orders';
import { FOLLOWED, follow } from './track';
import { can, check, tabOf, trouble } from './rules';

export type { FakeOptions } from './options';

type Args = Record<string, unknown>;

export class FakeCore {
  readonly kept = new Map<number, Kept>();
  /** Every command that came, newest last. */
  readonly calls: { command: string; args: Args }[] = [];
  readonly imports = new FakeImports((event, payload) => this.say(event, payload));
  readonly printers = new FakePrinters();
  readonly forms = new FakeForms();
  readonly accounts = new FakeAccounts();
  readonly byHand = new ByHand(this.kept, (kept) => this.#keep(kept));
  readonly house = new FakeHouse();
  readonly bench = new FakeBench(this);
  readonly desk = new FakeDesk(this);
  readonly numbers = new FakeNumbers();
  tellFailed: Trouble | null = null;
  practice = true;
  carrierState: CarrierState = 'up';
  goesOnAtMs: number | null = null;
  printerState: PrinterState = 'ready';
  /** Whether couriers fetch what was sent. */
  brings = false;
  batch: BatchView | null = null;
  /** Thrown by the next command of that name. */
  failing = new Map<string, Trouble>();
  #options: Required<Omit<FakeOptions, 'drawLabel'>> & Pick<FakeOptions, 'drawLabel'>;
  #heard = new Map<string, Set<(payload: unknown) => void>>();
  #printedToday = 612;

  constructor(options: FakeOptions = {}) {
    const given = { mode: 'open' as const, ready: 24, busy: false, stepMs: 0, nowMs: Date.now() };
    this.#options = { ...given, ...options };
    const { ready, busy, nowMs } = this.#options;
    for (let n = 0; n < ready; n += 1) this.#keep(invented(n, 'ready', nowMs));
    if (busy) this.#fillTheDesk();
  }

  /** No practice: a working day. */
  work(): void {
    this.practice = false;
    this.numbers.work();
  }

  readonly transport: Transport = {
    call: async (command, args = {}) => this.#answer(command, args),
    upload: async (command, body, headers) => {
      this.#note(command, headers);
      const name = decodeURIComponent(headers['x-file-name'] ?? '');
      return command === 'form_open' ? this.forms.open(name) : this.imports.stage(name, body);
    },
    listen: async (event, heard) => {
      const all = this.#heard.get(event) ?? new Set();
      this.#heard.set(event, all.add(heard));
      return () => all.delete(heard);
    },
  };

  /** Sends an event to the window. */
  say(event: string, payload: unknown = null): void {
    for (const heard of this.#heard.get(event) ?? []) heard(payload);
  }

  /** A shipment by its place in the list of all. */
  detail(id: number): Detail {
    const found = this.kept.get(id);
    if (!found) throw trouble('no_order', 'none', { id: String(id) });
    const verbs = can(found.detail.row);
    const fetched = this.brings && verbs.includes('return');
    const all = fetched ? [...verbs, 'bring_back' as const] : verbs;
    return { ...found.detail, edit: found.edit, can: all };
  }

  /** Changes a row and says so. */
  change(id: number, change: Partial<Row>, event?: string, note = ''): void {
    const found = this.kept.get(id);
    if (!found) return;
    found.detail = { ...found.detail, row: { ...found.detail.row, ...change } };
    if (event) {
      const line = { atMs: Date.now(), event, note };
      found.detail = { ...found.detail, history: [line, ...found.detail.history] };
    }
    this.say('changed');
  }

  #note(command: string, args: Args): void {
    this.calls.push({ command, args });
    const wrong = this.failing.get(command);
    if (!wrong) return;
    this.failing.delete(command);
    throw wrong;
  }

  async #answer(command: string, args: Args): Promise<unknown> {
    this.#note(command, args);
    const id = args.id as number;
    switch (command) {
      case 'boot':
        return this.#boot();
      case 'start_practice':
      case 'leave_practice':
        this.#options.mode = command === 'start_practice' ? 'open' : 'welcome';
        return this.#boot();
      case 'status':
        return this.status();
      case 'facets':
        return { ...FACETS, senders: this.house.senders.names };
      case 'shipment':
        return { ...this.detail(id), freightFen: this.house.tariffs.price(this.detail(id).row) };
      case 'label_png':
        return this.#options.drawLabel?.(this.detail(id)) ?? new ArrayBuffer(0);
      case 'fix_order':
        return this.#fix(id, args.edit as OrderEdit);
      case 'look_again':
        return this.change(id, {}, 'looked_up');
      case 'enter_waybill':
        this.change(id, { waybillNo: args.no as string, trouble: null, state: 'waybilled' });
        return this.detail(id).row;
      case 'settle_void':
        this.change(id, { state: args.takenBack ? 'held' : 'printed', trouble: null });
        return this.detail(id).row;
      case 'acknowledge':
        this.change(id, { trouble: null });
        return this.detail(id).row;
      default:
        return this.#act(command, args);
    }
  }

  #act(command: string, args: Args): unknown {
    switch (command) {
      case 'ship':
        return this.#ship(args.req as ShipRequest);
      case 'pause_batch':
      case 'resume_batch':
        if (this.batch) this.batch = { ...this.batch, paused: command === 'pause_batch' };
        return this.say('changed');
      case 'stop_batch':
        this.batch = null;
        return this.say('changed');
      case 'scan':
        return this.#scan(args.text as string);
      case 'reprint':
        return this.#reprint(this.#byCode(args.code as string), args.reason as string);
      case 'confirm_label': {
        const { id } = this.#byCode(args.code as string);
        const event = args.cameOut ? 'confirmed' : 'label_lost';
        this.change(id, { trouble: null, state: args.cameOut ? 'printed' : 'waybilled' }, event);
        if (!args.cameOut) this.#later(() => this.#print(id));
        return this.detail(id).row;
      }
      case 'void_waybill': {
        const { id } = this.#byCode(args.code as string);
        this.change(id, { state: 'voiding' }, 'void_asked');
        return this.detail(id).row;
      }
      default: {
        if (command === 'import_run') return this.imports.run(args);
        if (command === 'import_stop') return this.imports.stop();
        if (command.startsWith('form_')) return this.forms.answer(command, args);
        const { printers, carriers } = this.status();
        const answer =
          this.byHand.answer(command, args) ??
          this.bench.answer(command, args) ??
          this.desk.answer(command, args) ??
          this.printers.answer(command, args, printers) ??
          this.accounts.answer(command, args, carriers) ??
          this.house.answer(command, args) ??
          this.numbers.answer(command, args) ??
          said(this, command, args);
        if (answer === undefined) throw trouble('internal', 'none', { why: `unknown ${command}` });
        if (command.startsWith('change_')) this.say('changed');
        return answer;
      }
    }
  }

  #boot(): Boot {
    const { mode } = this.#options;
    const fields = { path: '~/packbench/station.toml', faults: '12|sender.adress|unknown_key|' };
    return {
      mode,
      home: '~/packbench',
      practice: mode === 'open' && this.practice,
      version: '0.1.0',
      trouble: mode === 'trouble' ? trouble('bad_config', 'retry', fields) : null,
    };
  }

  /** The chain as the window sees it. */
  status(): Status {
    const rows = [...this.kept.values()].map((kept) => tabOf(kept.detail.row));
    const count = (tab: Tab) => rows.filter((one) => one === tab).length;
    const away = this.carrierState === 'away';
    return this.byHand.seen({
      counts: {
        ...{ pending: count('pending'), inWork: count('in_work'), toPrint: count('to_print') },
        ...{ printed: count('printed'), attention: count('attention') },
      },
      carriers: [
        {
          ...{ name: '圆通-快递鸟', code: 'YTO', lastMs: 86, inFlight: 0, balance: 4310 },
          state: this.carrierState,
          error: away ? 'connection refused' : '',
          ...{ goesOnAtMs: this.goesOnAtMs, tracking: FOLLOWED, low: false, empty: false },
        },
      ],
      printers: this.printers.status(this.printerState, count('to_print')),
      scanner: this.bench.direct,
      outbox: { waiting: count('in_work'), failing: away ? count('in_work') : 0, unknown: 0 },
      ...{ batch: this.batch, printedToday: this.#printedToday },
      ...{ lastImport: this.imports.last, practice: this.practice, tellFailed: this.tellFailed },
    });
  }

  #keep(kept: Kept): number {
    this.kept.set(kept.detail.row.id, kept);
    return kept.detail.row.id;
  }

  #byCode(code: string): Row {
    const all = [...this.kept.values()].map((kept) => kept.detail.row);
    const found = all.find((row) => row.waybillNo === code || row.orderNo === code);
    if (!found) throw trouble('scan_unknown', 'none', { code });
    return found;
  }

  #fix(id: number, edit: OrderEdit): Detail {
    const faults = check(edit);
    const found = this.kept.get(id);
    if (found) found.edit = edit;
    const state = faults.length > 0 ? 'held' : 'ready';
    const held = faults.length > 0 ? trouble('order_held', 'edit_order') : null;
    this.change(id, { ...masked(edit), faults, state, trouble: held }, 'edited');
    return this.detail(id);
  }

  #later(act: () => void): void {
    if (this.#options.stepMs === 0) act();
    else setTimeout(act, this.#options.stepMs);
  }

  #ship(req: ShipRequest): BatchView {
    const total = req.ids.length;
    const none = { numbered: 0, done: 0, attention: 0, stopped: 0, paused: false };
    this.batch = { id: 118, total, ...none, perMinute: 32, leftMs: total * 1900 };
    for (const id of req.ids) this.change(id, { state: 'requested', trouble: null }, 'requested');
    this.#next(req, 0);
    return { id: 118, total, ...none, perMinute: 0, leftMs: null };
  }

  #next(req: ShipRequest, at: number): void {
    const id = req.ids[at];
    if (id === undefined || !this.batch) {
      this.batch = null;
      return this.say('changed');
    }
    if (this.batch.paused || this.carrierState === 'away') {
      setTimeout(() => this.#next(req, at), 200);
      return;
    }
    this.#issue(id);
    this.#later(() => {
      if (req.print) this.#print(id);
      if (this.batch) {
        const left = (req.ids.length - at - 1) * 1900;
        this.batch = { ...this.batch, numbered: at + 1, done: at + 1, leftMs: left };
      }
      this.#next(req, at + 1);
    });
  }

  #issue(id: number): void {
    const found = this.kept.get(id);
    if (!found) return;
    const { no, sortCode } = numberFor(id, found.detail.row.carrierCode);
    found.detail = { ...found.detail, sortCode, orderKey: `PB${id}A` };
    this.change(id, { state: 'waybilled', waybillNo: no }, 'issued', no);
  }

  #print(id: number, reason = ''): void {
    const found = this.kept.get(id);
    if (!found) return;
    const copy = found.detail.row.copies + 1;
    const now = Date.now();
    const job = {
      id: id * 10 + copy,
      part: 1,
      no: found.detail.row.waybillNo ?? '',
      printer: '热敏 1 号',
      state: 'confirmed' as const,
      copy,
      reason,
    };
    const jobs = [{ ...job, spooledAtMs: now, doneAtMs: now, error: '' }, ...found.detail.jobs];
    found.detail = { ...found.detail, jobs };
    this.#printedToday += 1;
    this.change(id, { state: 'printed', copies: copy }, reason ? 'reprint' : 'printed', reason);
  }

  #reprint(row: Row, reason: string): Detail['jobs'][number] {
    if (!reason) throw trouble('reason_missing', 'none');
    this.#print(row.id, reason);
    return this.detail(row.id).jobs[0] as Detail['jobs'][number];
  }

  #scan(code: string): ScanView {
    if (code === '*PB-PAUSE*') {
      const done = this.batch !== null;
      if (this.batch) this.batch = { ...this.batch, paused: true };
      return { kind: 'command', value: { command: 'pause', done, row: null } };
    }
    try {
      const row = this.#byCode(code);
      if (row.trouble?.code === 'label_unknown') {
        this.change(row.id, { trouble: null, state: 'printed' }, 'confirmed');
        return { kind: 'confirmed', value: this.detail(row.id).row };
      }
      if (row.trouble || row.state === 'held' || row.state === 'refused') {
        return { kind: 'attention', value: row };
      }
      if (row.state === 'printed') return { kind: 'printed', value: row };
      if (row.state !== 'ready') return { kind: 'in_work', value: row };
      this.#ship({ ids: [row.id], account: null, printer: null, print: true });
      return { kind: 'shipping', value: this.detail(row.id).row };
    } catch (wrong) {
      return { kind: 'unknown', value: wrong as Trouble };
    }
  }

  #fillTheDesk(): void {
    const { nowMs, ready } = this.#options;
    let n = ready;
    const add = (state: State) => this.#keep(invented(n++, state, nowMs));
    for (let k = 0; k < 40; k += 1) {
      const id = add('ready');
      this.#issue(id);
      this.#print(id, '');
      follow(this.kept.get(id), k, nowMs);
    }
    for (let k = 0; k < 6; k += 1) this.#issue(add('ready'));
    for (let k = 0; k < 3; k += 1) add('requested');
    const account = '圆通-快递鸟';
    const held = add('ready');
    this.#fix(held, { ...this.detail(held).edit, phone: '不详', district: '' });
    const said = '客户编码错误或已停用，请联系网点';
    const refusal = { account, code: '105', said };
    this.change(add('refused'), { trouble: trouble('carrier_refused', 'edit_order', refusal) });
    const lost = { account, why: 'time-out after 30 s' };
    this.change(add('requested'), { trouble: trouble('waybill_unknown', 'look_again', lost) });
    const doubt = add('ready');
    this.#issue(doubt);
    const waybill = this.detail(doubt).row.waybillNo ?? '';
    const broke = { waybill, printer: '热敏 1 号', why: 'connection reset' };
    this.change(doubt, { trouble: trouble('label_unknown', 'confirm_label', broke) });
    this.change(1, { weightG: null });
    this.#printedToday = 612;
  }
}
