// One import from the file to its report: stage, look, correct the columns, run, read the report.

import type { Desk } from '$lib/desk.svelte';
import * as ipc from '$lib/ipc';
import type { Column, ImportPreview, ImportProgress, ImportReport } from '$lib/ipc.types';

/** Columns without which no order can be made. */
export const NEEDED: readonly Column[] = ['number', 'name', 'detail'];

/** Everything a column of a file can fill, in the order of the choice. */
export const COLUMNS: readonly Column[] = [
  'number',
  'shop',
  'paid_at',
  'name',
  'phone',
  'phone2',
  'province',
  'city',
  'district',
  'detail',
  'goods',
  'quantity',
  'weight_g',
  'weight_kg',
  'note',
  'pay_by',
  'cod',
  'insured',
  'parcels',
  'volume_cm3',
  'volume_m3',
  'slip',
  'sku',
  'barcode',
];

export type Step = 'none' | 'reading' | 'preview' | 'running' | 'report';

/** The needed columns that no heading fills. */
export function missingFrom(mapping: readonly (Column | null)[]): Column[] {
  return NEEDED.filter((column) => !mapping.includes(column));
}

/** A mapping with one heading changed: a field is filled by one heading only. */
export function remap(
  mapping: readonly (Column | null)[],
  at: number,
  column: Column | null,
): (Column | null)[] {
  return mapping.map((old, n) => {
    if (n === at) return column;
    return column !== null && old === column ? null : old;
  });
}

export class Importing {
  step = $state<Step>('none');
  preview = $state.raw<ImportPreview>();
  mapping = $state.raw<(Column | null)[]>([]);
  shop = $state('');
  progress = $state.raw<ImportProgress>();
  report = $state.raw<ImportReport>();
  /** Grows when the choice of a file is asked for from elsewhere. */
  wantsFile = $state(0);
  #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** The needed columns still without a heading. */
  get missing(): Column[] {
    return missingFrom(this.mapping);
  }

  /** Looks at a file. */
  async take(file: File): Promise<void> {
    if (this.step === 'running') return;
    this.step = 'reading';
    const preview = await this.#desk.wish(() => ipc.importStage(file));
    if (!preview) {
      this.step = 'none';
      return;
    }
    this.preview = preview;
    this.mapping = preview.mapping;
    this.shop = '';
    this.step = 'preview';
  }

  /** Says which field a heading fills. */
  map(at: number, column: Column | null): void {
    this.mapping = remap(this.mapping, at, column);
  }

  /** Imports what was looked at. */
  async run(): Promise<void> {
    const preview = this.preview;
    if (!preview || this.step !== 'preview' || this.missing.length > 0) return;
    this.step = 'running';
    this.progress = { storing: false, done: 0, total: 0 };
    const stopHearing = await ipc.onImportProgress((progress) => (this.progress = progress));
    const shop = this.shop.trim() || null;
    const report = await this.#desk.wish(() => ipc.importRun(preview.token, this.mapping, shop));
    stopHearing();
    this.report = report;
    this.step = report ? 'report' : 'preview';
  }

  /** Stops an import that runs; what was taken so far stays. */
  async stop(): Promise<void> {
    const preview = this.preview;
    if (preview) await this.#desk.wish(() => ipc.importStop(preview.token));
  }

  /** Back to choosing a file. */
  clear(): void {
    if (this.step === 'running') return;
    this.step = 'none';
    this.preview = undefined;
    this.report = undefined;
  }
}
