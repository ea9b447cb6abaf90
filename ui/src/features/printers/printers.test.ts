import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { PrinterForm, PrinterSetup } from '$lib/ipc.types';
import { FakePrinters } from '../../fake/printers';
import { asked, open, press, scan } from '../../test-desk';
import { moved, shaded, slower } from './tune.svelte';
import { faultsByKey, guessed, namesOf, paperText } from './words';

function setup(form: Partial<PrinterSetup['form']> = {}): PrinterSetup {
  const one = new FakePrinters().setups([]).printers[0] as PrinterSetup;
  return { ...one, form: { ...one.form, ...form } };
}

describe('an answer', () => {
  it('moves the picture away from where it is cut, never past its room', () => {
    expect(moved(setup(), 'left')).toEqual({ offsetX: 4, offsetY: 0 });
    expect(moved(setup({ offsetX: 4 }), 'right')).toEqual({ offsetX: 0, offsetY: 0 });
    expect(moved(setup({ offsetY: -2 }), 'top')).toEqual({ offsetX: 0, offsetY: 2 });
    expect(moved(setup({ offsetY: -15 }), 'bottom')).toEqual({ offsetX: 0, offsetY: -16 });
    expect(moved(setup({ upsideDown: true }), 'left')).toEqual({ offsetX: -4, offsetY: 0 });
  });

  it('changes darkness and speed by a step of their own scales', () => {
    expect(shaded(setup(), true)).toBe(18);
    expect(shaded(setup({ darkness: 2 }), false)).toBe(0);
    expect(shaded(setup({ darkness: 29 }), true)).toBe(30);
    expect(slower(setup())).toBe(3);
    expect(slower(setup({ speed: 1 }))).toBe(1);
  });
});

describe('words', () => {
  it('put faults at their fields', () => {
    const faults = faultsByKey('24|printer[2].paper|bad_paper|wide\n3|sender.name|empty|');
    expect([...faults.keys()]).toEqual(['paper', '']);
    expect(faults.get('paper')?.[0]).toContain('wide');
    expect(paperText('100x150')).toBe('100 × 150 mm');
  });

  it('guess a printer from what it said, and give it a name of its own', () => {
    const said = { model: 'ZD421', languages: ['tspl', 'zpl'], headDotsPerM: 11811 };
    const known = [{ ...setup().form, name: 'ZD421', paper: '100x150' }];
    const form = guessed('usb:0a5f:00d3', { ...said, proof: 'state' }, known);
    expect(form).toMatchObject({ name: 'ZD421 2', language: 'tspl', dotsPerMm: '11.8' });
    expect(form).toMatchObject({ paper: '100x150', confirm: 'status', carriers: [] });
    const silent = guessed('queue:x', { ...said, languages: ['pcl'], proof: 'silent' }, []);
    expect(silent).toMatchObject({ language: 'zpl', confirm: 'none', paper: '76x130' });
    expect(namesOf(' 圆通，中通, ')).toEqual(['圆通', '中通']);
  });
});

async function printers() {
  const core = await open();
  await press('4', { ctrlKey: true });
  await screen.findByRole('option', { name: /热敏 1 号/ });
  return core;
}

function field(label: RegExp): HTMLElement {
  return within(screen.getByRole('dialog')).getByLabelText(label);
}

async function addAnother() {
  await press('n');
  await screen.findByRole('dialog', { name: '添加打印机' });
  await fireEvent.input(field(/^名称/), { target: { value: '小票机' } });
  await fireEvent.input(field(/^地址/), { target: { value: 'queue:receipt' } });
  await fireEvent.change(field(/^语言/), { target: { value: 'escpos' } });
  await fireEvent.change(field(/^怎样算/), { target: { value: 'none' } });
  await press('F9');
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  await screen.findByRole('option', { name: /小票机/ });
}

