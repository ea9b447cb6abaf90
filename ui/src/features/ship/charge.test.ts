import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { asked, lines, open, press } from '../../test-desk';

async function printed(stage: 'collected' | 'delivered') {
  const core = await open({ ready: 3, busy: true });
  await waitFor(() => expect(lines().length).toBeGreaterThan(1));
  for (const kept of core.kept.values()) {
    if (kept.detail.row.state !== 'printed') continue;
    kept.detail = { ...kept.detail, charges: true, row: { ...kept.detail.row, stage } };
  }
  await press('4');
  await waitFor(() => expect(lines()[0]).toHaveTextContent(/YT88|7888|SF88/));
  return core;
}

describe('what the carrier charged', () => {
  it('is asked by a person and shown to the fen', async () => {
    const core = await printed('delivered');
    const pane = await screen.findByRole('region', { name: '快递实收' });
    expect(asked(core, 'ask_charge')).toEqual([]);
    await press('F5', { ctrlKey: true });
    await waitFor(() => expect(pane).toHaveTextContent('计费重量 1.50 kg'));
    const sums = within(pane).getAllByRole('definition');
    const said = sums.map((sum) => sum.textContent);
    expect(said).toEqual(['¥18.00', '¥2.00', '−¥1.50', '¥18.50']);
    expect(asked(core, 'ask_charge')).toHaveLength(1);
  });

  it('is nothing before the parcel was counted, and only of that parcel', async () => {
    await printed('collected');
    await screen.findByRole('region', { name: '快递实收' });
    await press('F5', { ctrlKey: true });
    expect(await screen.findByText(/还没算出这一单的运费/)).toBeInTheDocument();
    await press('ArrowDown');
    await waitFor(() => expect(screen.queryByText(/还没算出这一单的运费/)).toBeNull());
  });
});
