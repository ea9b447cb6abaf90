import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ListPage, ListQuery, Row } from './ipc.types';
import { coalesce } from './live';
import { PAGE_ROWS, Pages } from './pages.svelte';
import { NO_FILTER } from '../features/ship/ship.svelte';
import { Selection } from './selection.svelte';

describe('a selection', () => {
  it('belongs to shipments, not to lines', () => {
    const selection = new Selection();
    selection.add([5, 9, 2]);
    selection.toggle(9);
    selection.toggle(7);
    expect(selection.size).toBe(3);
    expect(selection.of([1, 2, 5, 7, 9])).toEqual([2, 5, 7]);
    expect(selection.hiddenFrom([1, 2])).toBe(2);
    selection.remove([2]);
    expect(selection.has(2)).toBe(false);
    selection.clear();
    expect(selection.size).toBe(0);
  });
});

const QUERY: ListQuery = {
  tab: 'pending',
  search: '',
  filter: NO_FILTER,
  sort: 'paid',
  descending: false,
  offset: 0,
  limit: 0,
};

function store(total: number) {
  const asked: number[] = [];
  const fetch = async ({ offset, limit }: ListQuery): Promise<ListPage> => {
    asked.push(offset);
    const length = Math.max(0, Math.min(limit, total - offset));
    const rows = Array.from({ length }, (_, n) => ({ id: offset + n }) as Row);
    return { total, rows };
  };
  return { asked, fetch };
}

describe('a long list', () => {
  it('fetches what is looked at, once', async () => {
    const { asked, fetch } = store(100_000);
    const pages = new Pages(fetch);
    await pages.list(QUERY);
    expect(pages.total).toBe(100_000);
    await pages.show(50_010, 50_030);
    await pages.show(50_012, 50_032);
    expect(asked).toEqual([0, 50_000]);
    expect(pages.at(50_012)?.id).toBe(50_012);
    expect(pages.at(70_000)).toBeUndefined();
  });

  it('spans a page border', async () => {
    const { asked, fetch } = store(1000);
    const pages = new Pages(fetch);
    await pages.list(QUERY);
    await pages.show(PAGE_ROWS - 5, PAGE_ROWS + 5);
    expect(asked).toEqual([0, PAGE_ROWS]);
  });

  it('asks again only for what is looked at, and for the row that is kept', async () => {
    const { asked, fetch } = store(1000);
    const pages = new Pages(fetch);
    await pages.list(QUERY);
    pages.keep(220);
    await pages.show(600, 620);
    asked.length = 0;
    await pages.refresh();
    expect(asked).toEqual([600, 200]);
    expect(pages.at(3)).toBeUndefined();
    expect(pages.at(220)?.id).toBe(220);
  });

  it('does not ask for what a flick passed by', async () => {
    const { asked, fetch } = store(100_000);
    const pages = new Pages(fetch);
    await pages.list(QUERY);
    const first = pages.show(1_000, 1_020);
    void pages.show(5_000, 5_020);
    void pages.show(9_000, 9_020);
    await first;
    expect(asked).toEqual([0, 1_000, 9_000]);
    expect(pages.at(9_010)?.id).toBe(9_010);
  });

  it('keeps what is near, and the kept row, of a list that was scrolled through', async () => {
    const { asked, fetch } = store(100_000);
    const pages = new Pages(fetch);
    await pages.list(QUERY);
    for (let at = 0; at < 10_000; at += PAGE_ROWS) await pages.show(at, at + 20);
    expect(pages.at(9_950)?.id).toBe(9_950);
    expect(pages.at(9_000)?.id).toBe(9_000);
    expect(pages.at(5_000)).toBeUndefined();
    expect(pages.at(0)?.id).toBe(0);
    asked.length = 0;
    await pages.show(5_000, 5_020);
    expect(asked).toEqual([5_000]);
    expect(pages.at(5_000)?.id).toBe(5_000);
  });

  describe('asked for ahead', () => {
    const sought = { ...QUERY, search: 'x' };

    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());

    it('is not asked for again when it is listed', async () => {
      const { asked, fetch } = store(10);
      const pages = new Pages(fetch);
      pages.prepare(sought);
      await pages.list(sought);
      expect(asked).toEqual([0]);
      expect(pages.total).toBe(10);
      await pages.list(sought);
      expect(asked).toEqual([0, 0]);
    });

    it.each([
      ['too long ago', async () => void vi.advanceTimersByTime(300)],
      ['and changed since', (pages: Pages) => pages.refresh()],
    ])('%s is asked for again', async (_, meanwhile) => {
      const { asked, fetch } = store(10);
      const pages = new Pages(fetch);
      pages.prepare(sought);
      await meanwhile(pages);
      await pages.list(sought);
      expect(asked).toEqual([0, 0]);
    });

    it('shows nothing of another question', async () => {
      const { asked, fetch } = store(10);
      const pages = new Pages(fetch);
      pages.prepare(sought);
      await pages.list(QUERY);
      expect(asked).toEqual([0, 0]);
    });
  });

  it('forgets a late answer to an old question', async () => {
    const answers: ((page: ListPage) => void)[] = [];
    const pages = new Pages(() => new Promise((answer) => answers.push(answer)));
    const first = pages.list(QUERY);
    const second = pages.list({ ...QUERY, search: 'x' });
    answers[1]?.({ total: 1, rows: [{ id: 7 } as Row] });
    await second;
    answers[0]?.({ total: 9, rows: [{ id: 1 } as Row] });
    await first;
    expect(pages.total).toBe(1);
    expect(pages.at(0)?.id).toBe(7);
  });
});

describe('asking again', () => {
  it('never twice at once, and once more for everything in between', async () => {
    vi.useFakeTimers();
    let rounds = 0;
    const pull = coalesce(async () => {
      rounds += 1;
    }, 200);
    for (let n = 0; n < 50; n += 1) pull();
    expect(rounds).toBe(1);
    await vi.advanceTimersByTimeAsync(250);
    expect(rounds).toBe(2);
    await vi.advanceTimersByTimeAsync(1000);
    expect(rounds).toBe(2);
    vi.useRealTimers();
  });

  it('goes on after a round that failed', async () => {
    vi.useFakeTimers();
    let rounds = 0;
    const pull = coalesce(async () => {
      rounds += 1;
      throw new Error('away');
    }, 10);
    pull();
    await vi.advanceTimersByTimeAsync(20);
    pull();
    expect(rounds).toBe(2);
    vi.useRealTimers();
  });
});
