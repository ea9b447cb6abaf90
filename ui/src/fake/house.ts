// The house for the stand-in core: settings one by one, what this computer remembers.

import { USUAL } from '$lib/prefs.svelte';
import type {
  BackupView,
  BackupsView,
  DeskPrefs,
  Setting,
  SettingKind,
  SettingsChange,
  SettingsLook,
  UpdateView,
} from '$lib/ipc.types';
import { FakePeople } from './people';
import { FakeSenders } from './senders';
import { FakeTariffs } from './tariffs';
import { trouble } from './rules';

type Args = Record<string, unknown>;

function setting(
  group: string,
  key: string,
  kind: SettingKind,
  value: string | null,
  more: Partial<Setting> = {},
): Setting {
  const plain = { usual: '', least: 0, most: 0, choices: [], needed: false };
  return { group, key, kind, value, ...plain, ...more };
}

export class FakeHouse {
  prefs: DeskPrefs = { ...USUAL };
  settings: Setting[] = [
    setting('bench', 'bench', 'text', '1 号台'),
    setting('sender', 'sender.name', 'text', '拾光家居', { needed: true }),
    setting('sender', 'sender.phone', 'text', '0571-88001234', { needed: true }),
    setting('sender', 'sender.province', 'text', '浙江省', { needed: true }),
    setting('sender', 'sender.city', 'text', '杭州市', { needed: true }),
    setting('sender', 'sender.district', 'text', '余杭区'),
    setting('sender', 'sender.detail', 'text', '仓前街道文一西路 969 号', { needed: true }),
    setting('sender', 'sender.postcode', 'text', null),
    ...['name', 'phone', 'street', 'city', 'state', 'postcode', 'email'].map((key) =>
      setting('sender', `sender.abroad.${key}`, 'text', null),
    ),
    setting('privacy', 'privacy.mask_names', 'flag', null, { usual: 'true' }),
    setting('privacy', 'privacy.blank_after_days', 'number', null, { least: 7, most: 3650 }),
    setting('privacy', 'keep_templates_days', 'number', null, {
      ...{ usual: '90', least: 1, most: 3650 },
    }),
    setting('people', 'people.lock_after_min', 'number', null, { usual: '0', most: 480 }),
    setting('people', 'people.reprints_max', 'number', null, { least: 1, most: 99 }),
    setting('backup', 'backup.keep', 'number', null, { usual: '7', most: 365 }),
    setting('backup', 'backup.folder', 'text', null),
    setting('network', 'receive.port', 'number', null, { least: 1, most: 65535 }),
    setting('network', 'receive.bind', 'choice', null, {
      usual: '127.0.0.1',
      choices: ['127.0.0.1', '0.0.0.0'],
    }),
    setting('network', 'receive.path', 'text', null, { usual: '/push' }),
    setting('network', 'update.url', 'text', null),
  ];
  readonly people = new FakePeople();
  readonly senders = new FakeSenders();
  readonly tariffs = new FakeTariffs();
  copies: BackupView[] = [20, 19, 18].map((day) => ({
    path: `~/packbench/backups/packbench-202611${day}-031500.sqlite`,
    atMs: new Date(`2026-11-${day}T03:15:00`).getTime(),
    bytes: 18_200_000 - (20 - day) * 300_000,
  }));
  backupFailed: string | null = null;
  newer: UpdateView | null = null;
  /** What another file would change. */
  look: Omit<SettingsLook, 'text'> = {
    changes: [
      { key: 'backup.keep', from: null, to: '14' },
      { key: 'printer[热敏 1 号].speed', from: '4', to: '6' },
    ],
    faults: '',
    secrets: [],
  };

  /** The answer to a command of the house; nothing if it is none. */
  answer(command: string, args: Args): unknown {
    switch (command) {
      case 'balance':
        return 4310;
      case 'desk_prefs':
        return this.prefs;
      case 'keep_prefs':
        this.prefs = args.prefs as DeskPrefs;
        return this.prefs;
      case 'settings':
        return this.#view();
      case 'change_settings':
        return this.#change(args.change as SettingsChange);
      case 'settings_look':
        return { text: args.text, ...this.look };
      case 'export_settings':
        return { path: '~/packbench/exports/packbench-settings-1.toml' };
      case 'backups':
      case 'back_up':
        return this.#backups(command === 'back_up');
      case 'diagnose':
        return { path: '~/packbench/exports/packbench-diagnose-1.zip' };
      case 'newer':
        return this.newer;
      case 'notify':
      case 'show_tray':
      case 'say':
        return null;
      default:
        return (
          this.senders.answer(command, args) ??
          this.tariffs.answer(command, args) ??
          this.people.answer(command, args)
        );
    }
  }

  #backups(made: boolean): BackupsView {
    const atMs = new Date('2026-11-21T03:15:00').getTime();
    if (made) {
      const path = '~/packbench/backups/packbench-20261121-100400.sqlite';
      this.copies = [{ path, atMs: atMs + 7 * 3_600_000, bytes: 18_300_000 }, ...this.copies];
      this.backupFailed = null;
    }
    const folder = '~/packbench/backups';
    return { backups: this.copies, folder, keep: 7, failed: this.backupFailed };
  }

  #view() {
    return { settings: this.settings, path: '~/packbench/station.toml' };
  }

  #change(change: SettingsChange) {
    if (change.kind === 'import') return this.#view();
    for (const [key, value] of Object.entries(change.values)) {
      const one = this.settings.find((known) => known.key === key);
      const wrong = one && this.#fault(one, value ?? null);
      if (wrong) throw trouble('settings_refused', 'none', { path: '', faults: wrong });
    }
    this.settings = this.settings.map((one) => {
      const value = change.values[one.key];
      return value === undefined ? one : { ...one, value };
    });
    return this.#view();
  }

  #fault(one: Setting, value: string | null): string {
    if (one.needed && !value) return `3|${one.key}|empty|`;
    if (one.kind !== 'number' || value === null) return '';
    if (!/^\d+$/.test(value)) return `0|${one.key}|wrong_type|1, 2, 3, …`;
    const fits = Number(value) >= one.least && Number(value) <= one.most;
    return fits ? '' : `0|${one.key}|out_of_range|${one.least}–${one.most}`;
  }
}
