// The printers of the stand-in core: settings in memory, checked as far as a form can be wrong.

import type {
  PrinterChange,
  PrinterForm,
  PrinterSetup,
  PrinterSetups,
  PrinterState,
  PrinterStatus,
  Probed,
  ProbeView,
  FoundPrinters,
  Diverted,
} from '$lib/ipc.types';
import { trouble } from './rules';

const DARKEST: Record<string, number> = { zpl: 30, tspl: 15, cpcl: 200, epl: 15, escpos: 12 };
const FASTEST: Record<string, number> = { zpl: 14, tspl: 14, cpcl: 5, epl: 6, escpos: 13 };
const HEAD_8 = { language: 'zpl', dotsPerMm: '8', paper: '76x130', confirm: 'status' };
const PLAIN = {
  darkness: null,
  speed: null,
  offsetX: 0,
  offsetY: 0,
  upsideDown: false,
  media: null,
  carriers: [],
  shops: [],
};

export class FakePrinters {
  forms: PrinterForm[] = [
    { name: '热敏 1 号', address: 'tcp://127.0.0.1:19100', ...HEAD_8, ...PLAIN },
  ];
  before: PrinterForm[] | undefined;
  /** What was heard, by address. */
  readonly probed = new Map<string, Probed>();
  /** What the next question proves. */
  proof: Probed['proof'] = 'paper';
  found: FoundPrinters = {
    printers: [
      {
        address: 'usb:0a5f:00d3',
        way: 'usb',
        model: 'Zebra ZD421',
        languages: ['zpl'],
        words: '',
      },
      { address: 'queue:office', way: 'queue', model: 'Office', languages: [], words: 'idle' },
    ],
    failed: [{ way: 'serial', why: 'permission denied' }],
  };

  /** The set-up screen's view. */
  setups(status: PrinterStatus[]): PrinterSetups {
    return {
      printers: this.forms.map((form, n) => this.#setup(form, status[n])),
      canUndo: this.before !== undefined,
      testCode: 'PB0123456789012',
    };
  }

  /** How each is; the first as the scene says. */
  status(state: PrinterState, waiting: number): PrinterStatus[] {
    return this.forms.map(({ name, address }, n) => ({
      name,
      address,
      state: n === 0 ? state : 'idle',
      waiting: n === 0 ? waiting : 0,
      unknown: 0,
      error: '',
    }));
  }

  /** Answers a command about printers; nothing if it is about something else. */
  answer(command: string, args: Record<string, unknown>, status: PrinterStatus[]): unknown {
    switch (command) {
      case 'change_printers':
        this.change(args.change as PrinterChange);
        return this.setups([]);
      case 'printer_setups':
        return this.setups(status);
      case 'find_printers':
        return this.found;
      case 'probe_printer':
        return this.#probe(args.name as string);
      case 'divert_labels': {
        const from = status.find((one) => one.name === args.from);
        const counts = { labels: from?.waiting ?? 0, toCome: 0, stay: 0 };
        return { from: args.from, to: args.to, ...counts } as Diverted;
      }
      case 'test_png':
        return new ArrayBuffer(0);
      case 'test_label':
      case 'calibrate':
        return null;
      default:
        return undefined;
    }
  }

  #probe(name: string): ProbeView {
    const address = this.forms.find((form) => form.name === name)?.address ?? name;
    if (!address.includes(':')) throw trouble('no_printer', 'none', { name });
    const silent = this.proof === 'silent';
    const said = {
      model: silent ? '' : 'ZD421-203dpi ZPL',
      languages: silent ? [] : ['zpl'],
      headDotsPerM: silent ? null : 8000,
      proof: this.proof,
    };
    this.probed.set(address, { atMs: Date.now(), ...said });
    const heard = [{ question: '~HI', answer: silent ? '' : '<02>ZD421-203dpi ZPL,V93,8<03>' }];
    return { address, ...said, heard };
  }

  /** Does what the window wants, or says all that is wrong with it. */
  change(change: PrinterChange): void {
    const next = this.#next(change);
    const faults = next.flatMap((form, n) => faultsOf(form, `printer[${n + 1}]`, 21 + n * 8));
    const path = '~/packbench/station.toml';
    if (faults.length > 0) {
      throw trouble('settings_refused', 'none', { path, faults: faults.join('\n') });
    }
    this.before = this.forms;
    this.forms = next;
  }

  #next(change: PrinterChange): PrinterForm[] {
    switch (change.kind) {
      case 'undo':
        if (!this.before) throw trouble('nothing_before', 'none');
        return this.before;
      case 'add':
        return [...this.forms, change.form];
      case 'set':
        return this.forms.map((form) => (form.name === change.name ? change.form : form));
      case 'remove':
        return this.forms.filter((form) => form.name !== change.name);
      case 'first': {
        const first = this.forms.filter((form) => form.name === change.name);
        return [...first, ...this.forms.filter((form) => form.name !== change.name)];
      }
    }
  }

  #setup(form: PrinterForm, status: PrinterStatus | undefined): PrinterSetup {
    const [state] = this.status('idle', 0);
    return {
      form,
      status: status ?? { ...(state as PrinterStatus), name: form.name, address: form.address },
      probed: this.probed.get(form.address) ?? null,
      darknessMax: DARKEST[form.language] ?? 0,
      speedMax: FASTEST[form.language] ?? 0,
      offsetMax: Math.round(Number(form.dotsPerMm) * 2),
      calibrates: ['zpl', 'tspl', 'epl'].includes(form.language),
    };
  }
}

function faultsOf(form: PrinterForm, at: string, line: number): string[] {
  const faults = [];
  if (!form.name.trim()) faults.push(`${line}|${at}.name|empty|`);
  if (!/^(tcp:\/\/.+:\d+|queue:.+|dir:.+|usb:.+|practice)$/.test(form.address)) {
    faults.push(`${line + 1}|${at}.address|bad_address|${form.address}`);
  }
  if (!/^\d+(\.\d+)?x\d+(\.\d+)?$/.test(form.paper)) {
    faults.push(`${line + 4}|${at}.paper|bad_paper|${form.paper}`);
  }
  const darkest = DARKEST[form.language] ?? 0;
  if ((form.darkness ?? 0) > darkest) {
    faults.push(`${line + 6}|${at}.darkness|out_of_range|0–${darkest}`);
  }
  return faults;
}
