// Invented orders for the stand-in core. No person, phone or number here exists.

import type { Detail, OrderEdit, State } from '$lib/ipc.types';

/** What the stand-in keeps of one shipment. */
export interface Kept {
  detail: Detail;
  edit: OrderEdit;
}

const NAMES = [
  '李思雨',
  '欧阳建国',
  '王磊',
  '陈晓远',
  '赵敏',
  '孙浩',
  '周雅琴',
  '吴迪',
  '郑一鸣',
  '林小满',
];
const GOODS = [
  '蓝牙耳机 Pro',
  '保温杯 480ml',
  '杯刷 长柄',
  '机械键盘',
  '羊毛袜 6 双',
  '手冲壶',
  '显示器支架',
];
const SHOPS = ['抖店', '淘宝', '拼多多', '独立站'];
const PLACES = [
  ['浙江省', '杭州市', '余杭区', '仓前街道文一西路 969 号'],
  ['四川省', '成都市', '武侯区', '天府大道中段 1388 号美年广场 A 座 902'],
  ['广东省', '深圳市', '南山区', '科技园南区 R2-B 三层'],
  ['新疆维吾尔自治区', '乌鲁木齐市', '天山区', '光明路 59 号'],
  ['上海市', '上海市', '浦东新区', '世纪大道 100 号 21 楼'],
  ['北京市', '北京市', '朝阳区', '望京街 10 号院 3 号楼'],
  ['湖南省', '长沙市', '岳麓区', '麓谷大道 662 号'],
] as const;
const ACCOUNTS = [
  ['圆通-快递鸟', 'YTO'],
  ['中通-快递鸟', 'ZTO'],
  ['顺丰-快递鸟', 'SF'],
] as const;

/** The carrier accounts, printers and shops the stand-in has. */
export const FACETS = {
  shops: SHOPS,
  accounts: ACCOUNTS.map(([name]) => name),
  provinces: PLACES.map(([province]) => province),
  senders: [] as string[],
  house: '拾光家居',
  messages: false,
};

function pick<T>(from: readonly T[], n: number): T {
  return from[n % from.length] as T;
}

/** The beginning of a name and of a phone, as lists show them. */
export function masked(edit: OrderEdit): { name: string; phone: string; place: string } {
  const name = edit.name ? edit.name.slice(0, 1) + '*'.repeat(edit.name.length - 1) : '';
  const phone = edit.phone.length > 7 ? `${edit.phone.slice(0, 3)}****${edit.phone.slice(-4)}` : '';
  const area = [...new Set([edit.province, edit.city]), edit.district].filter(Boolean).join(' ');
  return { name, phone, place: `${area} ${edit.detail.slice(0, 8)}…` };
}

/** The n-th invented order, in that state. */
export function invented(n: number, state: State, nowMs: number): Kept {
  const [province, city, district, detail] = pick(PLACES, n * 5 + (n >> 3));
  const [account, carrierCode] = pick(ACCOUNTS, n * 7 + (n >> 2));
  const edit: OrderEdit = {
    name: pick(NAMES, n * 3 + (n >> 4)),
    phone: `1${pick(['38', '51', '86', '33', '77'], n)}0000${String(1000 + ((n * 7919) % 9000))}`,
    province,
    city,
    district,
    detail,
    weightG: 280 + ((n * 137) % 3900),
    note: n % 6 === 2 ? '请用加厚纸箱' : '',
    pay: null,
    codFen: null,
    insuredFen: null,
    parcels: 1,
    volumeCm3: null,
    slip: false,
    country: '',
    postcode: '',
    email: '',
    customs: [],
  };
  const items = [{ title: pick(GOODS, n), quantity: 1 + (n % 4 === 1 ? 1 : 0) }];
  if (n % 3 === 1) items.push({ title: pick(GOODS, n + 2), quantity: 1 });
  const atMs = nowMs - (n % 4000) * 71_000;
  const row = {
    id: n + 1,
    orderNo: `WC-${20938 - n > 0 ? 20938 - n : 100000 + n}`,
    shop: pick(SHOPS, n + (n >> 2)),
    paidAtMs: atMs,
    ...masked(edit),
    province,
    goods: items.map((item) => `${item.title} ×${item.quantity}`).join(' · '),
    pieces: items.reduce((sum, item) => sum + item.quantity, 0),
    weightG: edit.weightG,
    parcels: edit.parcels,
    note: edit.note,
    ...{ memo: '', flag: null, orders: 1, nth: 1, shipments: 1, sender: '', back: false },
    state,
    account,
    carrierCode,
    waybillNo: null,
    copies: 0,
    stage: null,
    stageAtMs: null,
    trouble: null,
    faults: [],
  };
  const history = [
    { atMs: atMs + 60_400, event: 'checked', note: '' },
    { atMs: atMs + 60_000, event: 'imported', note: '' },
  ];
  const charged = { charge: null, charges: false, freightFen: null };
  const kept = { track: null, told: null, pickups: [], messages: [], ...charged };
  const where = { rule: 1, printer: '热敏 1 号', ...kept };
  const letters = { picturesWorded: 0, picturesDropped: 0, systemFonts: '' };
  const none = { further: [], orderKey: null, sortCode: '', numbers: [], jobs: [], can: [] };
  const sender = {
    ...{ profile: '', chosen: false, frozen: false },
    ...{ name: '拾光家居', phone: '0571-88001234', place: '浙江省杭州市余杭区仓前街道' },
  };
  const rest = { ...none, history, letters, ...where, sender, others: [] };
  return { detail: { row, edit, items, ...rest }, edit };
}

/** A number and a sort code as the practice carrier would give. */
export function numberFor(id: number, carrierCode: string): { no: string; sortCode: string } {
  const prefix = carrierCode === 'YTO' ? 'YT' : carrierCode === 'ZTO' ? '78' : 'SF';
  const no = `${prefix}88${String(12_000_000_000 + id * 33_391).slice(0, 11)}`;
  const zones = ['A07', 'B12', 'C03'];
  return { no, sortCode: `${300 + (id % 90)}-${pick(zones, id)}-${String(10 + (id % 80))}` };
}
