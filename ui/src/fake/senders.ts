// Those for whom the stand-in core sends.

import type { SenderChange, SenderProfileForm, SenderSetups } from '$lib/ipc.types';
import { trouble } from './rules';

export class FakeSenders {
  kept: SenderProfileForm[] = [];
  /** Orders that name each of them. */
  waiting = new Map<string, number>();

  get names(): string[] {
    return this.kept.map((form) => form.profile);
  }

  answer(command: string, args: Record<string, unknown>): unknown {
    if (command === 'sender_setups') return this.#setups();
    return command === 'change_senders' ? this.#change(args.change as SenderChange) : undefined;
  }

  #setups(): SenderSetups {
    return {
      profiles: this.kept.map((form) => ({
        form,
        waiting: this.waiting.get(form.profile) ?? 0,
      })),
      house: '拾光家居',
      shops: ['抖店', '淘宝'],
      accounts: ['圆通-快递鸟', '顺丰-快递鸟'],
      canUndo: false,
    };
  }

  #change(change: SenderChange): SenderSetups {
    switch (change.kind) {
      case 'add':
        this.#check(change.form);
        this.kept = [...this.kept, change.form];
        break;
      case 'set':
        this.#check(change.form);
        this.kept = this.kept.map((one) => (one.profile === change.profile ? change.form : one));
        break;
      case 'remove': {
        const count = this.waiting.get(change.profile) ?? 0;
        const fields = { sender: change.profile, count: String(count) };
        if (count > 0) throw trouble('sender_waited_for', 'none', fields);
        this.kept = this.kept.filter((one) => one.profile !== change.profile);
        break;
      }
      case 'first': {
        const first = this.kept.filter((one) => one.profile === change.profile);
        this.kept = [...first, ...this.kept.filter((one) => one.profile !== change.profile)];
        break;
      }
      case 'undo':
        throw trouble('nothing_before', 'none');
    }
    return this.#setups();
  }

  #check(form: SenderProfileForm): void {
    if (form.phone !== '') return;
    const faults = '12|sender_profile[1].phone|empty|';
    throw trouble('settings_refused', 'none', { path: '', faults });
  }
}

/** Two invented ones, to be looked at. */
export function invented(): SenderProfileForm[] {
  const none = { name: '', phone: '', street: '', city: '', state: '', postcode: '' };
  const at = { province: '浙江省', city: '宁波市', district: '海曙区', detail: '样例路 7 号' };
  const bare = { ...at, postcode: '', abroad: none };
  return [
    {
      ...{ ...bare, profile: '小鹿代发', name: '小鹿生活', phone: '0571-88005678' },
      ...{ shops: ['淘宝', '拼多多'], carriers: [] },
    },
    {
      ...{ ...bare, profile: '大熊', name: '大熊玩具', phone: '020-88009999' },
      ...{ shops: [], carriers: [] },
    },
  ];
}
