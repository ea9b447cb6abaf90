// What accounts of the stand-in core say when a person asks: prices, addresses, where a parcel is.

import type {
  AccountWay,
  ChargeView,
  Detail,
  EtaView,
  Offer,
  Offers,
  Route,
  SplitView,
  Status,
} from '$lib/ipc.types';
import type { FakeTariffs } from './tariffs';
import { messaged } from './sms';

/** What the answers are made from. */
export interface Asked {
  readonly kept: Map<number, { detail: Detail }>;
  detail(id: number): Detail;
  status(): Status;
  readonly house: { readonly tariffs: FakeTariffs };
}

type Said = Partial<Offer> & { name: string; code: string; carrier: string };

const CNY = 'CNY';
const SAID: readonly Said[] = [
  {
    ...{ name: '圆通-快递鸟', code: 'YTO', carrier: '圆通速递', usual: true, days: 2 },
    price: { totalMinor: 480, currency: CNY, product: '' },
    reaches: true,
  },
  {
    ...{ name: '京东', code: 'JD', carrier: '京东快递', reaches: true },
    price: { totalMinor: 950, currency: CNY, product: 'ed-m-0001' },
  },
  {
    ...{ name: '顺丰', code: 'SF', carrier: '顺丰速运', days: 1, when: '2026-11-22 18:00:00' },
    price: { totalMinor: 1800, currency: CNY, product: '顺丰标快' },
  },
  { name: '中通', code: 'ZTO', carrier: '中通快递' },
  {
    ...{ name: '韵达', code: 'YD', carrier: '韵达速递', reaches: false },
    said: '收件地址超出派送范围',
  },
];

function offer(said: Said, status: Status): Offer {
  const first = status.carriers[0];
  if (!first) throw new Error('an account');
  const { name, code, carrier, ...more } = said;
  const way: AccountWay = {
    carrier,
    status: { ...first, name, code, balance: name === first.name ? first.balance : null },
    lacks: [],
    faults: [],
  };
  const silent = {
    ...{ usual: false, price: null, tariffFen: null, days: null },
    ...{ when: '', reaches: null, said: '' },
  };
  return { way, ...silent, failed: null, ...more };
}

function offers(core: Asked, id: number): Offers {
  const { row } = core.detail(id);
  const status = core.status();
  const other = { account: '圆通-快递鸟', product: '', currency: CNY, days: null };
  return {
    weightG: row.weightG ?? 1000,
    offers: SAID.map((said) => {
      const tariffFen = core.house.tariffs.price({ ...row, account: said.name });
      return { ...offer(said, status), tariffFen };
    }),
    others: [
      { ...other, carrier: 'JTSD', totalMinor: 450 },
      { ...other, carrier: 'YD', totalMinor: 460 },
    ],
  };
}

const SPLIT: SplitView = {
  name: '李四',
  phone: '17000000001-1234',
  province: '北京市',
  city: '北京市',
  district: '朝阳区',
  detail: '样例街 2 号',
};

const point = (place: string, lat: number, lng: number) => ({
  place,
  latUdeg: Math.round(lat * 1e6),
  lngUdeg: Math.round(lng * 1e6),
});

const ROUTE: Route = {
  from: point('', 30.27, 120.15),
  to: point('', 39.9, 116.4),
  passed: [point('杭州市', 30.27, 120.15), point('南京市', 32.06, 118.8)],
  ahead: [point('济南市', 36.65, 117.12), point('北京市', 39.9, 116.4)],
  url: '',
  toldAtMs: null,
};

/** What the carrier charged: nothing the first time, then its bill. */
function charged(core: Asked, id: number): ChargeView | null {
  const kept = core.kept.get(id);
  if (!kept || kept.detail.row.stage === 'collected') return null;
  const lines = [
    { name: '运费', fen: 1_800 },
    { name: '保价', fen: 200 },
    { name: '优惠', fen: -150 },
  ];
  const rest = { weightG: 1_500, estimated: false, askedAtMs: Date.now() };
  kept.detail = { ...kept.detail, charge: { totalFen: 1_850, lines, ...rest } };
  return kept.detail.charge;
}

/** The same words for every parcel. */
function expected(core: Asked, id: number): EtaView | null {
  const kept = core.kept.get(id);
  if (!kept?.detail.track) return null;
  const eta = { when: '01月03日下午可达', hours: 20, atMs: Date.now(), told: false };
  kept.detail = { ...kept.detail, track: { ...kept.detail.track, eta } };
  return eta;
}

/** The answer to a command that is one of these. */
export function said(core: Asked, command: string, args: Record<string, unknown>): unknown {
  switch (command) {
    case 'offers':
      return offers(core, args.id as number);
    case 'splitters':
      return ['圆通-快递鸟'];
    case 'split_address':
      return SPLIT;
    case 'route_map':
      return ROUTE;
    case 'ask_eta':
      return expected(core, args.id as number);
    case 'ask_charge':
      return charged(core, args.id as number);
    case 'track_now':
      return core.detail(args.id as number);
    default:
      return messaged(core, command, args);
  }
}
