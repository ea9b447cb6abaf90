// The stand-in core's scan screen: modes, and goods that are counted.

import type {
  CommandView,
  CountLine,
  CountSaid,
  Row,
  ScanMode,
  ScannerStatus,
  ScanView,
  VerifyView,
} from '$lib/ipc.types';
import type { FakeCore } from './core';
import { FakeGoodsOut } from './goods-out';
import { trouble } from './rules';

const TO: Record<string, ScanMode> = {
  '*PB-TO-SHIP*': 'ship',
  '*PB-TO-REPRINT*': 'reprint',
  '*PB-TO-VERIFY*': 'verify',
  '*PB-TO-WEIGH*': 'weigh',
  '*PB-TO-HAND-OVER*': 'hand_over',
};

export class FakeBench {
  mode: ScanMode = 'ship';
  blocks = false;
  scanner = { gapMs: 45, ending: 'key' as 'key' | 'silence' };
  /** The scanner that is read directly. */
  direct: ScannerStatus | null = null;
  /** What it read. */
  waiting: string[] = [];
  counting: VerifyView | undefined;
  readonly goods: FakeGoodsOut;
  #core: FakeCore;

  constructor(core: FakeCore) {
    this.#core = core;
    this.goods = new FakeGoodsOut(core);
  }

  /** Answers the commands of the scan screen; undefined for those of others. */
  answer(command: string, args: Record<string, unknown>): unknown {
    switch (command) {
      case 'bench':
        return {
          mode: this.mode,
          verifying: this.counting ?? null,
          printAfter: true,
          scale: this.goods.scale,
          scanner: this.scanner,
        };
      case 'set_mode':
        this.mode = args.mode as ScanMode;
        return true;
      case 'scan_in':
        return this.#scan(args.mode as ScanMode, args.text as string, args.times as number);
      case 'count_by_hand':
        return this.#byHand(args.line as number, args.pieces as number);
      case 'pass_count':
        return this.#end('passed');
      case 'put_aside':
        this.counting = undefined;
        return true;
      case 'read_code':
        return { text: (args.sent as string).trim(), symbology: '', parts: [] };
      case 'take_scans':
        return this.waiting.splice(0);
      case 'goods_picture':
        return new ArrayBuffer(0);
      default:
        return this.goods.answer(command, args);
    }
  }

  #find(code: string): Row | undefined {
    const rows = [...this.#core.kept.values()].map((kept) => kept.detail.row);
    return rows.find((row) => row.waybillNo === code || row.orderNo === code);
  }

  #scan(mode: ScanMode, code: string, times: number): ScanView | Promise<unknown> {
    const to = TO[code];
    if (to) {
      this.mode = to;
      const command = `to_${to}` as CommandView['command'];
      return { kind: 'command', value: { command, done: true, row: null } };
    }
    if (mode === 'weigh' || mode === 'hand_over') {
      const row = this.#find(code);
      if (!row) return { kind: 'unknown', value: trouble('scan_unknown', 'none', { code }) };
      if (row.state !== 'printed') return { kind: 'waiting', value: row };
      return mode === 'weigh' ? this.goods.weigh(row) : this.goods.hand(row);
    }
    if (mode !== 'verify') return this.#core.transport.call('scan', { text: code });
    const at = this.counting?.lines.findIndex((line) => [line.sku, line.barcode].includes(code));
    if (this.counting && at !== undefined && at >= 0) {
      return { kind: 'verifying', value: this.#count(at, times, code) };
    }
    const row = this.#find(code);
    if (!row) {
      if (this.counting) return { kind: 'verifying', value: this.#said('wrong', null, code) };
      return { kind: 'unknown', value: trouble('scan_unknown', 'none', { code }) };
    }
    if (this.counting?.lines.some((line) => line.counted > 0)) {
      return { kind: 'verifying', value: this.#said('under', null, code) };
    }
    const lines = this.#core.detail(row.id).items.map((item, line): CountLine => {
      const byHand = item.title === '杯刷 长柄';
      const [sku, barcode] = byHand ? ['', ''] : [`SKU-${line + 1}`, `690123456789${line}`];
      const { title, quantity } = item;
      return { line, title, sku, barcode, wanted: quantity, counted: 0, byHand, picture: false };
    });
    const none = { said: 'begun' as const, line: null, code, other: '', done: false };
    this.counting = { row, lines, ...none, blocks: this.blocks };
    return { kind: 'verifying', value: this.counting };
  }

  #byHand(line: number, pieces: number): VerifyView {
    const one = this.counting?.lines[line];
    if (pieces > 0 && one && !one.byHand) {
      throw trouble('verify_scan_it', 'none', { order: this.counting?.row.orderNo ?? '' });
    }
    return this.#count(line, pieces, '');
  }

  #count(at: number, pieces: number, code: string): VerifyView {
    if (!this.counting) throw trouble('verify_none', 'none', { id: '0' });
    const line = this.counting.lines[at];
    if (!line || line.counted + pieces > line.wanted) return this.#said('over', at, code);
    const lines = this.counting.lines.map((one, n) =>
      n === at ? { ...one, counted: Math.max(0, one.counted + pieces) } : one,
    );
    this.counting = { ...this.counting, lines };
    if (lines.every((one) => one.counted === one.wanted)) return this.#end('done', at, code);
    return this.#said(pieces < 0 ? 'taken_back' : 'counted', at, code);
  }

  #end(said: CountSaid, at: number | null = null, code = ''): VerifyView {
    const view = { ...this.#said(said, at, code), done: true };
    if (view.row.state === 'ready') {
      const req = { ids: [view.row.id], account: null, printer: null, print: true };
      void this.#core.transport.call('ship', { req });
    }
    this.counting = undefined;
    return view;
  }

  #said(said: CountSaid, line: number | null, code: string): VerifyView {
    if (!this.counting) throw trouble('verify_none', 'none', { id: '0' });
    this.counting = { ...this.counting, said, line, code };
    return this.counting;
  }
}
