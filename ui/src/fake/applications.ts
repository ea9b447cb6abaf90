// Applications for customer numbers of the stand-in core: taken at once, told when a test says so.

import type { ApplicationState, ApplicationView, ApplyAsked, ApplyForm } from '$lib/ipc.types';

const NOW_MS = new Date('2026-11-21T10:04:00').getTime();

export class FakeApplications {
  hears = true;
  all: ApplicationView[] = [];
  /** What becomes of the next one. */
  next: ApplicationState = 'accepted';

  answer(command: string, args: Record<string, unknown>): unknown {
    if (command === 'apply') return this.#apply(args.form as ApplyForm);
    const sender = { name: '拾光家居', phone: '0571-88001234', province: '浙江省' };
    const place = { city: '杭州市', district: '余杭区', detail: '仓前街道文一西路 969 号' };
    const outlet = { stationCode: '', stationName: '', company: '', applyId: '' };
    return { account: args.account, ...outlet, ...sender, ...place, again: false };
  }

  /** One that came so far already. */
  show(state: ApplicationState): void {
    this.next = state;
    const form = this.answer('apply_form', { account: '圆通-快递鸟' }) as ApplyForm;
    this.#apply({ ...form, stationCode: '310001', stationName: '练习仓前部' });
    if (state === 'granted') this.grant(1, 'K00000001');
  }

  /** A push brought a number. */
  grant(id: number, customerName: string): void {
    const change = { secret: false, replaces: false, was: '' };
    this.#set(id, {
      state: 'granted',
      customerName,
      hasPwd: true,
      changes: [
        { ...change, key: 'customer_name', was: 'K00000000', now: customerName, replaces: true },
        { ...change, key: 'customer_pwd', now: 'keyring:typed-1', secret: true },
        { ...change, key: 'send_site', now: '练习仓前部' },
      ],
    });
  }

  end(id: number, state: ApplicationState): void {
    this.#set(id, { state, changes: [] });
  }

  #set(id: number, more: Partial<ApplicationView>): void {
    this.all = this.all.map((one) => (one.id === id ? { ...one, ...more } : one));
  }

  #apply(form: ApplyForm): ApplyAsked {
    if (form.stationCode === '') {
      const fault = { code: 'outlet_missing' as const, field: 'station_code', what: '' };
      return { faults: [fault], application: null };
    }
    const application: ApplicationView = {
      ...{ id: this.all.length + 1, account: form.account, state: this.next, stray: false },
      ...{ stationCode: form.stationCode, stationName: form.stationName, applyCode: '' },
      ...{ said: '', customerName: '', hasPwd: false, changes: [] },
      ...{ askedAtMs: NOW_MS, changedAtMs: NOW_MS },
    };
    this.all = [application, ...this.all];
    return { faults: [], application };
  }
}
