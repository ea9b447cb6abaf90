// The only door to the core: one typed line per command. Nothing else imports Tauri.

import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type {
  AccountChange,
  AccountForm,
  AccountSetups,
  AccountTrial,
  AccountWay,
  Act,
  ActDone,
  ActLine,
  ActsQuery,
  ApplyAsked,
  ApplyForm,
  BackupsView,
  BatchView,
  Begun,
  BenchView,
  Boot,
  ChargeView,
  CodeView,
  Column,
  DeskPrefs,
  Detail,
  Diverted,
  EtaView,
  ExchangeAsk,
  Facets,
  FormDoc,
  FormList,
  FormLook,
  FormOpened,
  FormSave,
  FoundPrinters,
  ImportPreview,
  ImportProgress,
  ImportReport,
  JobView,
  KnownBefore,
  ListPage,
  ListQuery,
  ManifestList,
  ManifestView,
  MergeGroup,
  NumbersView,
  Offers,
  OperatorChange,
  OrderDraft,
  OrderEdit,
  PastedView,
  PeopleView,
  PickupAct,
  PickupAsked,
  PickupOffer,
  PickupRequest,
  PickupView,
  PrintedSheet,
  PrinterChange,
  PrinterSetups,
  ProbeView,
  ReturnAsk,
  ReturnLook,
  Route,
  Row,
  SavedFilter,
  ScaleView,
  ScanMode,
  ScanView,
  SenderChange,
  SenderForm,
  SenderSetups,
  SettingsChange,
  SettingsLook,
  SmsAsked,
  SettingsView,
  ShipRequest,
  SplitAsk,
  SplitView,
  Status,
  TariffChange,
  TariffPaste,
  TariffSetup,
  TellingView,
  Totals,
  TrayDeed,
  TrayFace,
  UndoOffer,
  UpdateView,
  VerifyView,
  WrittenFile,
} from './ipc.types';
import { asTrouble } from './trouble';

/** What carries a command to the core: Tauri, or the stand-in of `src/fake`. */
export interface Transport {
  call(command: string, args?: Record<string, unknown>): Promise<unknown>;
  upload(command: string, body: Uint8Array, headers: Record<string, string>): Promise<unknown>;
  listen(event: string, heard: (payload: unknown) => void): Promise<() => void>;
}

const tauri: Transport = {
  call: (command, args) => invoke(command, args),
  upload: (command, body, headers) => invoke(command, body, { headers }),
  listen: (event, heard) => listen(event, (message) => heard(message.payload)),
};

let transport: Transport = tauri;

/** Puts another core behind the commands: for tests and for `npm run dev` without Rust. */
export function useTransport(other: Transport): void {
  transport = other;
}

/** Calls the core; what goes wrong is always thrown as a `Trouble`. */
async function call<T>(command: string, args?: Record<string, unknown>): Promise<T> {
  try {
    return (await transport.call(command, args)) as T;
  } catch (wrong) {
    throw asTrouble(wrong);
  }
}

async function upload<T>(command: string, file: File): Promise<T> {
  try {
    const body = new Uint8Array(await file.arrayBuffer());
    const headers = { 'x-file-name': encodeURIComponent(file.name) };
    return (await transport.upload(command, body, headers)) as T;
  } catch (wrong) {
    throw asTrouble(wrong);
  }
}

export const boot = () => call<Boot>('boot');
export const startPractice = () => call<Boot>('start_practice');
export const beginReal = (sender: SenderForm) => call<Begun>('begin_real', { sender });
export const leavePractice = () => call<Boot>('leave_practice');

export const status = () => call<Status>('status');
export const listShipments = (query: ListQuery) => call<ListPage>('list_shipments', { query });
export const listIds = (query: ListQuery) => call<number[]>('list_ids', { query });
export const facets = () => call<Facets>('facets');
export const shipment = (id: number) => call<Detail>('shipment', { id });
export const labelPng = (id: number) => call<ArrayBuffer>('label_png', { id });

/** How many waiting orders could go together with another one. */
export const mergeable = () => call<number>('mergeable');
/** What a selection adds up to if what has no number yet goes by that account. */
export const totals = (ids: number[], account: string | null) =>
  call<Totals>('totals', { ids, account });
