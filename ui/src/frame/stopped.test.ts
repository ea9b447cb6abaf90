import { screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { play } from '$lib/sound';
import { FakeCore } from '../fake/core';
import { trouble } from '../fake/rules';
import { openOn, press } from '../test-desk';

vi.mock('$lib/sound', () => ({ play: vi.fn(), setVolume: vi.fn() }));

describe('a printer that stands still', () => {
  beforeEach(() => vi.mocked(play).mockClear());

  it('is said on every screen and heard once', async () => {
    const core = new FakeCore();
    await openOn(core);
    expect(screen.queryByRole('alert')).toBeNull();
    core.printerState = 'paper_out';
    core.say('changed');
    const said = await screen.findByRole('alert');
    expect(said).toHaveTextContent('热敏 1 号 缺纸');
    expect(said).toHaveTextContent('装好纸会自动接着打');
    expect(vi.mocked(play).mock.calls).toEqual([['wrong']]);

    await press('2', { ctrlKey: true });
    await waitFor(() => expect(screen.getByText('扫描台')).toBeInTheDocument());
    expect(screen.getByRole('alert')).toHaveTextContent('缺纸');
    expect(play).toHaveBeenCalledTimes(1);

    core.printerState = 'ready';
    core.say('changed');
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    core.printerState = 'head_open';
    core.say('changed');
    expect(await screen.findByRole('alert')).toHaveTextContent('合上盖');
    expect(play).toHaveBeenCalledTimes(2);
  });

  it('a pause without work troubles nobody', async () => {
    const core = new FakeCore({ ready: 0 });
    core.printerState = 'paused';
    await openOn(core);
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('a port that another program has', () => {
  it('is said at the start, and everything else works', async () => {
    const core = new FakeCore();
    const { call } = core.transport;
    const fields = { port: '18780', why: 'Address already in use' };
    core.transport.call = async (command, args) => {
      const said = await call(command, args);
      if (command !== 'boot') return said;
      return { ...(said as object), trouble: trouble('port_taken', 'none', fields) };
    };
    await openOn(core);
    expect(await screen.findByRole('alert')).toHaveTextContent('推送端口 18780 用不了');
    await press('F12');
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    expect(screen.getByRole('grid')).toBeInTheDocument();
  });
});
