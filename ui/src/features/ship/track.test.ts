import { render, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { age } from '$lib/format';
import { asked, choose, lines, open, press } from '../../test-desk';
import RouteMap from './RouteMap.svelte';

async function printed() {
  const core = await open({ ready: 3, busy: true });
  await waitFor(() => expect(lines().length).toBeGreaterThan(1));
  await press('4');
  await waitFor(() => expect(lines()[0]).toHaveTextContent(/YT88|7888|SF88/));
  return core;
}

describe('parcels on their way', () => {
  it('show how far they are in the list of printed ones, and for how long', async () => {
    await printed();
    const shown = lines().map((line) => line.textContent ?? '');
    expect(shown.some((text) => text.includes('已揽收 · '))).toBe(true);
    expect(shown.some((text) => text.includes('问题件 · '))).toBe(true);
  });

  it('tell their way newest first, the words of the carrier beside ours', async () => {
    const core = await printed();
    const far = [...core.kept.values()].find((kept) => kept.detail.row.stage === 'delivered');
    const place = [...core.kept.values()]
      .filter((kept) => kept.detail.row.state === 'printed')
      .indexOf(far as never);
    for (let n = 0; n < place; n += 1) await press('ArrowDown');
    const way = await screen.findByRole('region', { name: '物流' });
    await waitFor(() => expect(within(way).getAllByRole('listitem')).toHaveLength(5));
    const told = within(way).getAllByRole('listitem');
    expect(told[0]).toHaveTextContent('已签收');
    expect(told[0]).toHaveTextContent('【上海市】已签收');
    // A word of nobody's stands as it came.
    expect(told[2]).toHaveTextContent('217');
    expect(told[2]).not.toHaveTextContent('其他');
    expect(way).toHaveTextContent('查过');
    expect(way).not.toHaveTextContent('下次');
  });

  it('are drawn on their route only when a person asks', async () => {
    const core = await printed();
    await screen.findByRole('region', { name: '物流' });
    expect(asked(core, 'route_map')).toEqual([]);
    await press('F5', { shiftKey: true });
    const drawn = await screen.findByRole('img', { name: /杭州市 → 南京市 → 济南市 → 北京市/ });
    expect(asked(core, 'route_map')).toHaveLength(1);
    // North is up: the way leads to a smaller y.
    const ys = [...drawn.querySelectorAll('circle')].map((dot) => Number(dot.getAttribute('cy')));
    expect(ys.at(-1)).toBeLessThan(ys[0] ?? 0);
    expect(drawn.querySelectorAll('circle.here')).toHaveLength(1);
    await press('ArrowDown');
    await waitFor(() => expect(screen.queryByRole('img', { name: /南京市/ })).toBeNull());
  });

  it('are expected when their carrier says so, asked by a person alone', async () => {
    const core = await printed();
    const way = await screen.findByRole('region', { name: '物流' });
    expect(asked(core, 'ask_eta')).toEqual([]);
    expect(way).not.toHaveTextContent('预计');
    await press('F5', { ctrlKey: true, shiftKey: true });
    await waitFor(() => expect(way).toHaveTextContent('预计 01月03日下午可达'));
    expect(asked(core, 'ask_eta')).toHaveLength(1);
    await press('ArrowDown');
    await waitFor(() =>
      expect(screen.getByRole('region', { name: '物流' })).not.toHaveTextContent('预计'),
    );
  });

  it('say when their carrier told their route, and when it told nothing yet', () => {
    const at = (place: string, latUdeg: number) => ({ place, latUdeg, lngUdeg: 114_000_000 });
    const nothing = { from: null, to: null, passed: [], ahead: [], url: '', toldAtMs: null };
    const told = { ...nothing, toldAtMs: new Date('2026-11-21T08:30:00').getTime() };
    const { container, rerender } = render(RouteMap, { route: told });
    expect(container).toHaveTextContent('已订阅');
    expect(screen.queryByRole('img')).toBeNull();
    const passed = [at('深圳市', 22_540_000), at('武汉市', 30_590_000)];
    return rerender({ route: { ...told, passed } }).then(async () => {
      expect(container).toHaveTextContent('08:30 推送');
      expect(screen.getByRole('img')).toHaveAccessibleName('深圳市 → 武汉市');
      await rerender({ route: { ...nothing, passed } });
      expect(container).not.toHaveTextContent('推送');
    });
  });

  it('are narrowed by how far they are, in their list alone', async () => {
    const core = await printed();
    await choose('物流状态', '问题件');
    await waitFor(() => expect(lines()).toHaveLength(1));
    expect(lines()[0]).toHaveTextContent('问题件');
    await press('1');
    await waitFor(() => expect(lines().length).toBeGreaterThan(1));
    expect(screen.queryByRole('button', { name: /^物流状态/ })).not.toBeInTheDocument();
    const last = asked(core, 'list_shipments').at(-1)?.query;
    expect(last).toMatchObject({ filter: { stage: null } });
  });

  it('count their age in one unit', () => {
    const now = 1_800_000_000_000;
    expect(age(now - 5 * 60_000, now)).toBe('5 分钟');
    expect(age(now - 47 * 3_600_000, now)).toBe('47 小时');
    expect(age(now - 72 * 3_600_000, now)).toBe('3 天');
    expect(age(now + 60_000, now)).toBe('0 分钟');
  });
});
