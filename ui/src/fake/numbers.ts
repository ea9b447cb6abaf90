// The stand-in's numbers for shops: two shops, one file of yesterday, one old number.

import type { NumbersView, ShopNumbers, TellingView } from '$lib/ipc.types';
import { trouble } from './rules';

type Args = Record<string, unknown>;

const FOLDER = '~/packbench/numbers';
const YESTERDAY = new Date('2026-11-20T18:30:00').getTime();
const HOUR = 3_600_000;

/** A file of that shop. */
function told(id: number, shop: string, n: number, atMs: number): TellingView {
  const file = `numbers-${shop || '0'}-20261121-${String(100_400 + id)}.csv`;
  const path = `${FOLDER}/${file}`;
  const rest = { copies: 1, byItself: false, operator: '', state: 'written' as const };
  return { id, shop, atMs, path, file, n, ...rest };
}

function shop(name: string, n: number, last: TellingView | null): ShopNumbers {
  return { shop: name, n, oldestAtMs: n > 0 ? YESTERDAY + 15 * HOUR : null, last };
}

export class FakeNumbers {
  view: NumbersView = {
    practice: true,
    folder: FOLDER,
    byItself: false,
    ...{ shops: [], stale: [], tellings: [], failed: null },
  };

  /** As on a working day. */
  work(): void {
    const last = told(1, '拾光家居旗舰店', 212, YESTERDAY);
    const shops = [shop('拾光家居旗舰店', 186, last), shop('拾光抖音小店', 43, null)];
    const stale = {
      ...{ id: 3, shop: '拾光家居旗舰店', orderNo: '2026112100017' },
      ...{ no: 'YT8800100200317', newNo: 'YT8800100200911' },
    };
    this.view = {
      ...this.view,
      ...{ practice: false, tellings: [last], stale: [stale] },
      shops: [...shops, shop('', 3, null)],
    };
  }

  /** The answer to a command of this part; nothing if it is none. */
  answer(command: string, args: Args): unknown {
    switch (command) {
      case 'numbers':
        return this.view;
      case 'tell_shop':
        return this.#tell(args.shop as string);
      case 'tell_again':
        this.#put(args.id as number, { copies: 2 });
        return { path: `${FOLDER}/numbers (2).csv` };
      case 'tell_back': {
        const one = this.#put(args.id as number, { state: 'back' });
        const shops = this.view.shops.map((it) =>
          it.shop === one.shop ? { ...it, n: it.n + one.n } : it,
        );
        this.view = { ...this.view, shops };
        return null;
      }
      case 'settle_number': {
        const stale = this.view.stale.filter((it) => it.no !== args.no);
        this.view = { ...this.view, stale };
        return null;
      }
      default:
        return undefined;
    }
  }

  #tell(name: string): TellingView {
    const found = this.view.shops.find((one) => one.shop === name);
    if (!found || found.n === 0) throw trouble('numbers_none', 'none', { shop: name });
    const { tellings } = this.view;
    const one = told(tellings.length + 1, name, found.n, YESTERDAY + 16 * HOUR);
    const shops = this.view.shops.map((it) => (it.shop === name ? shop(name, 0, one) : it));
    this.view = { ...this.view, shops, tellings: [one, ...tellings] };
    return one;
  }

  #put(id: number, change: Partial<TellingView>): TellingView {
    const tellings = this.view.tellings.map((it) => (it.id === id ? { ...it, ...change } : it));
    this.view = { ...this.view, tellings };
    const found = tellings.find((it) => it.id === id);
    if (!found) throw trouble('telling_none', 'none', { id: String(id) });
    return found;
  }
}
