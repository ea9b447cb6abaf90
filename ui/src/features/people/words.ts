// What people do, by the core's words: of an order (its history) and of the house.

export const HOUSE_ACTS = [
  'accounts_changed',
  'locked',
  'operator_added',
  'operator_changed',
  'operator_removed',
  'printers_changed',
  'seated',
  'senders_changed',
  'settings_changed',
  'tariffs_changed',
  'wrong_pin',
] as const;

export const ORDER_ACTS = [
  'account_changed',
  'confirmed',
  'diverted',
  'edited',
  'held',
  'imported',
  'label_lost',
  'looked_up',
  'released',
  'reprint',
  'requested',
  'stopped',
  'void_asked',
  'waybill_entered',
] as const;
