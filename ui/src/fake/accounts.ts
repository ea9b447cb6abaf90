// The carrier accounts of the stand-in core: settings in memory, secrets as places only.

import type {
  AccountChange,
  AccountField,
  AccountForm,
  AccountKind,
  AccountSetup,
  AccountSetups,
  AccountTrial,
  CarrierStatus,
} from '$lib/ipc.types';
import { FakeApplications } from './applications';
import { FakePickups } from './pickups';
import { trouble } from './rules';

const BARE: AccountField = {
  key: '',
  kind: 'text',
  choices: [],
  least: 0,
  most: 0,
  needed: false,
  example: '',
  further: false,
  any: false,
};

function field(key: string, more: Partial<AccountField> = {}): AccountField {
  return { ...BARE, key, ...more };
}

const ANY: AccountField[] = [
  field('environment', {
    kind: 'choice',
    choices: ['production', 'sandbox'],
    example: 'production',
    any: true,
  }),
  field('label', { kind: 'choice', choices: ['own', 'carrier'], example: 'own', any: true }),
  field('calls_per_s', {
    kind: 'number',
    least: 1,
    most: 200,
    example: '20',
    further: true,
    any: true,
  }),
];

export const KINDS: AccountKind[] = [
  {
    kind: 'kdniao',
    fields: [
      field('business_id', { needed: true, example: '1778899' }),
      field('api_key', { kind: 'secret', needed: true }),
      field('shipper_code', { needed: true, example: 'YTO' }),
      field('customer_name', { example: 'K00000000' }),
      field('customer_pwd', { kind: 'secret' }),
      field('month_code', { kind: 'secret' }),
      field('send_site', { example: '001' }),
      field('pay_type', { kind: 'choice', choices: ['1', '2', '3', '4'], example: '1' }),
      field('privacy', { kind: 'flag', example: 'false', further: true }),
      ...ANY,
    ],
  },
  {
    kind: 'sf',
    fields: [
      field('partner_id', { needed: true, example: 'PBTEST01' }),
      field('checkword', { kind: 'secret', needed: true }),
      field('monthly_card', { kind: 'secret' }),
      ...ANY,
    ],
  },
];

interface Kept {
  form: AccountForm;
  secrets: string[];
  off: boolean;
}

export class FakeAccounts {
  kept: Kept[] = [
    {
      form: {
        name: '圆通-快递鸟',
        kind: 'kdniao',
        values: { business_id: '1778899', shipper_code: 'YTO', customer_name: 'K00000000' },
      },
      secrets: ['api_key', 'month_code'],
      off: false,
    },
  ];
  before: Kept[] | undefined;
  routed = '圆通-快递鸟';
  owed = 0;
  readonly recorded = new Set<string>();
  readonly applications = new FakeApplications();
  readonly pickups = new FakePickups();
  refusals: AccountSetup['refusals'] = [];
  /** What the next trial finds. */
  trial: Partial<AccountTrial> = {};

  setups(status: CarrierStatus[]): AccountSetups {
    return {
      accounts: this.kept.map((one, n) => this.#setup(one, status[n])),
      kinds: KINDS,
      hearsPushes: this.applications.hears,
      applications: this.applications.all,
      canUndo: this.before !== undefined,
    };
  }

  /** Answers a command about accounts; nothing if it is about something else. */
  answer(command: string, args: Record<string, unknown>, status: CarrierStatus[]): unknown {
    switch (command) {
      case 'balance':
        return 4310;
      case 'account_setups':
        return this.setups(status);
      case 'change_accounts':
        this.#change(args.change as AccountChange);
        return this.setups([]);
      case 'try_account':
        if (args.form) this.#check(args.form as AccountForm, this.kept.length + 1);
        return this.#trial();
      case 'record_account':
        if (args.minutes === 0) this.recorded.delete(args.account as string);
        else this.recorded.add(args.account as string);
        return this.setups(status);
      case 'other_accounts':
        return this.setups(status).accounts.slice(1).map(({ carrier, status, secrets }) => {
          const fault = { code: 'weight_missing' as const, field: 'weight', what: '' };
          return { carrier, status, lacks: [], faults: 'checkword' in secrets ? [fault] : [] };
        });
      case 'drop_application':
        this.applications.end(args.id as number, 'dropped');
        return this.setups(status);
      case 'apply_form':
      case 'apply':
        return this.applications.answer(command, args);
      default:
        return this.pickups.answer(command, args);
    }
  }

  #trial(): AccountTrial {
    const works = { verdict: 'works' as const, left: 4310, code: '', said: '', elapsedMs: 86 };
    return { ...works, nowMs: new Date('2026-11-21T10:04:00').getTime(), ...this.trial };
  }

