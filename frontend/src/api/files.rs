//! Files of records: sent by a request of their own that tells how far it is, and can be stopped.

use domain::{
    AttachmentId,
    files::{FileKind, ScanState},
};
use serde::Serialize;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{File, ProgressEvent, XmlHttpRequest};

use super::{ApiError, client::refusal, schema};

/// A file that belongs to a record, or is about to.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttachedFile {
    pub id: AttachmentId,
    pub kind: FileKind,
    pub name: String,
    pub bytes: i32,
    pub scan: ScanState,
}

/// Where the bytes of a file are.
pub fn file_path(id: AttachmentId) -> String {
    format!("/files/{id}")
}

/// Where a picture's small copy is.
pub fn thumbnail_path(id: AttachmentId) -> String {
    format!("/files/{id}/thumbnail")
}

/// A file on its way; [`stop`](Self::stop) ends it.
#[derive(Clone)]
pub struct Sending(XmlHttpRequest);

impl Sending {
    /// Ends it; nothing is told any more.
    pub fn stop(&self) {
        self.0.set_onload(None);
        self.0.set_onerror(None);
        let _ = self.0.abort();
    }
}

/// Sends a file. `progress` is told the hundredths that have left, `done` what became of it.
///
/// # Errors
/// [`ApiError::OFFLINE`] when the browser will not begin.
pub fn send_file(
    file: &File,
    progress: impl Fn(u32) + 'static,
    done: impl FnOnce(Result<AttachedFile, ApiError>) + 'static,
) -> Result<Sending, ApiError> {
    let offline = |_| ApiError::of(ApiError::OFFLINE);
    let request = XmlHttpRequest::new().map_err(offline)?;
    request.open("POST", "/files").map_err(offline)?;
    for (name, value) in [
        ("x-requested-with", "gangping".to_owned()),
        ("x-file-name", String::from(js_sys::encode_uri_component(&file.name()))),
        ("content-type", media_type(file)),
    ] {
        request.set_request_header(name, &value).map_err(offline)?;
    }
    let told = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.total() > 0.0 {
            progress(percent(event.loaded() / event.total()));
        }
    });
    if let Ok(upload) = request.upload() {
        upload.set_onprogress(Some(told.into_js_value().unchecked_ref()));
    }
    let answered = request.clone();
    let ended = Closure::once_into_js(move || done(read(&answered)));
    // Whichever comes first: the closure runs once.
    request.set_onload(Some(ended.unchecked_ref()));
    request.set_onerror(Some(ended.unchecked_ref()));
    request.send_with_opt_blob(Some(file)).map_err(offline)?;
    Ok(Sending(request))
}

// A browser that does not know the type claims none.
fn media_type(file: &File) -> String {
    let known = file.type_();
    if known.is_empty() { "application/octet-stream".to_owned() } else { known }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::as_conversions, reason = "from 0 to 100")]
fn percent(part: f64) -> u32 {
    (part.clamp(0.0, 1.0) * 100.0) as u32
}

fn read(request: &XmlHttpRequest) -> Result<AttachedFile, ApiError> {
    let text = request.response_text().ok().flatten().unwrap_or_default();
    match request.status() {
        Ok(201) => serde_json::from_str(&text).map_err(|_| ApiError::of("INTERNAL")),
        Ok(413) => Err(ApiError::of("files.too_large")),
        _ => Err(refusal(&text)),
    }
}
