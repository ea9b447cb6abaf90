// The stand-in's imports: reads enough of a CSV file to show the screen, and counts to its end.

import type { Column, ImportPreview, ImportReport, RefusedRow } from '$lib/ipc.types';

const GUESSES: Record<string, Column> = {
  订单号: 'number',
  店铺: 'shop',
  付款时间: 'paid_at',
  收件人: 'name',
  手机: 'phone',
  省: 'province',
  市: 'city',
  区: 'district',
  详细地址: 'detail',
  商品: 'goods',
  数量: 'quantity',
  重量: 'weight_g',
  备注: 'note',
};

const REFUSED: RefusedRow[] = [
  { line: 17, column: '订单号', why: 'number_missing', value: '' },
  { line: 203, column: '数量', why: 'quantity_unreadable', value: '一双' },
  { line: 588, column: '', why: 'cell_count', value: '' },
];

/** Steps an import is told in. */
const STEPS = 40;

export class FakeImports {
  last: ImportReport | null = null;
  /** How long each step takes, in ms. */
  stepMs = 0;
  #preview: ImportPreview | undefined;
  #stopped = false;
  #say: (event: string, payload: unknown) => void;

  constructor(say: (event: string, payload: unknown) => void) {
    this.#say = say;
  }

  stage(file: string, body: Uint8Array): ImportPreview {
    const lines = new TextDecoder().decode(body).trim().split(/\r?\n/);
    const cells = lines.map((line) => line.split(','));
    const headings = cells[0] ?? [];
    const mapping = headings.map((heading) => GUESSES[heading] ?? null);
    const missing = (['number', 'name', 'detail'] as const).filter((one) => !mapping.includes(one));
    const sample = cells.slice(1, 9);
    const rest = { encoding: 'utf-8', delimiter: ',', remembered: missing.length === 0 };
    this.#preview = { token: 'staged-1', file, headings, mapping, sample, missing, ...rest };
    return this.#preview;
  }

  async run(args: Record<string, unknown>): Promise<ImportReport> {
    this.#stopped = false;
    const total = 1284;
    let done = 0;
    for (let step = 1; step <= STEPS && !this.#stopped; step += 1) {
      done = Math.round((total * step) / STEPS);
      this.#say('import-progress', { storing: true, done, total });
      if (this.stepMs > 0) await new Promise((go) => setTimeout(go, this.stepMs));
    }
    void args;
    this.last = {
      file: this.#preview?.file ?? '',
      atMs: Date.now(),
      rows: total,
      added: Math.max(0, done - 60),
      held: 5,
      known: 57,
      stopped: this.#stopped,
      refused: REFUSED,
      refusedCount: REFUSED.length,
      tookMs: 830,
    };
    this.#say('changed', null);
    return this.last;
  }

  stop(): void {
    this.#stopped = true;
  }
}
