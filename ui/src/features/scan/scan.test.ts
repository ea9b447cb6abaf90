import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { asked, open, press, scan } from '../../test-desk';

describe('a scan on any screen', () => {
  it('is shown at once, before its answer', async () => {
    const core = await open();
    let answer: (() => void) | undefined;
    const call = core.transport.call;
    core.transport.call = (command, args) =>
      command === 'scan'
        ? new Promise((go) => (answer = () => go(call(command, args))))
        : call(command, args);
    scan('WC-20930');
    await waitFor(() => expect(screen.getByText('已读取')).toBeInTheDocument());
    expect(screen.getByText('WC-20930', { selector: '.code' })).toBeInTheDocument();
    answer?.();
    await waitFor(() => expect(screen.queryByText('已读取')).not.toBeInTheDocument());
  });

  it('ships a waiting order', async () => {
    const core = await open();
    scan('WC-20930');
    const flash = await screen.findByText('WC-20930', { selector: '.code' });
    await waitFor(() => expect(flash.parentElement).toHaveTextContent('已打印'));
    expect(core.detail(9).row.state).toBe('printed');
  });

  it('says what it is not, and does nothing', async () => {
    const core = await open();
    scan('NOPE-1');
    await waitFor(() => expect(screen.getByText(/“NOPE-1” 不是这里的订单号/)).toBeInTheDocument());
    expect(asked(core, 'ship')).toEqual([]);
    await press('Escape');
    await waitFor(() => expect(screen.queryByText(/NOPE-1/)).not.toBeInTheDocument());
  });

  it('of a command does it, or says that there is nothing to do', async () => {
    await open();
    scan('*PB-PAUSE*');
    await waitFor(() => expect(screen.getByText('命令：现在没有可做的')).toBeInTheDocument());
  });

  it('queues with others, in their order, none dropped', async () => {
    const core = await open();
    scan('WC-20930');
    scan('WC-20931');
    scan('WC-20932');
    await waitFor(() => expect(asked(core, 'scan')).toHaveLength(3));
    const codes = asked(core, 'scan').map(({ text }) => text);
    expect(codes).toEqual(['WC-20930', 'WC-20931', 'WC-20932']);
  });

  it('of one parcel of several prints its label, and with A all of them', async () => {
    const core = await open({ ready: 3, busy: true });
    core.change(4, { parcels: 3 });
    const code = core.detail(4).row.waybillNo ?? '';
    for (const all of [false, true]) {
      scan(code);
      const box = await screen.findByRole('dialog', { name: '重打面单' });
      expect(within(box).getByLabelText(/整单全部面单/)).not.toBeChecked();
      if (all) await press('a');
      await press('2');
      await waitFor(() => expect(asked(core, 'reprint').at(-1)).toMatchObject({ code, all }));
    }
  });

  it('of a printed one offers the reprint with its count', async () => {
    const core = await open({ ready: 3, busy: true });
    const row = core.detail(4).row;
    scan(row.waybillNo ?? '');
    const box = await screen.findByRole('dialog', { name: '重打面单' });
    expect(box).toHaveTextContent('已打印 1 份，这将是第 2 份');
    expect(
      within(box).getAllByRole('button', { name: /纸张褶皱|卡纸|未出纸|模糊|其他/ }),
    ).toHaveLength(5);
    await press('2');
    await waitFor(() =>
      expect(asked(core, 'reprint')).toEqual([{ code: row.waybillNo, reason: 'jam', all: false }]),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    await waitFor(() => expect(screen.getByText('已重打，第 2 份')).toBeInTheDocument());
  });

  it('a reason of one’s own is typed', async () => {
    const core = await open({ ready: 3, busy: true });
    scan(core.detail(4).row.orderNo);
    const box = await screen.findByRole('dialog', { name: '重打面单' });
    await press('5');
    const field = await within(box).findByRole('textbox');
    await waitFor(() => expect(field).toHaveFocus());
    await press('Enter');
    expect(asked(core, 'reprint')).toEqual([]);
    (field as HTMLInputElement).value = '贴歪了';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await press('Enter');
    await waitFor(() => expect(asked(core, 'reprint')[0]).toMatchObject({ reason: '贴歪了' }));
  });
});

describe('the modes', () => {
  const chosen = () => screen.getByRole('radio', { checked: true, name: /^(扫单打印|重打|验货)/ });

  it('are chosen by key and by command barcode, always in sight, and kept', async () => {
    const core = await open();
    await press('2', { ctrlKey: true });
    await waitFor(() => expect(chosen()).toHaveTextContent('扫单打印'));
    await press('v');
    await waitFor(() => expect(chosen()).toHaveTextContent('验货'));
    expect(core.bench.mode).toBe('verify');
    scan('*PB-TO-REPRINT*');
    await waitFor(() => expect(chosen()).toHaveTextContent('重打'));
    await press('Escape');
    await press('2', { ctrlKey: true });
    await waitFor(() => expect(chosen()).toHaveTextContent('重打'));
  });

  it('reprint: a waiting order is not shipped', async () => {
    const core = await open();
    core.bench.mode = 'reprint';
    const answer = { kind: 'waiting', value: core.detail(9).row };
    core.bench.answer = (command) => (command === 'scan_in' ? answer : null);
    await press('2', { ctrlKey: true });
    await press('r');
    scan('WC-20930');
    expect(await screen.findAllByText('还没有面单，没有打印')).not.toHaveLength(0);
    expect(asked(core, 'ship')).toEqual([]);
  });
});

describe('the self-test of a scanner', () => {
  it('shows what came and what it was taken for, and does nothing with it', async () => {
    const core = await open();
    await press('2', { ctrlKey: true });
    await press('t');
    const box = await screen.findByRole('dialog', { name: '扫码枪自测' });
    scan('WC-20930');
    await waitFor(() => expect(box).toHaveTextContent('认出是扫描'));
    const keys = within(box).getByRole('list', { name: /按键和间隔/ });
    expect(within(keys).getAllByRole('listitem')).toHaveLength(9);
    expect(box).toHaveTextContent('平均间隔 4 毫秒，最大 4 毫秒');
    expect(asked(core, 'read_code')).toEqual([{ sent: 'WC-20930' }]);
    expect(asked(core, 'scan_in')).toEqual([]);
    await press('a');
    await waitFor(() => expect(box).toHaveTextContent('当作键盘输入'));
    await press('Escape');
    scan('WC-20930');
    await waitFor(() => expect(asked(core, 'scan_in')).toHaveLength(1));
  });

  it('offers the boundary that a slow scanner needs, and sets it', async () => {
    const core = await open();
    await press('2', { ctrlKey: true });
    await press('t');
    const box = await screen.findByRole('dialog', { name: '扫码枪自测' });
    scan('WC-20930', 60);
    await waitFor(() => expect(box).toHaveTextContent('适合的界线是 90 毫秒'));
    expect(box).toHaveTextContent('当作键盘输入');
    core.bench.scanner = { gapMs: 90, ending: 'key' };
    await press('F9');
    const values = { 'scanner.gap_ms': '90' };
    const change = { kind: 'set', values };
    await waitFor(() => expect(asked(core, 'change_settings')[0]).toEqual({ change }));
    await waitFor(() => expect(box).toHaveTextContent('现在的界线是 90 毫秒'));
    scan('WC-20930', 60);
    await waitFor(() => expect(box).toHaveTextContent('认出是扫描'));
  });

  it('a scanner that is read directly is heard without the keyboard', async () => {
    const core = await open();
    core.bench.waiting = ['WC-20930', 'WC-20931'];
    core.say('changed');
    await waitFor(() => expect(asked(core, 'scan')).toHaveLength(2));
  });

  it('shows what such a scanner read, which pressed no keys', async () => {
    const core = await open();
    await press('2', { ctrlKey: true });
    await press('t');
    const box = await screen.findByRole('dialog', { name: '扫码枪自测' });
    core.bench.waiting = ['WC-20930'];
    core.say('changed');
    await waitFor(() => expect(box).toHaveTextContent('认出是扫描'));
    expect(box).toHaveTextContent('WC-20930');
    expect(asked(core, 'scan')).toHaveLength(0);
  });

  it('says in the chain how it stands while it cannot be read', async () => {
    const core = await open();
    expect(screen.queryByRole('button', { name: /^扫码枪/ })).not.toBeInTheDocument();
    core.bench.direct = { address: 'hid:any', state: 'denied', error: '' };
    core.say('changed');
    await waitFor(() =>
      expect(screen.getAllByRole('button', { name: /扫码枪 · 没有权限/ })[0]).toBeInTheDocument(),
    );
    await press('F6');
    const box = await screen.findByRole('dialog', { name: '链路状态' });
    expect(box).toHaveTextContent('hid:any');
    expect(box).toHaveTextContent('没有权限读它');
    core.bench.direct = { address: 'hid:any', state: 'ready', error: '' };
    core.say('changed');
    await waitFor(() => expect(box).not.toHaveTextContent('没有权限'));
    expect(box).toHaveTextContent('就绪');
    expect(screen.queryByRole('button', { name: /^扫码枪/ })).not.toBeInTheDocument();
  });
});

describe('counting goods', () => {
  async function begin() {
    const core = await open();
    await press('2', { ctrlKey: true });
    await press('v');
    scan('WC-20934');
    await screen.findByText('订单 WC-20934');
    return core;
  }
  const list = () => screen.getByRole('complementary', { name: '装箱清单' });
  const region = () => screen.getByRole('region', { name: '验货' });

  it('says every line with its count, and prints after the last', async () => {
    const core = await begin();
    const lines = core.bench.counting?.lines ?? [];
    expect(lines.map((line) => line.wanted)).toEqual([1, 1]);
    expect(within(list()).getAllByRole('listitem')).toHaveLength(2);
    scan('6901234567890');
    await waitFor(() => expect(region()).toHaveTextContent('1 / 2'));
    scan('6901234567891');
    await waitFor(() => expect(region()).toHaveTextContent('验货完成'));
    expect(region()).toHaveAttribute('data-mood', 'good');
    await waitFor(() => expect(region()).toHaveTextContent('面单已打印'));
    expect(asked(core, 'ship')).toHaveLength(1);
  });

  it('says over, wrong and under, and counts none of them', async () => {
    await begin();
    scan('6901234567890');
    scan('6901234567890');
    await waitFor(() => expect(region()).toHaveTextContent('多了，没有计数'));
    expect(region()).toHaveAttribute('data-mood', 'wrong');
    scan('4006381333931');
    await waitFor(() => expect(region()).toHaveTextContent('不是这单的商品'));
    scan('WC-20930');
    await waitFor(() => expect(region()).toHaveTextContent('还缺商品'));
    expect(region()).toHaveTextContent('订单 WC-20934');
    expect(region()).toHaveTextContent('1 / 2');
  });

  it('takes a typed number for the next scan, once', async () => {
    const core = await begin();
    await press('1');
    await press('2');
    expect(region()).toHaveTextContent('下一次扫描计 12 件');
    scan('6901234567890');
    await waitFor(() => expect(asked(core, 'scan_in').at(-1)).toMatchObject({ times: 12 }));
    expect(region()).not.toHaveTextContent('下一次扫描计');
    scan('6901234567890');
    await waitFor(() => expect(asked(core, 'scan_in').at(-1)).toMatchObject({ times: 1 }));
    await waitFor(() => expect(region()).toHaveTextContent('1 / 2'));
    await press('Backspace');
    await waitFor(() => expect(region()).toHaveTextContent('已退回一次计数'));
  });

  it('is put aside with a key, and passed with a reason only', async () => {
    const core = await begin();
    await press('F8');
    const box = await screen.findByRole('dialog', { name: /仍要放行/ });
    await press('Enter');
    expect(asked(core, 'pass_count')).toEqual([]);
    const field = within(box).getByLabelText(/原因/) as HTMLInputElement;
    field.value = '少一件，客户同意';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await press('Enter');
    await waitFor(() => expect(asked(core, 'pass_count')[0]).toMatchObject({ id: 5 }));
    await waitFor(() => expect(region()).toHaveTextContent('未验齐，已放行'));
    scan('WC-20930');
    await waitFor(() => expect(region()).toHaveTextContent('订单 WC-20930'));
    await press('x');
    await waitFor(() => expect(asked(core, 'put_aside')).toHaveLength(1));
    expect(screen.getByText('扫描订单或面单，开始验货')).toBeInTheDocument();
  });

  it('begun on another screen is shown where goods are counted', async () => {
    const core = await open();
    const call = core.transport.call;
    core.transport.call = (command, args) =>
      command === 'scan'
        ? call('scan_in', { ...args, mode: 'verify', times: 1 })
        : call(command, args);
    scan('WC-20934');
    await waitFor(() => expect(region()).toHaveTextContent('订单 WC-20934'));
  });
});

describe('the scan screen', () => {
  it('shows sort code, order and goods of the last scan, and those before', async () => {
    const core = await open();
    await press('2', { ctrlKey: true });
    expect(screen.getByText('扫描订单号或运单号')).toBeInTheDocument();
    scan('WC-20930');
    await waitFor(() => expect(screen.getByText(/从扫描到出纸/)).toBeInTheDocument());
    const { sortCode, items } = core.detail(9);
    expect(screen.getByText(sortCode)).toBeInTheDocument();
    expect(screen.getByText('订单 WC-20930')).toBeInTheDocument();
    expect(screen.getByText(items[0]?.title ?? '')).toBeInTheDocument();
    scan('NOPE-1');
    const recent = screen.getByRole('list', { name: /最近/ });
    await waitFor(() => expect(within(recent).getAllByRole('listitem')).toHaveLength(2));
  });

  it('reprints at once in reprint mode', async () => {
    const core = await open({ ready: 3, busy: true });
    await press('2', { ctrlKey: true });
    await press('r');
    await press('4');
    scan(core.detail(4).row.waybillNo ?? '');
    await waitFor(() => expect(asked(core, 'reprint')[0]).toMatchObject({ reason: 'faint' }));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    await press('Escape');
    await waitFor(() => expect(screen.getByRole('grid')).toBeInTheDocument());
  });
});