describe('the printers screen', () => {
  it('says of each what it is, how it is, and what its word is worth', async () => {
    await printers();
    const one = screen.getByRole('option', { name: /热敏 1 号/ });
    expect(one).toHaveAttribute('aria-selected', 'true');
    expect(one).toHaveTextContent('默认');
    expect(one).toHaveTextContent('ZPL（斑马） · 203 dpi · 76 × 130 mm');
    expect(one).toHaveTextContent('tcp://127.0.0.1:19100');
    expect(one).toHaveTextContent('就绪');
    expect(one).toHaveTextContent('还没问过它能说多少');
    expect(screen.queryByRole('button', { name: /移除/ })).not.toBeInTheDocument();
  });

  it('adds, makes default, removes, and takes the last change back, by keys alone', async () => {
    const core = await printers();
    await addAnother();
    const second = () => screen.getByRole('option', { name: /小票机/ });
    expect(second()).toHaveTextContent('queue:receipt');
    await press('ArrowDown');
    await waitFor(() => expect(second()).toHaveAttribute('aria-selected', 'true'));
    expect(screen.queryByRole('button', { name: /量纸/ })).not.toBeInTheDocument();
    await press('d');
    await waitFor(() => expect(second()).toHaveTextContent('默认'));
    await press('Delete');
    await screen.findByRole('dialog', { name: '移除' });
    await press('Enter');
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(1));
    await press('z', { ctrlKey: true });
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(2));
    const changes = asked(core, 'change_printers').map((args) => args.change);
    const kinds = changes.map((change) => (change as { kind: string }).kind);
    expect(kinds).toEqual(['add', 'first', 'remove', 'undo']);
  });

  it('shows what is wrong at its field and keeps what was typed', async () => {
    const core = await printers();
    await press('e');
    await screen.findByRole('dialog', { name: '修改 热敏 1 号' });
    await fireEvent.input(field(/^纸张/), { target: { value: 'wide' } });
    await fireEvent.input(field(/^浓度/), { target: { value: '31' } });
    await press('F9');
    await waitFor(() => expect(field(/^纸张/)).toHaveAccessibleDescription(/wide/));
    expect(field(/^浓度/)).toHaveAccessibleDescription(/0–30/);
    expect(screen.getByRole('alert')).toHaveTextContent('没有保存');
    expect(field(/^纸张/)).toHaveValue('wide');
    await fireEvent.input(field(/^浓度/), { target: { value: 'dark' } });
    await press('F9');
    await waitFor(() => expect(field(/^浓度/)).toHaveAccessibleDescription(/整数/));
    expect(asked(core, 'change_printers')).toHaveLength(1);
    await press('Escape');
    expect(core.printers.forms[0]?.paper).toBe('76x130');
  });

  it('asks before paper is fed to be measured', async () => {
    const core = await printers();
    await press('k');
    await screen.findByRole('dialog', { name: '量纸' });
    expect(asked(core, 'calibrate')).toEqual([]);
    await press('Enter');
    await waitFor(() => expect(asked(core, 'calibrate')).toEqual([{ printer: '热敏 1 号' }]));
  });
});

describe('asking a printer', () => {
  it('says in words how far it can be believed, and keeps it with its date', async () => {
    await printers();
    await press('a');
    const dialog = await screen.findByRole('dialog', { name: '热敏 1 号 的回答' });
    expect(dialog).toHaveTextContent('纸走了会告诉我们');
    expect(dialog).toHaveTextContent('ZD421-203dpi ZPL');
    await press('Enter');
    const one = screen.getByRole('option', { name: /热敏 1 号/ });
    await waitFor(() => expect(one).toHaveTextContent('纸走了会告诉我们（'));
  });

  it('offers another way where the settings believe one that says nothing', async () => {
    const core = await printers();
    core.printers.proof = 'silent';
    await press('a');
    await screen.findByRole('dialog', { name: /的回答/ });
    await press('Escape');
    await screen.findByText(/可它什么也不说/);
    await press('s');
    await waitFor(() => expect(core.printers.forms[0]?.confirm).toBe('scan'));
    await waitFor(() => expect(screen.queryByText(/可它什么也不说/)).not.toBeInTheDocument());
  });
});