export const savedFilters = () => call<SavedFilter[]>('saved_filters');
export const saveFilter = (filter: SavedFilter) => call<SavedFilter[]>('save_filter', { filter });
export const dropFilter = (slot: number) => call<SavedFilter[]>('drop_filter', { slot });

export const act = (act: Act) => call<ActDone>('act', { act });
export const mergeLook = (ids: number[]) => call<MergeGroup[]>('merge_look', { ids });
export const splitShipment = (ask: SplitAsk) => call<ActDone>('split_shipment', { ask });
export const reship = (id: number, reason: string) => call<ActDone>('reship', { id, reason });
/** How a shipment could come back; no carrier is asked. */
export const returnLook = (id: number) => call<ReturnLook>('return_look', { id });
/** Begins a return; what it needs a number for waits like any order. */
export const bringBack = (ask: ReturnAsk) => call<ActDone>('bring_back', { ask });
/** Begins a return and what is sent for it. */
export const exchange = (ask: ExchangeAsk) => call<ActDone>('exchange', { ask });
export const undoOffer = () => call<UndoOffer | null>('undo_offer');
export const undo = () => call<ActDone>('undo');
export const printPicking = (ids: number[]) => call<PrintedSheet>('print_picking', { ids });

export const ship = (req: ShipRequest) => call<BatchView>('ship', { req });
export const pauseBatch = (id: number) => call<void>('pause_batch', { id });
export const resumeBatch = (id: number) => call<void>('resume_batch', { id });
export const stopBatch = (id: number) => call<void>('stop_batch', { id });

export const scan = (text: string) => call<ScanView>('scan', { text });
/** What the scan screen goes on with: its mode, and what is being counted. */
export const bench = () => call<BenchView>('bench');
export const setMode = (mode: ScanMode) => call<void>('set_mode', { mode });
/** A scan on the scan screen; `times` is how many pieces it stands for. */
export const scanIn = (mode: ScanMode, text: string, times: number) =>
  call<ScanView>('scan_in', { mode, text, times });
export const countByHand = (id: number, line: number, pieces: number) =>
  call<VerifyView>('count_by_hand', { id, line, pieces });
export const passCount = (id: number, why: string) => call<VerifyView>('pass_count', { id, why });
export const putAside = () => call<void>('put_aside');
/** What the scale shows; null without one. */
export const scaleView = () => call<ScaleView | null>('scale_view');
export const layOnScale = (weightG: number) =>
  call<ScaleView | null>('lay_on_scale', { weightG });
export const keepWeight = (code: string, why: string) =>
  call<ScanView>('keep_weight', { code, why });
export const manifest = () => call<ManifestView>('manifest');
/** Chooses whose parcels are handed over; an empty name leaves it to the next scan. */
export const handOverTo = (account: string) => call<ManifestView>('hand_over_to', { account });
export const takeOff = (no: string) => call<ManifestView>('take_off', { no });
export const closeManifest = () => call<ManifestView>('close_manifest');
export const manifests = (search: string) => call<ManifestList>('manifests', { search });
export const printManifest = (id: number) => call<PrintedSheet>('print_manifest', { id });
/** What a scanner sent, as it is read. */
export const readCode = (sent: string) => call<CodeView>('read_code', { sent });
/** What the scanner on a line of its own read since this was asked last. */
export const takeScans = () => call<string[]>('take_scans');
export const goodsPicture = (id: number, line: number) =>
  call<ArrayBuffer>('goods_picture', { id, line });
export const reprint = (code: string, reason: string, all: boolean) =>
  call<JobView>('reprint', { code, reason, all });
export const confirmLabel = (code: string, cameOut: boolean) =>
  call<Row>('confirm_label', { code, cameOut });
export const voidWaybill = (code: string) => call<Row>('void_waybill', { code });
export const readPasted = (text: string) => call<PastedView>('read_pasted', { text });
export const knownBefore = (search: string) => call<KnownBefore>('known_before', { search });
export const addOrder = (draft: OrderDraft) => call<Detail>('add_order', { draft });
export const fixOrder = (id: number, edit: OrderEdit) => call<Detail>('fix_order', { id, edit });
export const lookAgain = (id: number) => call<void>('look_again', { id });
export const settleVoid = (id: number, takenBack: boolean) =>
  call<Row>('settle_void', { id, takenBack });
