// Which columns a list shows and in which order. Remembered on this machine: a matter of the
// screen, not of the business.

import type { Tab } from '$lib/ipc.types';

export type Column =
  | ('receiver' | 'goods' | 'carrier' | 'weight' | 'waybill')
  | ('paid' | 'province' | 'remark' | 'sender');

/** Widths as CSS has them; what can grow shares what is left. */
const WIDTHS: Record<Column, string> = {
  receiver: 'minmax(0, 1.05fr)',
  goods: 'minmax(0, 1fr)',
  carrier: '132px',
  weight: '84px',
  waybill: 'calc(166px * (0.7 + 0.3 * var(--scale)))',
  paid: '104px',
  province: '104px',
  remark: 'minmax(0, 0.8fr)',
  sender: '120px',
};

export const COLUMNS = Object.keys(WIDTHS) as Column[];
const USUAL: Record<'pending' | 'others', readonly Column[]> = {
  pending: ['receiver', 'goods', 'carrier', 'weight'],
  others: ['receiver', 'goods', 'carrier', 'waybill'],
};
const REMEMBERED = 'packbench.columns';

type Kept = Record<'pending' | 'others', Column[]>;

function remembered(): Kept {
  const usual = { pending: [...USUAL.pending], others: [...USUAL.others] };
  try {
    const read = JSON.parse(localStorage.getItem(REMEMBERED) ?? '{}') as Partial<Kept>;
    for (const list of ['pending', 'others'] as const) {
      const known = (read[list] ?? []).filter((one) => COLUMNS.includes(one));
      if (known.length > 0) usual[list] = known;
    }
  } catch {
    // Unreadable or forbidden: the usual ones.
  }
  return usual;
}

/** The width of what a row in trouble offers: its words and its key. */
const ANSWER = 'calc(152px * (0.5 + 0.5 * var(--scale)))';

const state = $state<{ kept: Kept }>({ kept: remembered() });

function of(tab: Tab | null): 'pending' | 'others' {
  return tab === 'pending' ? 'pending' : 'others';
}

/** The columns of a list, after order and before nothing. */
export function columns(tab: Tab | null): readonly Column[] {
  return state.kept[of(tab)];
}

/** Shows other columns, in that order; none at all are the usual ones. */
export function setColumns(tab: Tab | null, wanted: readonly Column[]): void {
  const list = of(tab);
  state.kept = { ...state.kept, [list]: wanted.length > 0 ? [...wanted] : [...USUAL[list]] };
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify(state.kept));
  } catch {
    // A window without storage begins with the usual ones again.
  }
}

/** Widths of a list's columns, the same in the heading and in every line. */
export function grid(tab: Tab | null): string {
  if (tab === 'attention') return `44px 156px 190px minmax(0, 1fr) ${ANSWER}`;
  return ['44px', '156px', ...columns(tab).map((one) => WIDTHS[one])].join(' ');
}