describe('finding printers', () => {
  async function found() {
    const core = await printers();
    await press('f');
    await screen.findByRole('option', { name: /Zebra ZD421/ });
    return core;
  }

  it('lists what is there and where could not be looked', async () => {
    const core = await found();
    expect(screen.getByText('串口查不了：permission denied')).toBeInTheDocument();
    await press('w');
    await waitFor(() =>
      expect(asked(core, 'find_printers')).toEqual([{ network: false }, { network: true }]),
    );
  });

  it('adds one with what it said, and goes on to its test label', async () => {
    const core = await found();
    await press('F9');
    await screen.findByRole('heading', { name: '外框四边都完整吗？' });
    expect(asked(core, 'probe_printer')).toEqual([{ name: 'usb:0a5f:00d3' }]);
    expect(core.printers.forms[1]).toMatchObject({
      name: 'ZD421-203dpi ZPL',
      address: 'usb:0a5f:00d3',
      language: 'zpl',
      dotsPerMm: '8',
      confirm: 'status',
    });
  });

  it('asks at an address that is typed, and adds no printer twice', async () => {
    const core = await found();
    const field = screen.getByLabelText(/输入地址/);
    field.focus();
    await fireEvent.input(field, { target: { value: 'tcp://127.0.0.1:19100' } });
    await screen.findByText('已是 热敏 1 号');
    expect(screen.queryByRole('button', { name: /添加/ })).not.toBeInTheDocument();
    await press('Enter');
    await screen.findByTestId('proof');
    expect(asked(core, 'probe_printer')).toEqual([{ name: '热敏 1 号' }]);
    await fireEvent.input(field, { target: { value: 'printer' } });
    await press('Enter');
    await waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent('printer'));
  });
});

describe('a printer that stands still', () => {
  it('gives its waiting labels to another one, when a person says so', async () => {
    const core = await open({ busy: true });
    core.printers.forms = [
      ...core.printers.forms,
      { ...core.printers.forms[0], name: '备用', address: 'tcp://127.0.0.1:2' } as PrinterForm,
    ];
    core.printerState = 'paper_out';
    core.say('changed');
    await screen.findByRole('button', { name: /送去/ });
    await press('F3');
    const dialog = await screen.findByRole('dialog', { name: /送去/ });
    expect(dialog).toHaveTextContent('备用');
    expect(asked(core, 'divert_labels')).toEqual([]);
    await press('1');
    await waitFor(() =>
      expect(asked(core, 'divert_labels')).toEqual([{ from: '热敏 1 号', to: '备用' }]),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  });
});

describe('tuning', () => {
  async function begun() {
    const core = await printers();
    await press('F9');
    await screen.findByRole('heading', { name: '外框四边都完整吗？' });
    return core;
  }
  const question = (name: string) => screen.findByRole('heading', { name });

  it('goes from question to question, each answer in effect at once', async () => {
    const core = await begun();
    await press('p');
    await waitFor(() => expect(asked(core, 'test_label')).toEqual([{ printer: '热敏 1 号' }]));
    await press('n');
    await question('缺的是哪一边？');
    await press('ArrowLeft');
    await question('外框四边都完整吗？');
    expect(core.printers.forms[0]).toMatchObject({ offsetX: 4, offsetY: 0 });
    await press('y');
    await question('够黑吗？细线根根分明吗？');
    await press('ArrowUp');
    await waitFor(() => expect(core.printers.forms[0]?.darkness).toBe(18));
    await press('y');
    await question('条码扫得出来吗？');
    scan('PB0123456789012');
    await question('撕下来的位置对吗？');
    expect(asked(core, 'scan')).toEqual([]);
    await press('2');
    await waitFor(() => expect(core.printers.forms[0]?.media).toBe('mark'));
    await press('y');
    await question('调好了');
    await press('Enter');
    await screen.findByRole('option', { name: /热敏 1 号/ });
  });

  it('is taken back step by step, settings with it', async () => {
    const core = await begun();
    await press('y');
    await question('够黑吗？细线根根分明吗？');
    await press('ArrowDown');
    await waitFor(() => expect(core.printers.forms[0]?.darkness).toBe(12));
    await press('z', { ctrlKey: true });
    await waitFor(() => expect(core.printers.forms[0]?.darkness).toBe(null));
    await press('z', { ctrlKey: true });
    await question('外框四边都完整吗？');
    await press('Escape');
    await screen.findByRole('option', { name: /热敏 1 号/ });
  });

  it('leaves other codes to the station', async () => {
    const core = await begun();
    scan('0000000000000');
    await waitFor(() => expect(asked(core, 'scan')).toHaveLength(1));
  });
});