  #change(change: AccountChange): void {
    const kept = this.#next(change);
    this.before = this.kept;
    this.kept = kept;
  }

  #next(change: AccountChange): Kept[] {
    switch (change.kind) {
      case 'undo':
        if (!this.before) throw trouble('nothing_before', 'none');
        return this.before;
      case 'add':
        this.#check(change.form, this.kept.length + 1);
        return [...this.kept, { ...split(change.form), off: false }];
      case 'set':
        return this.kept.map((one) =>
          one.form.name === change.form.name ? set(one, change) : one,
        );
      case 'remove':
        if (this.owed > 0) {
          const fields = { account: change.name, count: String(this.owed) };
          throw trouble('account_waited_for', 'wait', fields);
        }
        return this.kept.filter((one) => one.form.name !== change.name);
      case 'off':
        return this.kept.map((one) =>
          one.form.name === change.name ? { ...one, off: change.off } : one,
        );
      case 'take':
        this.applications.end(change.id, 'taken');
        return this.kept;
      case 'route':
        this.routed = change.name;
        return this.kept;
    }
  }

  #check(form: AccountForm, nth: number): void {
    const faults = form.name.trim() ? [] : [`12|carrier[${nth}].name|empty|`];
    const known = this.kept.find((one) => one.form.name === form.name);
    for (const { key, needed } of KINDS.find((one) => one.kind === form.kind)?.fields ?? []) {
      const there = form.values[key] || known?.secrets.includes(key);
      if (needed && !there) faults.push(`12|carrier[${nth}].${key}|missing|`);
    }
    const fields = { path: '~/packbench/station.toml', faults: faults.join('\n') };
    if (faults.length > 0) throw trouble('settings_refused', 'none', fields);
  }

  #setup({ form, secrets, off }: Kept, status: CarrierStatus | undefined): AccountSetup {
    const none = { lastMs: null, balance: null, low: false, empty: false, goesOnAtMs: null };
    const idle = { state: 'idle' as const, inFlight: 0, error: '', tracking: null, ...none };
    const code = form.values.shipper_code ?? 'SF';
    return {
      form,
      secrets: Object.fromEntries(secrets.map((key) => [key, 'keyring' as const])),
      status: status ?? { name: form.name, code, ...idle },
      carrier: form.kind === 'sf' ? '顺丰速运' : code === 'YTO' ? '圆通速递' : code,
      sandbox: form.values.environment === 'sandbox',
      off,
      applies: form.kind === 'kdniao',
      rules: form.name === this.routed ? [1] : [],
      lacks: [],
      abilities: ['create', 'void', 'label', ...(form.kind === 'sf' ? [] : ['balance' as const])],
      repeat: form.kind === 'sf' ? 'refuses' : 'same',
      callsPerS: Number(form.values.calls_per_s ?? 20),
      inFlightMax: 8,
      owed: form.name === this.routed ? this.owed : 0,
      recording: this.recorded.has(form.name)
        ? { untilMs: Date.now() + 600_000, path: '~/packbench/records/exchange-1.txt' }
        : null,
      refusals: form.name === this.routed ? this.refusals : [],
    };
  }
}

function secretsOf(form: AccountForm): string[] {
  const fields = KINDS.find((one) => one.kind === form.kind)?.fields ?? [];
  return fields.filter((one) => one.kind === 'secret').map((one) => one.key);
}

/** A form as it is kept: its secrets as names alone. */
function split(form: AccountForm): Pick<Kept, 'form' | 'secrets'> {
  const secret = secretsOf(form);
  const plain = Object.entries(form.values).filter(([key, text]) => !secret.includes(key) && text);
  const secrets = secret.filter((key) => form.values[key]);
  return { form: { ...form, values: Object.fromEntries(plain) }, secrets };
}

function set(was: Kept, { form }: { form: AccountForm }): Kept {
  const now = split(form);
  return { ...was, form: now.form, secrets: [...new Set([...was.secrets, ...now.secrets])] };
}
