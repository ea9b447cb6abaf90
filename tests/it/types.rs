//! The window's types are what Rust says: `ui/src/lib/ipc.types.ts` is made here and kept fresh.

use station::{order, trouble, view};
use ts_rs::{Config, TS};

/// Declarations of all types that cross to the window, in the order they are read.
macro_rules! declared {
    ($config:expr, $($name:ty),+ $(,)?) => {
        [$(format!("export {}\n", <$name as TS>::decl($config))),+].concat()
    };
}

fn made() -> String {
    let config = Config::new();
    let types = [
        couriers(&config),
        orders(&config),
        freight(&config),
        work(&config),
        printers(&config),
        accounts(&config),
        house(&config),
        numbers(&config),
    ]
    .concat();
    format!(
        "// Made from Rust by tests/it/types.rs; not edited. PACKBENCH_BLESS=1 makes it anew.\n\n{types}"
    )
}

fn couriers(config: &Config) -> String {
    declared!(
        config,
        station::carrier::offers::Window,
        station::carrier::pickup::Courier,
        station::carrier::pickup::Fees,
        view::PickupWay,
        view::PickupState,
        view::PickupView,
        view::PickupRequest,
        view::PickupAct,
        view::PickupHeld,
        view::PickupAsked,
        view::PickupOffer,
        station::carrier::charge::ChargeLine,
        view::ChargeView,
        view::SmsState,
        view::SmsView,
        view::SmsWhy,
        view::SmsLeft,
        view::SmsBy,
        view::SmsAsked,
    )
}

fn orders(config: &Config) -> String {
    declared!(
        config,
        trouble::Code,
        trouble::Action,
        trouble::Trouble,
        order::FaultCode,
        order::Fault,
        order::PayBy,
        view::Tab,
        view::Counts,
        view::Pieces,
        view::Paid,
        view::Sort,
        view::Flag,
        view::Filter,
        view::ListQuery,
        view::SavedFilter,
        view::AccountTotal,
        view::Totals,
        view::Deed,
        view::Act,
        view::DeedKind,
        view::LeftWhy,
        view::Left,
        view::ActDone,
        view::UndoOffer,
        view::Differs,
        view::MergeGroup,
        view::SplitAsk,
        view::Payer,
        view::ReturnAsk,
        view::EtaView,
        view::ExchangeAsk,
        view::ReturnWay,
        view::ReturnLook,
        view::OtherShipment,
        view::OrderSender,
        view::SenderAbroadForm,
        view::SenderProfileForm,
        view::SenderSetup,
        view::SenderSetups,
        view::SenderChange,
        view::PrintedSheet,
        view::State,
        station::carrier::track::Stage,
        view::Row,
        view::ListPage,
        view::Facets,
        view::Verb,
        view::ItemView,
        view::CustomsLine,
        view::OrderEdit,
        view::PastedView,
        view::GoodsLine,
        view::OrderDraft,
        view::KnownReceiver,
        view::KnownBefore,
        view::SenderForm,
        view::Begun,
        view::JobState,
        view::JobView,
        view::NumberView,
    )
}

fn freight(config: &Config) -> String {
    declared!(
        config,
        view::TariffStep,
        view::TariffRow,
        view::TariffSetup,
        view::TariffChange,
        view::TariffWhy,
        view::TariffFault,
        view::TariffPaste,
    )
}

fn work(config: &Config) -> String {
    declared!(
        config,
        view::HistoryView,
        view::Letters,
        view::TrackEventView,
        view::TrackView,
        view::ToldView,
        view::Detail,
        view::ShipRequest,
        view::BatchView,
        view::ScanMode,
        view::CountSaid,
        view::CountLine,
        view::VerifyView,
        view::WeighSaid,
        view::WeighView,
        view::ScaleState,
        view::ScaleView,
        view::HandSaid,
        view::ManifestLine,
        view::ManifestView,
        view::ManifestList,
        view::HandView,
        view::CodePart,
        view::CodeView,
        view::ScanEnding,
        view::ScannerView,
        view::ScannerState,
        view::ScannerStatus,
        view::BenchView,
        view::ScanCommand,
        view::CommandView,
        view::ScanView,
        view::CarrierState,
        view::TrackingStatus,
        view::CarrierStatus,
        view::PrinterState,
        view::PrinterStatus,
        view::OutboxStatus,
        view::Column,
        view::RowFault,
        view::RefusedRow,
        view::ImportPreview,
        view::ImportProgress,
        view::ImportReport,
    )
}

fn printers(config: &Config) -> String {
    declared!(
        config,
        view::Way,
        view::FoundPrinter,
        view::FailedWay,
        view::FoundPrinters,
        view::Proof,
        view::HeardView,
        view::ProbeView,
        view::Status,
        view::PrinterForm,
        view::Probed,
        view::PrinterSetup,
        view::PrinterSetups,
        view::Diverted,
        view::PrinterChange,
        view::FormElement,
        view::FormDoc,
        view::FormFault,
        view::FormCard,
        view::FormHead,
        view::FormList,
        view::DotRect,
        view::FormLook,
        view::FormSave,
        view::FormOpened,
        view::BootMode,
        view::Boot,
    )
}

fn accounts(config: &Config) -> String {
    declared!(
        config,
        view::ApplicationState,
        view::ApplyForm,
        view::TakenKey,
        view::ApplicationView,
        view::ApplyAsked,
        view::AccountForm,
        view::FieldKind,
        view::AccountField,
        view::AccountKind,
        view::SecretPlace,
        view::Ability,
        view::Repeat,
        view::RefusalCount,
        view::RecordingView,
        view::AccountSetup,
        view::AccountSetups,
        view::AccountChange,
        view::Verdict,
        view::AccountTrial,
        view::AccountWay,
        view::Rate,
        view::Price,
        view::Offer,
        view::Offers,
        view::SplitView,
    )
}

fn house(config: &Config) -> String {
    declared!(
        config,
        view::SettingKind,
        view::Setting,
        view::SettingsView,
        view::SettingsChange,
        view::SettingDiff,
        view::SettingsLook,
        view::Theme,
        view::WindowPlace,
        view::DeskPrefs,
        view::WrittenFile,
        station::carrier::offers::RoutePoint,
        station::carrier::offers::Route,
        view::TrayDeed,
        view::TrayItem,
        view::TrayFace,
        view::Right,
        view::OperatorView,
        view::PeopleView,
        view::OperatorForm,
        view::OperatorChange,
        view::ActLine,
        view::ActsQuery,
        view::UpdateView,
        view::BackupView,
        view::BackupsView,
        view::Restored,
    )
}

fn numbers(config: &Config) -> String {
    declared!(
        config,
        view::TellingState,
        view::TellingView,
        view::ShopNumbers,
        view::StaleNumber,
        view::NumbersView,
    )
}

#[test]
fn the_windows_types_are_fresh() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/src/lib/ipc.types.ts");
    let made = made();
    if std::env::var_os("PACKBENCH_BLESS").is_some() {
        std::fs::write(file, &made).expect("written");
    }
    let read = std::fs::read_to_string(file).expect("ipc.types.ts");
    assert!(read == made, "ipc.types.ts is stale: run with PACKBENCH_BLESS=1");
}
