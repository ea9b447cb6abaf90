import { screen, waitFor, within } from '@testing-library/svelte';
import axe from 'axe-core';
import { afterEach, describe, expect, it } from 'vitest';
import { GUIDE_PAGES } from '$lib/guide';
import { setLang, t } from '$lib/i18n.svelte';
import { open, press } from '../test-desk';

const guide = (name = '使用指南') => screen.findByRole('dialog', { name });
const tab = (name: string) =>
  within(screen.getByRole('dialog')).getByRole('tab', { name: new RegExp(name) });

afterEach(() => setLang('zh'));

describe('the guide', () => {
  it('opens with F1 on every screen, also before the first start', async () => {
    await open({ mode: 'welcome' });
    await press('F1');
    const box = await guide();
    expect(within(box).getAllByRole('tab')).toHaveLength(GUIDE_PAGES.length);
    await press('Escape');
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    // Enter is the practice's again.
    await press('Enter');
    await screen.findByRole('region', { name: '发货' });
    await press('2', { ctrlKey: true });
    await press('F1');
    await guide();
  });

  it('is offered by the list of keys, which closes for it', async () => {
    await open();
    await press('?');
    await screen.findByRole('dialog', { name: '全部按键' });
    await press('F1');
    await guide();
    expect(screen.queryByRole('dialog', { name: '全部按键' })).not.toBeInTheDocument();
  });

  it('turns its pages by digits and arrows, each with its picture and sentences', async () => {
    await open();
    await press('F1');
    const box = await guide();
    for (const [n, page] of GUIDE_PAGES.entries()) {
      await press(String(n + 1));
      await waitFor(() => expect(tab(t(`guide.${page}`))).toHaveAttribute('aria-selected', 'true'));
      const shown = within(box).getByRole('img');
      expect(shown.getAttribute('src')).toContain(`${page}-zh`);
      const steps = within(box).getAllByRole('listitem').map((step) => step.textContent);
      expect(steps).toEqual([1, 2, 3, 4].map((step) => t(`guide.${page}_${step}`)));
    }
    await press('ArrowDown');
    expect(tab('收工')).toHaveAttribute('aria-selected', 'true');
    await press('ArrowUp');
    expect(tab('出了问题')).toHaveAttribute('aria-selected', 'true');
    await press('PageUp');
    expect(tab('重打面单')).toHaveAttribute('aria-selected', 'true');
  });

  it('is in English where the window is', async () => {
    await open();
    setLang('en');
    await press('F1');
    const box = await guide('Guide');
    for (const page of GUIDE_PAGES) {
      tab(t(`guide.${page}`)).click();
      await waitFor(() =>
        expect(within(box).getByRole('img').getAttribute('src')).toContain(`${page}-en`),
      );
    }
  });

  it('has nothing that a screen reader stumbles over', async () => {
    await open();
    await press('F1');
    await guide();
    const rules = { 'color-contrast': { enabled: false }, region: { enabled: false } };
    const { violations } = await axe.run(document.body, { rules });
    expect(violations.flatMap(({ id, nodes }) => nodes.map((one) => id + one.html))).toEqual([]);
  });
});
