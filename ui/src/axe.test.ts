import { screen, waitFor } from '@testing-library/svelte';
import axe from 'axe-core';
import { afterEach, describe, expect, it } from 'vitest';
import { setLang } from '$lib/i18n.svelte';
import { FakeCore } from './fake/core';
import { open, openOn, press } from './test-desk';

/** What a screen reader would stumble over, in words. jsdom draws nothing: colours are measured in
 * `styles/contrast.test.ts`. */
async function stumbles(): Promise<string[]> {
  const { violations } = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}

const SCREENS: [name: string, key: string, shows: RegExp][] = [
  ['ship', '1', /获取|取号|Ctrl/],
  ['scan', '2', /扫描台/],
  ['import', '3', /导入/],
  ['printers', '4', /打印机/],
  ['forms', '5', /面单/],
  ['accounts', '6', /账号/],
  ['settings', ',', /设置/],
];

afterEach(() => setLang('zh'));

describe('a screen reader finds nothing to stumble over', () => {
  it.each(SCREENS)('on the screen %s', async (_, key, shows) => {
    await open({ busy: true });
    await press(key, { ctrlKey: true });
    await waitFor(() => expect(screen.getAllByText(shows).length).toBeGreaterThan(0));
    expect(await stumbles()).toEqual([]);
  });

  it.each(['welcome', 'trouble'] as const)('at the start (%s)', async (mode) => {
    await open({ mode });
    expect(await stumbles()).toEqual([]);
  });

  it('while it is locked, in who did what, and in the dialogs', async () => {
    const core = new FakeCore({ busy: true });
    core.house.people.fill();
    await openOn(core);
    await press('?');
    await screen.findByRole('dialog');
    expect(await stumbles()).toEqual([]);
    await press('Escape');
    await press('F6');
    await screen.findByRole('dialog');
    expect(await stumbles()).toEqual([]);
    await press('Escape');
    await press(',', { ctrlKey: true });
    (document.activeElement as HTMLElement).blur();
    await press('n');
    await screen.findByRole('dialog', { name: '添加操作员' });
    expect(await stumbles()).toEqual([]);
    await press('Escape');
    await press('t');
    await screen.findByRole('dialog', { name: '圆通-快递鸟 的运费价目' });
    expect(await stumbles()).toEqual([]);
    await press('Escape');
    await press('w');
    await screen.findByRole('table');
    expect(await stumbles()).toEqual([]);
    await press('u', { ctrlKey: true });
    await screen.findByRole('dialog', { name: '已锁定' });
    expect(await stumbles()).toEqual([]);
  });
});
