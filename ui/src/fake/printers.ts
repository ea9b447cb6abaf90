// The printers of the stand-in core: settings in memory, checked as far as a form can be wrong.

import type {
  PrinterChange,
  PrinterForm,
  PrinterSetup,
  PrinterSetups,
  PrinterState,
  PrinterStatus,
  Tells,
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
};

export class FakePrinters {
  forms: PrinterForm[] = [
    { name: '热敏 1 号', address: 'tcp://127.0.0.1:19100', ...HEAD_8, ...PLAIN },
  ];
  before: PrinterForm[] | undefined;

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
      tells: tellsOf(form),
      darknessMax: DARKEST[form.language] ?? 0,
      speedMax: FASTEST[form.language] ?? 0,
      offsetMax: Math.round(Number(form.dotsPerMm) * 2),
      calibrates: ['zpl', 'tspl', 'epl'].includes(form.language),
    };
  }
}

function tellsOf(form: PrinterForm): Tells {
  if (form.confirm !== 'status') return form.confirm === 'scan' ? 'scan' : 'nothing';
  return ['epl', 'escpos'].includes(form.language) ? 'paper' : 'state';
}

function faultsOf(form: PrinterForm, at: string, line: number): string[] {
  const faults = [];
  if (!form.name.trim()) faults.push(`${line}|${at}.name|empty|`);
  if (!/^(tcp:\/\/.+:\d+|queue:.+|dir:.+|practice)$/.test(form.address)) {
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