export const acknowledge = (id: number) => call<Row>('acknowledge', { id });
export const enterWaybill = (id: number, no: string) => call<Row>('enter_waybill', { id, no });

/** Printers that are there; the network is listened to only on request, for seconds. */
export const findPrinters = (network: boolean) =>
  call<FoundPrinters>('find_printers', { network });
/** Asks a printer of the settings, or at an address, what it is. Prints nothing. */
export const probePrinter = (name: string) => call<ProbeView>('probe_printer', { name });
export const printerSetups = () => call<PrinterSetups>('printer_setups');
export const changePrinters = (change: PrinterChange) =>
  call<PrinterSetups>('change_printers', { change });
export const testPng = (printer: string) => call<ArrayBuffer>('test_png', { printer });
export const testLabel = (printer: string) => call<void>('test_label', { printer });
/** Sends the labels that wait for a printer to another one. */
export const divertLabels = (from: string, to: string) =>
  call<Diverted>('divert_labels', { from, to });
export const calibrate = (printer: string) => call<void>('calibrate', { printer });

export const accountSetups = () => call<AccountSetups>('account_setups');
export const changeAccounts = (change: AccountChange) =>
  call<AccountSetups>('change_accounts', { change });
/** Makes the cheapest call of an account of the settings, or of one that is only typed yet. */
export const tryAccount = (name: string, form: AccountForm | null) =>
  call<AccountTrial>('try_account', { name, form });
/** Keeps what is said with an account, masked, for so many minutes; 0 ends it. */
export const recordAccount = (account: string, minutes: number) =>
  call<AccountSetups>('record_account', { account, minutes });
/** A form to apply for a customer number with; the sender of the settings is the applicant. */
export const applyForm = (account: string) => call<ApplyForm>('apply_form', { account });
/** Applies for a customer number at an outlet, once. */
export const apply = (form: ApplyForm) => call<ApplyAsked>('apply', { form });
/** Puts an application aside. */
export const dropApplication = (id: number) => call<AccountSetups>('drop_application', { id });
/** Which other accounts could carry an order. */
export const otherAccounts = (id: number) => call<AccountWay[]>('other_accounts', { id });

/** Accounts that send couriers, and when those may come. */
export const pickupOffers = () => call<PickupOffer[]>('pickup_offers');
export const bookPickups = (req: PickupRequest) => call<PickupAsked>('book_pickups', { req });
/** Calls a courier off, asks again, or says what a person found out. */
export const actOnPickup = (id: number, act: PickupAct) =>
  call<PickupView>('act_on_pickup', { id, act });
/** What a wish for messages to receivers would come to. */
export const smsLook = (ids: number[], again: boolean) =>
  call<SmsAsked>('sms_look', { ids, again });
/** Has messages sent to receivers; each is paid for. */
export const sendSms = (ids: number[], again: boolean) =>
  call<SmsAsked>('send_sms', { ids, again });
/** Leaves it so that nobody knows whether a message was sent. */
export const settleSms = (id: number) => call<null>('settle_sms', { id });
/** By which accounts an order could go, with what each says of the way. Some charge for it. */
export const offers = (id: number) => call<Offers>('offers', { id });
/** Accounts that take addresses apart. */
export const splitters = () => call<string[]>('splitters');
/** Sends a text with a name and an address to an account that takes it apart. */
export const splitAddress = (account: string, text: string) =>
  call<SplitView>('split_address', { account, text });
/** Where on the map a parcel was; the account pays for the answer. */
export const routeMap = (id: number) => call<Route>('route_map', { id });
/** Asks the carrier what it charged for a parcel; nothing yet is null. */
export const askEta = (id: number) => call<EtaView>('ask_eta', { id });
export const askCharge = (id: number) => call<ChargeView | null>('ask_charge', { id });
/** Asks the carrier now where a parcel is. */
export const trackNow = (id: number) => call<Detail>('track_now', { id });

export const formList = () => call<FormList>('form_list');
/** A form to edit; without a name what a new one for that paper begins with. */
export const formDoc = (name: string | null, paper: string) =>
  call<FormDoc>('form_doc', { name, paper });
export const formLook = (doc: FormDoc, dotsPerM: number) =>
  call<FormLook>('form_look', { doc, dotsPerM });
export const formPng = (doc: FormDoc, dotsPerM: number) =>
  call<ArrayBuffer>('form_png', { doc, dotsPerM });
