// A price list as people type it: kilograms and yuan. What is no number is marked before anything
// is sent; everything else is for the core to judge.

import type { TariffRow, TariffStep } from '$lib/ipc.types';

/** The fields of a row, in the order they stand. */
export const FIELDS = [
  'provinces',
  'steps',
  'firstKg',
  'firstYuan',
  'nextKg',
  'nextYuan',
  'divisor',
] as const;

export type TariffField = (typeof FIELDS)[number];
/** A row as it stands in its fields. */
export type Line = Record<TariffField, string>;

/** The core's words for the fields. */
export const KEYS: Record<string, TariffField> = {
  provinces: 'provinces',
  steps: 'steps',
  first_g: 'firstKg',
  first_fen: 'firstYuan',
  next_g: 'nextKg',
  next_fen: 'nextYuan',
  volume_divisor: 'divisor',
};

export const USUAL: Line = {
  ...{ provinces: '', steps: '', firstKg: '1', firstYuan: '' },
  ...{ nextKg: '1', nextYuan: '', divisor: '' },
};

const thousandth = (n: number | null) => (n === null ? '' : String(n / 1000));
const hundredth = (n: number | null) => (n === null ? '' : String(n / 100));

/** A row of the settings in its fields. */
export function lineOf(row: TariffRow): Line {
  return {
    provinces: row.provinces.join(' '),
    steps: row.steps.map(({ uptoG, fen }) => `${uptoG / 1000}=${fen / 100}`).join(' '),
    firstKg: thousandth(row.firstG),
    firstYuan: hundredth(row.firstFen),
    nextKg: thousandth(row.nextG),
    nextYuan: hundredth(row.nextFen),
    divisor: row.volumeDivisor === null ? '' : String(row.volumeDivisor),
  };
}

/** A number with so many decimals at most, as a whole number of its last one. */
function whole(text: string, decimals: number): number | undefined {
  const plain = text.trim();
  if (!new RegExp(`^\\d{1,6}(\\.\\d{1,${decimals}})?$`).test(plain)) return undefined;
  return Math.round(Number(plain) * 10 ** decimals);
}

/** "0.3=2.3 0.5=2.6": kilograms and yuan. */
function stepsOf(text: string): TariffStep[] | undefined {
  const found: TariffStep[] = [];
  for (const word of text.split(/[\s,;\uff0c\uff1b\u3001]+/).filter(Boolean)) {
    const [kg = '', yuan = '', ...more] = word.split(/[=:\uff1a]/);
    const [uptoG, fen] = [whole(kg, 3), whole(yuan, 2)];
    if (uptoG === undefined || fen === undefined || more.length > 0) return undefined;
    found.push({ uptoG, fen });
  }
  return found;
}

/** A row out of its fields, and those that say no number. */
export function rowOf(line: Line): { row: TariffRow; wrong: TariffField[] } {
  const wrong: TariffField[] = [];
  const number = (field: TariffField, decimals: number) => {
    if (line[field].trim() === '') return null;
    const found = decimals > 0 ? whole(line[field], decimals) : Number(line[field]);
    if (found === undefined || !Number.isInteger(found) || found < 0) wrong.push(field);
    return found ?? null;
  };
  const steps = stepsOf(line.steps);
  if (!steps) wrong.push('steps');
  // A weight without its price says nothing: fixed prices stand alone.
  const priced = line.firstYuan.trim() !== '' || line.nextYuan.trim() !== '';
  const alone = !priced && (steps?.length ?? 0) > 0;
  const row: TariffRow = {
    provinces: line.provinces.trim() === '' ? [] : [line.provinces.trim()],
    steps: steps ?? [],
    firstG: alone ? null : number('firstKg', 3),
    firstFen: number('firstYuan', 2),
    nextG: alone ? null : number('nextKg', 3),
    nextFen: number('nextYuan', 2),
    volumeDivisor: number('divisor', 0),
  };
  return { row, wrong };
}

/** Whether nobody typed anything into it. */
export function isBlank(line: Line): boolean {
  return [line.provinces, line.steps, line.firstYuan, line.nextYuan].every((text) => !text.trim());
}

/** Which field of which row a fault of the core is about: "row[2].first_fen". */
export function fieldAt(path: string): { row: number; field: TariffField } | undefined {
  const [, nth, key = ''] = /^row\[(\d+)\]\.(\w+)$/.exec(path) ?? [];
  const field = KEYS[key];
  return nth && field ? { row: Number(nth) - 1, field } : undefined;
}
