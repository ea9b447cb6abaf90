// The stand-in core's way out: a scale on the screen, and manifests.

import type {
  HandSaid,
  ManifestLine,
  ManifestView,
  Row,
  ScaleView,
  ScanView,
  WeighSaid,
  WeighView,
} from '$lib/ipc.types';
import type { FakeCore } from './core';
import { trouble } from './rules';

const EMPTY = { state: 'empty', weightG: 0, atMs: 0, error: '', onScreen: true } as const;

export class FakeGoodsOut {
  scale: ScaleView | null = { ...EMPTY };
  account = '';
  lines: ManifestLine[] = [];
  closed: ManifestView[] = [];
  #core: FakeCore;
  #asked: WeighView | undefined;

  constructor(core: FakeCore) {
    this.#core = core;
  }

  /** Answers the commands of weighing and handing over; undefined for those of others. */
  answer(command: string, args: Record<string, unknown>): unknown {
    switch (command) {
      case 'scale_view':
        return this.scale ?? false;
      case 'lay_on_scale': {
        const weightG = args.weightG as number;
        this.scale = { ...EMPTY, state: weightG > 0 ? 'ready' : 'empty', weightG };
        return this.scale;
      }
      case 'keep_weight':
        return this.#keep(args.why as string);
      case 'manifest':
        return this.manifest();
      case 'hand_over_to':
        this.account = args.account as string;
        return this.manifest();
      case 'take_off':
        this.lines = this.lines.filter((line) => line.no !== args.no);
        return this.manifest();
      case 'close_manifest':
        return this.#close();
      case 'manifests': {
        const wanted = args.search as string;
        const has = (one: ManifestView) =>
          [one.no, one.account, ...one.lines.map((line) => line.no), ''].includes(wanted);
        return { manifests: this.closed.filter(has) };
      }
      case 'print_manifest':
        return { printer: '热敏 1 号', pages: 1 };
      default:
        return undefined;
    }
  }

  /** A parcel was scanned while it lies on the scale. */
  weigh(row: Row): ScanView {
    const expectedG = row.weightG;
    const band = Math.max(50, Math.round((expectedG ?? 0) / 20));
    const lowG = expectedG === null ? null : expectedG - band;
    const highG = expectedG === null ? null : expectedG + band;
    const weightG = this.scale?.weightG ?? null;
    const view = (said: WeighSaid): WeighView => ({ row, said, weightG, expectedG, lowG, highG });
    const off = weightG !== null && lowG !== null && highG !== null;
    const value = !this.scale
      ? view('no_scale')
      : this.scale.state !== 'ready'
        ? view(this.scale.state === 'empty' ? 'zero' : 'moving')
        : off && (weightG < lowG || weightG > highG)
          ? view('outside')
          : view('kept');
    this.#asked = value.said === 'outside' ? value : undefined;
    return { kind: 'weighed', value };
  }

  #keep(why: string): ScanView {
    if (!why) throw trouble('pass_reason_missing', 'none');
    if (!this.#asked) throw trouble('weigh_none', 'none', { order: '' });
    return { kind: 'weighed', value: { ...this.#asked, said: 'kept' } };
  }

  /** A parcel was scanned for the driver. */
  hand(row: Row): ScanView {
    const no = row.waybillNo ?? '';
    const on = this.closed.find((one) => one.lines.some((line) => line.no === no));
    const twice = this.lines.some((line) => line.no === no);
    const wrong = this.account !== '' && this.account !== row.account;
    const said: HandSaid = on ? 'closed' : twice ? 'twice' : wrong ? 'wrong_carrier' : 'taken';
    if (said === 'taken') {
      this.account = row.account;
      const { orderNo, weightG } = row;
      this.lines = [{ no, orderNo, atMs: Date.now(), weightG, voided: false }, ...this.lines];
    }
    const value = { row, said, manifest: this.manifest(), on: on?.no ?? '', closedAtMs: null };
    return { kind: 'handed', value };
  }

  /** The manifest at hand. */
  manifest(): ManifestView {
    const rows = [...this.#core.kept.values()].map((kept) => kept.detail.row);
    const done = [this.lines, ...this.closed.map((one) => one.lines)].flat();
    const missing = rows
      .filter((row) => row.state === 'printed' && row.account === this.account)
      .filter((row) => !done.some((line) => line.no === row.waybillNo))
      .map((row) => ({
        no: row.waybillNo ?? '',
        orderNo: row.orderNo,
        atMs: 0,
        weightG: row.weightG,
        voided: false,
      }));
    const some = this.lines.length > 0;
    return {
      id: some ? this.closed.length + 1 : null,
      no: some ? `JJ20261122-${this.closed.length + 1}` : '',
      account: this.account,
      openedAtMs: some ? 0 : null,
      closedAtMs: null,
      parcels: this.lines.length,
      weightG: this.lines.reduce((sum, line) => sum + (line.weightG ?? 0), 0),
      lines: this.lines,
      missing,
      missingCount: missing.length,
    };
  }

  #close(): ManifestView {
    const now = this.manifest();
    if (now.parcels === 0) throw trouble('manifest_empty', 'none', { account: this.account });
    const closed = { ...now, closedAtMs: Date.now(), missing: [], missingCount: 0 };
    this.closed = [closed, ...this.closed];
    this.lines = [];
    return closed;
  }
}