export const formSave = (save: FormSave) => call<FormList>('form_save', { save });
export const formRemove = (name: string) => call<FormList>('form_remove', { name });
/** The file of a form, or a picture for one. */
export const formOpen = (file: File) => upload<FormOpened>('form_open', file);

export const importStage = (file: File) => upload<ImportPreview>('import_stage', file);
export const importRun = (token: string, mapping: (Column | null)[], shop: string | null) =>
  call<ImportReport>('import_run', { token, mapping, shop });
export const importStop = (token: string) => call<void>('import_stop', { token });

/** Numbers that shops are still to be told, and the files they were told by. */
export const numbers = () => call<NumbersView>('numbers');
/** Writes a file of what a shop has not been told. */
export const tellShop = (shop: string) => call<TellingView>('tell_shop', { shop });
/** Writes a file once more, beside the first one. */
export const tellAgain = (id: number) => call<WrittenFile>('tell_again', { id });
/** The shop did not take a file. */
export const tellBack = (id: number) => call<void>('tell_back', { id });
/** Somebody put an old number right in the shop. */
export const settleNumber = (id: number, no: string) => call<void>('settle_number', { id, no });

export const settings = () => call<SettingsView>('settings');
export const changeSettings = (change: SettingsChange) =>
  call<SettingsView>('change_settings', { change });
/** Under whose name orders of others go. */
export const senderSetups = () => call<SenderSetups>('sender_setups');
export const changeSenders = (change: SenderChange) =>
  call<SenderSetups>('change_senders', { change });
/** What the outlets charge. */
export const tariffSetups = () => call<TariffSetup[]>('tariff_setups');
export const changeTariffs = (change: TariffChange) =>
  call<TariffSetup[]>('change_tariffs', { change });
/** Reads a price list that was copied out of a spreadsheet. */
export const readTariffs = (text: string) => call<TariffPaste>('read_tariffs', { text });
/** What another file of settings would change; nothing is written. */
export const settingsLook = (text: string) => call<SettingsLook>('settings_look', { text });
/** Writes the settings, without secrets, into a file to take along. */
export const exportSettings = () => call<WrittenFile>('export_settings');
/** Tells what needs a person, if another window is in front. */
export const notify = (title: string, text: string) => call<void>('notify', { title, text });
/** Whether there is a newer version, if the settings name an address to ask. */
export const newer = () => call<UpdateView | null>('newer');
export const people = () => call<PeopleView>('people');
export const changeOperators = (change: OperatorChange) =>
  call<PeopleView>('change_operators', { change });
/** Somebody types their PIN. */
export const sitDown = (pin: string) => call<PeopleView>('sit_down', { pin });
/** Whose badge a code is, who sits here from now on; null: it is any other code. */
export const badge = (code: string) => call<string | null>('badge', { code });
/** Locks. */
export const standUp = () => call<PeopleView>('stand_up');
/** What was done by whom, newest first. */
export const acts = (query: ActsQuery) => call<ActLine[]>('acts', { query });
/** The copies of the database, newest first. */
export const backups = () => call<BackupsView>('backups');
export const backUp = () => call<BackupsView>('back_up');
/** Writes a bundle for support, with nothing of anybody in it. */
export const diagnose = () => call<WrittenFile>('diagnose');
/** What this computer alone remembers of the window. */
export const deskPrefs = () => call<DeskPrefs>('desk_prefs');
export const keepPrefs = (prefs: DeskPrefs) => call<DeskPrefs>('keep_prefs', { prefs });

/** Shows this in the tray of the system, or takes our sign away. */
export const showTray = (face: TrayFace | null) => call<boolean>('show_tray', { face });
/** Says a text aloud by the speech of the system, where the web view has none. */
export const say = (text: string, lang: string) => call<void>('say', { text, lang });

export const balance = (account: string) => call<number | null>('balance', { account });

/** The state of the core moved: ask again for what is shown. */
export const onChanged = (heard: () => void) => transport.listen('changed', () => heard());
export const onTray = (heard: (deed: TrayDeed) => void) =>
  transport.listen('tray', (payload) => heard(payload as TrayDeed));
export const onImportProgress = (heard: (progress: ImportProgress) => void) =>
  transport.listen('import-progress', (payload) => heard(payload as ImportProgress));
