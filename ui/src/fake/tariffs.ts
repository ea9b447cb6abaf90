// The price lists of the stand-in core.

import type { Row, TariffChange, TariffPaste, TariffRow, TariffSetup } from '$lib/ipc.types';
import { trouble } from './rules';

const KG = { firstG: 1000, nextG: 1000, volumeDivisor: null };

export class FakeTariffs {
  kept = new Map<string, TariffRow[]>();
  accounts = [
    { account: '圆通-快递鸟', code: 'YTO' },
    { account: '中通-快递鸟', code: 'ZTO' },
    { account: '顺丰-快递鸟', code: 'SF' },
  ];

  answer(command: string, args: Record<string, unknown>): unknown {
    switch (command) {
      case 'tariff_setups':
        return this.#setups();
      case 'change_tariffs':
        return this.#change(args.change as TariffChange);
      case 'read_tariffs':
        return read(args.text as string);
      default:
        return undefined;
    }
  }

  /** Fen of what a line shows; null where nothing is known. */
  price(row: Pick<Row, 'account' | 'province' | 'weightG' | 'parcels'>): number | null {
    const rows = this.kept.get(row.account) ?? [];
    const named = rows.find((one) => one.provinces.some((name) => row.province.startsWith(name)));
    const list = named ?? rows.find((one) => one.provinces.length === 0);
    if (!list || !row.weightG) return null;
    const weightG = Math.ceil(row.weightG / row.parcels);
    const step = list.steps.find(({ uptoG }) => weightG <= uptoG);
    if (step) return step.fen * row.parcels;
    const { firstG, firstFen, nextG, nextFen } = list;
    if (firstG === null || firstFen === null || nextG === null || nextFen === null) return null;
    const more = Math.ceil(Math.max(0, weightG - firstG) / nextG);
    return (firstFen + more * nextFen) * row.parcels;
  }

  sum(rows: Row[]): { freightFen: number; unpriced: number } {
    const prices = rows.map((row) => this.price(row));
    const freightFen = prices.reduce<number>((sum, fen) => sum + (fen ?? 0), 0);
    const unpriced = this.kept.size > 0 ? prices.filter((fen) => fen === null).length : 0;
    return { freightFen, unpriced };
  }

  #setups(): TariffSetup[] {
    return this.accounts.map((one) => ({ ...one, rows: this.kept.get(one.account) ?? [] }));
  }

  #change({ account, rows }: TariffChange): TariffSetup[] {
    const wrong = rows.findIndex((row) => row.provinces.includes('浙红'));
    if (wrong >= 0) {
      const faults = `31|row[${wrong + 1}].provinces|unknown_province|浙红 ≈ 浙江省`;
      throw trouble('settings_refused', 'none', { path: '', faults });
    }
    if (rows.length > 0) this.kept.set(account, rows);
    else this.kept.delete(account);
    return this.#setups();
  }
}

/** Lines of a province, 首重 and 续重. */
function read(text: string): TariffPaste {
  const found: TariffPaste = { rows: [], faults: [], unread: [] };
  for (const [n, line] of text.split('\n').entries()) {
    const [province = '', first = '', next = ''] = line.split('\t');
    const prices = { firstFen: Number(first) * 100, nextFen: Number(next) * 100 };
    const row = { ...KG, ...prices, provinces: [province], steps: [] };
    if (first !== '' && !Number.isNaN(row.firstFen)) found.rows.push(row);
    else if (line !== '') found.faults.push({ line: n + 1, why: 'money', what: first });
  }
  return found;
}

/** One price for everywhere. */
export function flat(firstFen: number): TariffRow {
  return { ...KG, provinces: [], steps: [], firstFen, nextFen: 100 };
}

/** An invented one, to be looked at. */
export function list(): TariffRow[] {
  const steps = [
    { uptoG: 300, fen: 230 },
    { uptoG: 500, fen: 260 },
  ];
  const near = ['浙江', '江苏', '上海', '安徽'];
  const far = ['新疆', '西藏', '内蒙古'];
  return [
    { ...KG, provinces: near, steps, firstFen: 300, nextFen: 100, volumeDivisor: 8000 },
    { ...KG, provinces: far, steps: [], firstFen: 1500, nextFen: 1200 },
    { ...KG, provinces: [], steps: [], firstFen: 350, nextFen: 150 },
  ];
}
