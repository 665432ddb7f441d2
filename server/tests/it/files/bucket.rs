//! Files in a bucket: against a store of this test that speaks as much S3 as they need, over HTTP on loopback.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use futures_util::TryStreamExt;
use serde_json::json;
use server::{clock::IdSource, config, files::store::Files};
use tokio::net::TcpListener;
use uuid::Uuid;

/// The smallest part of S3, but for the last one.
const PART: usize = 5 * 1024 * 1024;

#[derive(Default)]
struct Held {
    objects: BTreeMap<String, Vec<u8>>,
    /// By number, of the one upload under way.
    parts: BTreeMap<u32, Vec<u8>>,
}

type Store = Arc<Mutex<Held>>;

fn object(bytes: Vec<u8>) -> Response {
    let headers = [(header::ETAG, "\"tag\""), (header::LAST_MODIFIED, "Fri, 13 Feb 2026 01:00:00 GMT")];
    (headers, bytes).into_response()
}

async fn answer(State(store): State<Store>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let signed = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !signed.starts_with("AWS4-HMAC-SHA256 Credential=an-id/") {
        return (StatusCode::FORBIDDEN, "<Error><Code>AccessDenied</Code></Error>").into_response();
    }
    let key = uri.path().strip_prefix("/records/").unwrap_or_default().to_owned();
    let query = uri.query().unwrap_or_default().replace("%2F", "/");
    let query: BTreeMap<_, _> = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, ""))).collect();
    let mut held = store.lock().unwrap();
    let has = |name: &str| query.contains_key(name);
    if method == Method::POST && has("uploads") {
        return "<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>".into_response();
    }
    if method == Method::PUT {
        held.parts.insert(query["partNumber"].parse().unwrap(), body.to_vec());
        return object(Vec::new());
    }
    if method == Method::POST && has("uploadId") {
        let parts: Vec<_> = std::mem::take(&mut held.parts).into_values().collect();
        if parts.iter().rev().skip(1).any(|part| part.len() < PART) {
            return (StatusCode::BAD_REQUEST, "<Error><Code>EntityTooSmall</Code></Error>").into_response();
        }
        held.objects.insert(key, parts.concat());
        let done = "<CompleteMultipartUploadResult><ETag>\"tag\"</ETag></CompleteMultipartUploadResult>";
        return done.into_response();
    }
    if method == Method::POST && has("delete") {
        let asked = String::from_utf8(body.to_vec()).unwrap();
        let gone: String = held
            .objects
            .extract_if(.., |key, _| asked.contains(key.as_str()))
            .map(|(key, _)| format!("<Deleted><Key>{key}</Key></Deleted>"))
            .collect();
        return format!("<DeleteResult>{gone}</DeleteResult>").into_response();
    }
    if method == Method::GET && has("list-type") {
        let keys = held.objects.iter().filter(|(key, _)| key.starts_with(query["prefix"]));
        let rows: String = keys
            .map(|(key, bytes)| {
                format!(
                    "<Contents><Key>{key}</Key><Size>{}</Size><ETag>\"tag\"</ETag>\
                     <LastModified>2026-02-13T01:00:00.000Z</LastModified></Contents>",
                    bytes.len()
                )
            })
            .collect();
        return format!("<ListBucketResult>{rows}</ListBucketResult>").into_response();
    }
    if method == Method::DELETE {
        held.objects.remove(&key);
        return StatusCode::NO_CONTENT.into_response();
    }
    match held.objects.get(&key) {
        Some(bytes) => object(bytes.clone()),
        None => (StatusCode::NOT_FOUND, "<Error><Code>NoSuchKey</Code></Error>").into_response(),
    }
}

#[tokio::test]
async fn a_bucket_keeps_files_in_parts_and_tells_wrong_keys_at_the_start() {
    let store = Store::default();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let server = Router::new().fallback(answer).layer(DefaultBodyLimit::disable()).with_state(store.clone());
    let serving = tokio::spawn(async move { axum::serve(listener, server).await });
    let folder = std::env::temp_dir().join(format!("gangping-bucket-{}", IdSource::system().unordered()));
    let bucket =
        config::Bucket { name: "records".to_owned(), region: "cn-south-1".to_owned(), endpoint, virtual_hosted: false };
    let settings = config::Files { bucket: Some(bucket), ..config::Files::default() };
    let keys = |id: &str| serde_json::from_value(json!({ "bucket_id": id, "bucket_secret": "a secret" })).unwrap();
    let refused = Files::open(&folder, &settings, &keys("another")).await.unwrap_err();
    assert!(format!("{refused:#}").starts_with("files.bucket: "), "{refused:#}");
    assert!(!format!("{refused:#}").contains("a secret"));

    let files = Files::open(&folder, &settings, &keys("an-id")).await.unwrap();
    assert!(!folder.join("stored").exists());
    let center = domain::CenterId(Uuid::from_u128(2));
    let name = format!("{center}/one");
    let bytes = vec![7; 2 * PART + 1];
    let temp = files.temp().unwrap();
    std::fs::write(temp.path(), &bytes).unwrap();
    files.put(&name, temp.path()).await.unwrap();
    let pieces: Vec<Bytes> = files.get(&name).await.unwrap().try_collect().await.unwrap();
    assert!(pieces.concat() == bytes);
    files.remove(&name).await.unwrap();
    assert!(files.get(&name).await.is_err());
    let temp = files.temp().unwrap();
    std::fs::write(temp.path(), b"one").unwrap();
    files.put(&name, temp.path()).await.unwrap();
    files.put(&format!("{}/two", Uuid::from_u128(3)), temp.path()).await.unwrap();
    assert_eq!(files.remove_center(center).await.unwrap(), 1);
    assert_eq!(store.lock().unwrap().objects.len(), 1);
    serving.abort();
    std::fs::remove_dir_all(folder).unwrap();
}
