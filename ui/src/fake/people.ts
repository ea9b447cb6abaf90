// Who works here, for the stand-in core: PINs and badges in the clear, because nobody is protected.

import type {
  ActLine,
  ActsQuery,
  OperatorChange,
  OperatorForm,
  OperatorView,
  PeopleView,
  Right,
} from '$lib/ipc.types';
import { trouble } from './rules';

type Args = Record<string, unknown>;

interface Known extends OperatorView {
  pin: string;
  badge: string;
}

const ALL: Right[] = ['void', 'force', 'reprint', 'settings', 'personal'];

export class FakePeople {
  operators: Known[] = [];
  current: string | null = null;
  lines: ActLine[] = [];

  /** Puts a boss and a packer here; the boss sits. */
  fill(): void {
    this.operators = [
      { id: 1, name: '张姐', rights: ALL, hasPin: true, hasBadge: false, pin: '4711', badge: '' },
      { id: 2, name: '小李', rights: [], hasPin: false, hasBadge: true, pin: '', badge: 'EMP-7' },
    ];
    this.current = '张姐';
    const atMs = new Date('2026-11-21T10:02:00').getTime();
    this.lines = [
      { atMs, operator: '小李', what: 'reprint', orderNo: 'WC-20931', note: '纸张褶皱' },
      { atMs: atMs - 60_000, operator: '张姐', what: 'void_asked', orderNo: 'WC-20930', note: '' },
      { atMs: atMs - 90_000, operator: '张姐', what: 'settings_changed', orderNo: null, note: '' },
      { atMs: atMs - 99_000, operator: '', what: 'wrong_pin', orderNo: null, note: '' },
    ];
  }

  /** The answer to a command about people; nothing if it is none. */
  answer(command: string, args: Args): unknown {
    switch (command) {
      case 'people':
        return this.view();
      case 'sit_down':
        return this.#sit(args.pin as string);
      case 'badge':
        return this.#badge(args.code as string);
      case 'stand_up':
        this.current = null;
        return this.view();
      case 'change_operators':
        return this.#change(args.change as OperatorChange);
      case 'acts':
        return this.#find(args.query as ActsQuery);
      default:
        return undefined;
    }
  }

  view(): PeopleView {
    const rights = this.operators.find((one) => one.name === this.current)?.rights ?? [];
    const operators = this.operators.map(({ pin: _, badge: __, ...view }) => view);
    return {
      operators,
      current: this.current,
      rights: operators.length === 0 ? ALL : rights,
      lockAfterMin: 0,
    };
  }

  #sit(pin: string): PeopleView {
    const found = this.operators.find((one) => one.pin !== '' && one.pin === pin);
    if (!found) throw trouble('who_unknown', 'none', { wait_s: '2' });
    this.current = found.name;
    return this.view();
  }

  #badge(code: string): string | null {
    const found = this.operators.find((one) => one.badge !== '' && one.badge === code);
    if (found) this.current = found.name;
    return found?.name ?? null;
  }

  #change(change: OperatorChange): PeopleView {
    if (change.kind === 'remove') {
      this.operators = this.operators.filter((one) => one.id !== change.id);
      return this.view();
    }
    const { form } = change;
    const others = this.operators.filter((one) => change.kind === 'add' || one.id !== change.id);
    const may = [form, ...others].some((one) => one.rights.includes('settings'));
    if (!may) this.#refuse(form, 'last_settings');
    if (others.some((one) => one.name === form.name)) this.#refuse(form, 'name_taken');
    const was = change.kind === 'set' ? this.operators.find((one) => one.id === change.id) : null;
    const pin = form.pin ?? was?.pin ?? '';
    const badge = form.badge ?? was?.badge ?? '';
    if (pin === '' && badge === '') this.#refuse(form, 'no_secret');
    const id = was?.id ?? this.operators.length + 1;
    const known = { id, name: form.name, rights: form.rights, pin, badge };
    const one: Known = { ...known, hasPin: pin !== '', hasBadge: badge !== '' };
    this.operators = [...others, one];
    return this.view();
  }

  #refuse(form: OperatorForm, why: string): never {
    throw trouble('operator_refused', 'none', { operator: form.name, why });
  }

  #find({ search, whats }: ActsQuery): ActLine[] {
    return this.lines.filter(
      ({ operator, orderNo, note, what }) =>
        [operator, orderNo ?? '', note].some((text) => text.includes(search)) ||
        whats.includes(what),
    );
  }
}
