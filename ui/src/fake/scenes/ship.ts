// Scenes of the desk: lists, what is ticked, what needs a person.

import type { FakeCore } from '../core';
import { trouble } from '../rules';
import { invented } from '../senders';
import { choose, click, element, press, scan, type } from './hands';
import type { Scene } from './stage';

const CSV = [
  '订单号,店铺,付款时间,收件人,手机,省,市,区,详细地址,商品,数量,旺旺',
  'T1001,淘宝,2026-11-21 09:58,王磊,18600001145,广东省,深圳市,南山区,科技园南区 R2-B,机械键盘,1,tb1',
  'T1002,淘宝,2026-11-21 09:57,陈晓远,13300006652,上海市,上海市,浦东新区,世纪大道 100 号,羊毛袜,2,tb2',
  'T1003,抖店,2026-11-21 09:51,赵敏,17700004410,北京市,北京市,朝阳区,望京街 10 号院,手冲壶,1,tb3',
].join('\n');

function batch(core: FakeCore): void {
  const now = { numbered: 70, done: 64, attention: 0, stopped: 0, paused: false };
  core.batch = { id: 118, total: 100, ...now, perMinute: 32, leftMs: 68_000 };
}

function saved(core: FakeCore): void {
  const query = { tab: 'pending', search: '', sort: 'paid', descending: false } as const;
  const none = { pieces: null, remark: null, weightFromG: null, weightToG: null } as const;
  const rest = { paid: null, mergeable: false, stage: null, accounts: [], flags: [] };
  const filter = { shops: ['淘宝'], provinces: [], ...none, ...rest };
  core.desk.saved = [
    { slot: 1, name: '淘宝', query: { ...query, filter, offset: 0, limit: 200 } },
    { slot: 2, name: '要看备注', query: { ...query, filter, offset: 0, limit: 200 } },
  ];
}

/** An order that goes together with two more. */
function alike(core: FakeCore): void {
  const name = core.detail(1).row.name;
  const differs = [{ kind: 'notes' as const, text: '请用加厚纸箱' }];
  const orders = ['WC-20938', 'WC-20936', 'WC-20934'];
  core.desk.groups = [{ ids: [1, 3, 5], orders, name, differs }];
}

async function first(): Promise<void> {
  await element('.line');
}

/** Three orders are ticked, the cursor on the last of them. */
async function ticked(): Promise<void> {
  await first();
  await press('Space', 'ArrowDown', 'Space', 'ArrowDown', 'ArrowDown', 'Space');
}

async function listed(tab: string): Promise<void> {
  await first();
  await press(tab);
}

async function filtered(): Promise<void> {
  await ticked();
  await press('n');
  await click('#shops');
  await click('#shops ~ * input');
}

export const SHIP: Scene[] = [
  { name: 'ship', prepare: batch, play: ticked },
  { name: 'ship-empty', ready: 0 },
  { name: 'ship-filtered', prepare: saved, play: filtered },
  { name: 'ship-printed', play: () => listed('4') },
  { name: 'ship-attention', play: () => listed('5') },
  {
    name: 'ship-found',
    play: async () => {
      await first();
      await press('F2');
      await type('保温杯');
    },
  },
  {
    name: 'ship-away',
    prepare: (core) => {
      core.carrierState = 'away';
      core.printerState = 'paper_out';
    },
    play: first,
  },
  {
    name: 'ship-troubles',
    play: async (core) => {
      await first();
      const why = 'No space left on device';
      core.failing.set('ship', trouble('storage', 'retry', { path: '~/packbench', why }));
      await press('F9');
    },
  },
  {
    name: 'ship-scanned',
    play: async () => {
      await first();
      await scan('WC-20930');
    },
  },
  { name: 'import', play: () => press('Ctrl+3') },
  {
    name: 'import-preview',
    play: async () => {
      await press('Ctrl+3');
      await choose('订单 11-21.csv', CSV);
    },
  },
  {
    name: 'import-report',
    play: async () => {
      await press('Ctrl+3');
      await choose('订单 11-21.csv', CSV);
      await element('table');
      await press('F9');
    },
  },
];

async function asked(...keys: string[]): Promise<void> {
  await first();
  await press(...keys);
  await element('[role=dialog]');
}

/** The first order has goods of two kinds. */
function several(core: FakeCore): void {
  const detail = core.detail(2);
  const items = [
    { title: '保温杯 480ml', quantity: 2 },
    { title: '杯刷 长柄', quantity: 1 },
  ];
  const kept = core.kept.get(2);
  if (kept) kept.detail = { ...detail, items, row: { ...detail.row, pieces: 3 } };
}

export const ASKED: Scene[] = [
  { name: 'ask-keys', play: () => asked('?') },
  { name: 'ask-guide', play: () => asked('F1', '3') },
  { name: 'ask-chain', play: () => asked('F6') },
  {
    name: 'ask-order',
    play: async () => {
      await asked('Ctrl+N');
      const text = '林小满 13800001234 浙江省 杭州市 余杭区 仓前街道文一西路 969 号';
      await type(text, '[role=dialog] textarea');
    },
  },
  { name: 'ask-ways', play: () => asked('F10') },
  { name: 'ask-split', prepare: several, play: () => asked('ArrowDown', 'd') },
  { name: 'ask-merge', prepare: alike, play: () => asked('m') },
  { name: 'ask-hold', play: () => asked('h') },
  { name: 'ask-flag', play: () => asked('g') },
  { name: 'ask-fix', play: () => asked('5', 'Enter') },
  { name: 'ask-void', play: () => asked('4', 'x') },
  {
    name: 'ask-reprint',
    play: async (core) => {
      await first();
      await scan(core.detail(90).row.waybillNo ?? '');
      await element('[role=dialog]');
    },
  },
  {
    name: 'ask-return',
    play: async (core) => {
      core.brings = true;
      await first();
      await press('4', 'ArrowDown');
      await element('footer [aria-keyshortcuts=B]');
      await press('b');
      await element('[role=dialog] input');
      await press('F8');
    },
  },
  {
    name: 'ask-send-as',
    prepare: (core) => {
      core.house.senders.kept = invented();
    },
    play: async () => {
      await first();
      await element('[aria-keyshortcuts="Ctrl+J"]');
      await press('Ctrl+J');
      await element('[role=dialog]');
    },
  },
  { name: 'ask-pickup', play: () => asked('Shift+F9') },
];
