//! By the desktop's bus (StatusNotifierItem, and dbusmenu for what can be chosen).

use super::act;
use ksni::{Handle, Icon, MenuItem, ToolTip, TrayMethods, menu::StandardItem};
use station::view::{TrayFace, TrayItem};
use tauri::AppHandle;

struct Shown {
    app: AppHandle,
    face: TrayFace,
}

/// The sign of this program.
pub struct Sign(Handle<Shown>);

impl Sign {
    /// `None`: the desktop has no place for it, or no bus.
    pub async fn new(app: &AppHandle, face: TrayFace) -> Option<Self> {
        match (Shown { app: app.clone(), face }).spawn().await {
            Ok(handle) => Some(Self(handle)),
            Err(why) => {
                tracing::info!(%why, "no place for a sign");
                None
            }
        }
    }

    /// Whether it is still there.
    pub async fn change(&self, _: &AppHandle, face: TrayFace) -> bool {
        self.0.update(|shown| shown.face = face).await.is_some()
    }

    pub async fn end(self, _: &AppHandle) {
        self.0.shutdown().await;
    }
}

impl ksni::Tray for Shown {
    fn id(&self) -> String {
        "packbench".to_owned()
    }

    fn title(&self) -> String {
        "Packbench".to_owned()
    }

    fn icon_pixmap(&self) -> Vec<Icon> {
        let icon = self.app.default_window_icon();
        icon.map(|icon| argb(icon.rgba(), icon.width(), icon.height())).into_iter().collect()
    }

    fn tool_tip(&self) -> ToolTip {
        ToolTip { title: self.face.tip.clone(), ..ToolTip::default() }
    }

    fn activate(&mut self, _: i32, _: i32) {
        super::to_front(&self.app);
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        let line = |item: &TrayItem| {
            let deed = item.deed;
            StandardItem {
                label: item.label.replace('_', "__"),
                activate: Box::new(move |shown: &mut Self| act(&shown.app, deed)),
                ..StandardItem::default()
            }
            .into()
        };
        let tip = StandardItem {
            label: self.face.tip.replace('_', "__"),
            enabled: false,
            ..StandardItem::default()
        };
        let head = [tip.into(), MenuItem::Separator];
        head.into_iter().chain(self.face.items.iter().map(line)).collect()
    }
}

/// Dots as the bus wants them: alpha first.
fn argb(rgba: &[u8], width: u32, height: u32) -> Icon {
    let data = rgba.chunks_exact(4).flat_map(|dot| [dot[3], dot[0], dot[1], dot[2]]).collect();
    let signed = |side: u32| i32::try_from(side).unwrap_or(0);
    Icon { width: signed(width), height: signed(height), data }
}
