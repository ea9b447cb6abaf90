//! Labels as SF draws them: asked for beside the number, some seconds after it, twenty at a time.
//! The numbers stand whatever becomes of this; what is not drawn in time is drawn by us.

use super::{ASK_AGAIN_S, DRAWING, Sf, answer, codes, map};
use crate::{
    carrier::{CarrierError, Template, Waybill, parts},
    outside::Http,
};
use std::time::Duration;

/// SF's document takes no more labels in one request.
const LABELS_MAX: usize = 20;

/// Fetches the drawings of all labels of a waybill into it.
pub(super) async fn into(sf: &Sf, http: &dyn Http, waybill: &mut Waybill) {
    let mut wanted: Vec<u32> = (parts::FIRST..=waybill.labels()).collect();
    let asked = async {
        for wait_s in ASK_AGAIN_S {
            tokio::time::sleep(Duration::from_secs(wait_s)).await;
            for some in wanted.clone().chunks(LABELS_MAX) {
                match drawn(sf, http, waybill, some).await {
                    Ok(done) => wanted.retain(|part| !done.contains(part)),
                    Err(why) => tracing::warn!(%why, "SF has not drawn the label"),
                }
            }
            if wanted.is_empty() {
                return;
            }
        }
    };
    // Out of time is as good as not drawn.
    let _ = tokio::time::timeout(DRAWING, asked).await;
    for part in wanted {
        put(waybill, part, Template::Missing);
    }
}

/// The parts of which SF gave a drawing.
async fn drawn(
    sf: &Sf,
    http: &dyn Http,
    waybill: &mut Waybill,
    wanted: &[u32],
) -> Result<Vec<u32>, CarrierError> {
    let asked = map::print(&sf.door.account, waybill, wanted);
    let envelope = sf.door.ask_soon(http, codes::PRINT, &asked).await?;
    let files = answer::drawings(answer::service(envelope)?);
    let mut done = Vec::new();
    for &part in wanted {
        let no = waybill.no_of(part).unwrap_or_default();
        let Some(file) = files.iter().find(|file| file.waybill_no == no) else { continue };
        match sf.door.fetch(http, file).await {
            Ok(pdf) => {
                put(waybill, part, Template::Here(pdf));
                done.push(part);
            }
            Err(why) => tracing::warn!(%why, "a drawing of SF's cannot be fetched"),
        }
    }
    Ok(done)
}

fn put(waybill: &mut Waybill, part: u32, template: Template) {
    if part == parts::FIRST {
        waybill.template = template;
    } else if waybill.is_slip(part) {
        waybill.slip.iter_mut().for_each(|slip| slip.template = template.clone());
    } else if let Some(child) = waybill.children.get_mut(part as usize - 2) {
        child.template = template;
    }
}
