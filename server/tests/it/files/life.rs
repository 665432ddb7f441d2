//! From the upload to the end of its time.

use axum::http::{Request, StatusCode, header};
use chrono::TimeDelta;
use domain::{
    AttachmentId,
    files::{FileKind, MAX_PER_RECORD, OwnerKind, Retention, ScanState},
    permission::Permission,
};
use entity::attachment;
use sea_orm::ColumnTrait;
use serde_json::json;
use server::{
    both_dbs, config,
    db::{AuditEvent, Verb},
    error::Error,
    files::{service, store::Files},
    jobs,
    testing::TestDb,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use uuid::Uuid;

use super::{cx, samples::*, taken, uploaded};
use crate::{
    browser::{Browser, with_passwords},
    world::{World, codes},
};

/// Attaches as another context would, in a transaction of its own.
async fn attach(world: &World, login: &str, ids: &[AttachmentId], kind: OwnerKind, owner: Uuid) -> Result<(), Error> {
    let cx = cx(world, login).await;
    let granted = cx.scope()?.require(Permission::FileUpload)?;
    let mut tx = cx.write(&granted).await?;
    service::attach(&mut tx, ids, kind, owner).await?;
    tx.commit(AuditEvent::of(Verb::NoteAdded)).await
}

async fn sees(world: &World, login: &str, id: AttachmentId) -> bool {
    let found = service::see(&cx(world, login).await, id).await;
    assert!(matches!(found, Ok(_) | Err(Error::NotFound(_))), "{login}: {found:?}");
    found.is_ok()
}

async fn row(world: &World, id: AttachmentId) -> attachment::Model {
    let cx = cx(world, "admin.shiqi").await;
    let tx = cx.read().await.unwrap();
    let rows = tx.select::<attachment::Entity>().unwrap();
    rows.filter(attachment::Column::Id.eq(id)).one().await.unwrap().unwrap()
}

async fn stored(world: &World, object: &str) -> bool {
    world.app.files.get(object).await.is_ok()
}

fn put(path: &str, name: &str, body: Vec<u8>) -> Request<axum::body::Body> {
    Request::post(path)
        .header("x-requested-with", "gangping")
        .header("x-file-name", name)
        .header("content-type", "image/jpeg")
        .body(body.into())
        .unwrap()
}

both_dbs!(a_photo_is_turned_upright_and_keeps_nothing_but_its_pixels, |test: TestDb| async move {
    let world = World::new(test);
    with_passwords(&world, &["staff.shiqi"]).await;
    let mut staff = Browser::new(&world);
    staff.sign_in("staff.shiqi").await;
    let photo = jpeg_with(600, 400, |encoder| {
        encoder.add_exif_metadata(&exif(6)).unwrap();
        encoder.add_app_segment(2, b"ICC_PROFILE\0\x01\x01canary".to_vec()).unwrap();
    });
    let read = |bytes: &[u8]| exif::Reader::new().read_from_container(&mut std::io::Cursor::new(bytes));
    assert!(read(&photo).is_ok_and(|found| found.fields().len() >= 3), "the test's own photo names a place");
    let (status, _, made) = staff.send(put("/files", "%E5%B2%97%E4%BD%8D.jpg", photo)).await;
    let made: serde_json::Value = serde_json::from_slice(&made).unwrap();
    assert_eq!((status, &made["width"], &made["height"]), (StatusCode::CREATED, &json!(400), &json!(600)), "{made}");
    assert_eq!((&made["name"], &made["kind"], &made["scan"]), (&json!("岗位.jpg"), &json!("JPEG"), &json!("CLEAN")));
    let id = made["id"].as_str().unwrap();
    for (path, size) in [(format!("/files/{id}"), (400, 600)), (format!("/files/{id}/thumbnail"), (213, 320))] {
        let (status, headers, bytes) = staff.send(Request::get(&path).body(axum::body::Body::empty()).unwrap()).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(matches!(read(&bytes), Err(exif::Error::NotFound(_))), "{path}");
        assert!(!bytes.windows(6).any(|window| window == b"canary"), "{path}");
        let mut decoder = jpeg_decoder::Decoder::new(bytes.as_slice());
        decoder.read_info().unwrap();
        let info = decoder.info().unwrap();
        assert_eq!((info.width, info.height), size, "{path}");
        let text =
            |name| headers.get(name).map(|value: &header::HeaderValue| value.to_str().unwrap()).unwrap_or_default();
        assert_eq!(text(header::CONTENT_TYPE), "image/jpeg");
        assert_eq!(text(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        assert!(text(header::CONTENT_SECURITY_POLICY).contains("sandbox"));
        assert_eq!(text(header::CACHE_CONTROL), "private, no-cache");
        assert!(text(header::CONTENT_DISPOSITION).ends_with("filename*=UTF-8''%E5%B2%97%E4%BD%8D.jpg"));
        let again = Request::get(&path).header("if-none-match", text(header::ETAG)).body(axum::body::Body::empty());
        assert_eq!(staff.send(again.unwrap()).await.0, StatusCode::NOT_MODIFIED);
    }
    let row = row(&world, id.parse().unwrap()).await;
    assert!(!row.name_enc.contains("岗位") && !row.object.unwrap().contains(id), "neither name nor id is on the disk");
});

both_dbs!(each_kind_that_is_taken_comes_back_as_it_was_or_as_a_jpeg, |test: TestDb| async move {
    let world = World::new(test);
    for (name, bytes, kind) in [
        ("a.jpg", jpeg(2000, 1500), FileKind::Jpeg),
        ("a.jpg", jpeg_with(300, 200, |encoder| encoder.set_progressive(true)), FileKind::Jpeg),
        ("a.png", png(333, 77), FileKind::Jpeg),
        ("a.webp", webp(50, 60), FileKind::Jpeg),
        ("a.pdf", pdf(5000), FileKind::Pdf),
        ("a.xlsx", zip(&workbook()), FileKind::Xlsx),
        ("a.docx", zip(&text()), FileKind::Docx),
    ] {
        let row = taken(&world, "staff.shiqi", name, "", &bytes).await.unwrap_or_else(|code| panic!("{name}: {code}"));
        assert_eq!(row.kind, kind, "{name}");
        if !kind.is_image() {
            assert_eq!(usize::try_from(row.bytes), Ok(bytes.len()), "{name}");
        }
    }
});

both_dbs!(a_loose_file_is_its_uploaders_alone_and_gone_after_a_day, |test: TestDb| async move {
    let world = World::new(test);
    let file = uploaded(&world, "staff.shiqi").await;
    for (login, seen) in [
        ("staff.shiqi", true),
        ("admin.shiqi", false),
        ("staff.xiaolan", false),
        ("city.zs", false),
        ("staff.north", false),
    ] {
        assert_eq!(sees(&world, login, file.id).await, seen, "{login}");
    }
    let object = file.object.clone().unwrap();
    world.app.clock.advance(TimeDelta::hours(24) - TimeDelta::seconds(1));
    jobs::files::sweep(&world.app).await.unwrap();
    assert!(sees(&world, "staff.shiqi", file.id).await && stored(&world, &object).await, "a day is not over");
    world.app.clock.advance(TimeDelta::seconds(1));
    jobs::files::sweep(&world.app).await.unwrap();
    assert!(!sees(&world, "staff.shiqi", file.id).await);
    let left = row(&world, file.id).await;
    assert!(left.deleted_at.is_some() && left.object.is_none(), "the row stays, the bytes are gone");
    assert!(!stored(&world, &object).await && !stored(&world, &service::thumbnail_of(&object)).await);
    jobs::files::sweep(&world.app).await.unwrap();
    let expired = world.audit_verbs("shiqi").await.into_iter().filter(|verb| verb == "files_expired").count();
    assert_eq!(expired, 2, "a run that has nothing to do writes nothing");
});

both_dbs!(an_attached_file_is_seen_by_whom_the_record_is_seen_and_kept_by_its_class, |test: TestDb| async move {
    let world = World::new(test);
    let post = Uuid::from_u128(7);
    let (sign, evidence) = (uploaded(&world, "staff.shiqi").await.id, uploaded(&world, "staff.shiqi").await.id);
    attach(&world, "staff.shiqi", &[sign], OwnerKind::Post, post).await.unwrap();
    attach(&world, "staff.shiqi", &[evidence], OwnerKind::AppearanceCheck, post).await.unwrap();
    // Of a check that is not there, a photo is nobody's to see: it/appearance.rs has those that are.
    for (login, signs, evidences) in [
        ("staff.shiqi", true, false),
        ("admin.shiqi", true, false),
        ("handler.shiqi", true, false),
        ("admin.xiaolan", false, false),
        ("city.zs", false, false),
    ] {
        assert_eq!(
            (sees(&world, login, sign).await, sees(&world, login, evidence).await),
            (signs, evidences),
            "{login}"
        );
    }
    assert_eq!(row(&world, sign).await.delete_after, None);
    assert_eq!(row(&world, evidence).await.retention, Some(Retention::Evidence));
    world.app.clock.advance(TimeDelta::days(3 * 366));
    jobs::files::sweep(&world.app).await.unwrap();
    assert!(sees(&world, "admin.shiqi", sign).await, "as long as the post is there");
    assert!(row(&world, evidence).await.deleted_at.is_some());
});

both_dbs!(a_file_of_a_case_is_hidden_from_whom_the_case_is_about, |test: TestDb| async move {
    let world = World::new(test);
    let (case, _) = world.investigating(json!({})).await;
    let owner: Uuid = case["id"].as_str().unwrap().parse().unwrap();
    let file = uploaded(&world, "handler.shiqi").await.id;
    attach(&world, "handler.shiqi", &[file], OwnerKind::Complaint, owner).await.unwrap();
    assert!(sees(&world, "handler.shiqi", file).await && sees(&world, "staff.shiqi", file).await);
    let respondent = world.account("supervisor.shiqi").await;
    assert!(sees(&world, "supervisor.shiqi", file).await);
    let case = world.case("handler.shiqi", &case["id"]).await;
    world.step("handler.shiqi", "nameRespondent", &case, json!({ "respondent": respondent })).await;
    assert!(!sees(&world, "supervisor.shiqi", file).await);
    assert!(sees(&world, "handler.shiqi", file).await);
});

both_dbs!(nobody_attaches_anothers_file_or_one_twice_or_too_many, |test: TestDb| async move {
    let world = World::new(test);
    let owner = Uuid::from_u128(9);
    let file = uploaded(&world, "staff.shiqi").await.id;
    for login in ["handler.shiqi", "staff.xiaolan"] {
        let result = attach(&world, login, &[file], OwnerKind::Post, owner).await;
        assert!(matches!(result, Err(Error::NotFound(_))), "{login}: {result:?}");
    }
    attach(&world, "staff.shiqi", &[file, file], OwnerKind::Post, owner).await.unwrap();
    let again = attach(&world, "staff.shiqi", &[file], OwnerKind::Post, Uuid::from_u128(10)).await;
    assert!(matches!(again, Err(Error::NotFound(_))), "{again:?}");
    let mut more = Vec::new();
    for _ in 0..MAX_PER_RECORD {
        more.push(uploaded(&world, "staff.shiqi").await.id);
    }
    let Err(Error::Invalid(broken)) = attach(&world, "staff.shiqi", &more, OwnerKind::Post, owner).await else {
        panic!("ten files of one record");
    };
    assert_eq!(broken[0].code, "files.too_many");
    attach(&world, "staff.shiqi", &more[1..], OwnerKind::Post, owner).await.unwrap();
    let cx = cx(&world, "admin.shiqi").await;
    let tx = cx.read().await.unwrap();
    let of = service::of(&tx, OwnerKind::Post, &[owner, Uuid::from_u128(11)]).await.unwrap();
    assert_eq!(of.len(), MAX_PER_RECORD);
});

both_dbs!(a_removed_file_is_seen_by_nobody_and_its_bytes_go_with_the_job, |test: TestDb| async move {
    let world = World::new(test);
    let owner = Uuid::from_u128(9);
    let file = uploaded(&world, "staff.shiqi").await;
    attach(&world, "staff.shiqi", &[file.id], OwnerKind::Post, owner).await.unwrap();
    let cx = cx(&world, "admin.shiqi").await;
    let granted = cx.scope().unwrap().require(Permission::FileUpload).unwrap();
    for (owner, kind, there) in [
        (Uuid::from_u128(8), OwnerKind::Post, false),
        (owner, OwnerKind::Complaint, false),
        (owner, OwnerKind::Post, true),
    ] {
        let mut tx = cx.write(&granted).await.unwrap();
        assert_eq!(service::remove(&mut tx, &[file.id], kind, owner).await.is_ok(), there, "{kind:?}");
        if there {
            tx.commit(AuditEvent::of(Verb::NoteAdded)).await.unwrap();
        }
    }
    assert!(!sees(&world, "staff.shiqi", file.id).await);
    let object = file.object.unwrap();
    assert!(stored(&world, &object).await);
    jobs::files::sweep(&world.app).await.unwrap();
    assert!(!stored(&world, &object).await);
});

both_dbs!(a_full_center_takes_no_more_and_another_still_does, |test: TestDb| async move {
    let mut world = World::new(test);
    world.app.files.quota = 12_000;
    assert!(taken(&world, "staff.shiqi", "a.pdf", "", &pdf(10_000)).await.is_ok());
    assert_eq!(taken(&world, "admin.shiqi", "a.pdf", "", &pdf(10_000)).await.err().as_deref(), Some("files.quota"));
    assert!(taken(&world, "staff.xiaolan", "a.pdf", "", &pdf(10_000)).await.is_ok());
});

/// A scanner that says `answer` of everything, or hangs up.
async fn scanner(answer: &'static str) -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let mut command = [0; 10];
            socket.read_exact(&mut command).await.unwrap();
            assert_eq!(&command, b"zINSTREAM\0");
            loop {
                let length = socket.read_u32().await.unwrap();
                if length == 0 {
                    break;
                }
                let mut piece = vec![0; length.try_into().unwrap()];
                socket.read_exact(&mut piece).await.unwrap();
            }
            socket.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    address
}

both_dbs!(without_an_answer_of_the_scanner_nobody_else_sees_the_file, |test: TestDb| async move {
    let mut world = World::new(test);
    world.app.files.clamd = Some(scanner("stream: OK\0").await);
    assert_eq!(uploaded(&world, "staff.shiqi").await.scan, ScanState::Clean);
    world.app.files.clamd = Some(scanner("stream: Eicar-Signature FOUND\0").await);
    let refused = taken(&world, "staff.shiqi", "a.pdf", "", &pdf(500)).await;
    assert_eq!(refused.err().as_deref(), Some("files.infected"));
    // Down.
    world.app.files.clamd = Some("127.0.0.1:1".parse().unwrap());
    let (good, bad) = (uploaded(&world, "staff.shiqi").await, uploaded(&world, "staff.shiqi").await);
    assert_eq!(good.scan, ScanState::Pending);
    attach(&world, "staff.shiqi", &[good.id], OwnerKind::Post, Uuid::from_u128(7)).await.unwrap();
    assert!(sees(&world, "staff.shiqi", good.id).await && !sees(&world, "admin.shiqi", good.id).await);
    jobs::files::sweep(&world.app).await.unwrap();
    assert!(!sees(&world, "admin.shiqi", good.id).await, "still down");
    world.app.files.clamd = Some(scanner("INSTREAM size limit exceeded. ERROR\0").await);
    jobs::files::sweep(&world.app).await.unwrap();
    assert!(!sees(&world, "admin.shiqi", good.id).await, "no answer is no good one");
    world.app.files.clamd = Some(scanner("stream: OK\0").await);
    jobs::files::sweep(&world.app).await.unwrap();
    assert!(sees(&world, "admin.shiqi", good.id).await);
    assert_eq!(row(&world, bad.id).await.scan, ScanState::Clean);
});

both_dbs!(what_the_scanner_finds_later_is_gone_with_its_bytes, |test: TestDb| async move {
    let mut world = World::new(test);
    world.app.files.clamd = Some("127.0.0.1:1".parse().unwrap());
    let file = uploaded(&world, "staff.shiqi").await;
    world.app.files.clamd = Some(scanner("stream: Eicar-Signature FOUND\0").await);
    jobs::files::sweep(&world.app).await.unwrap();
    assert!(!sees(&world, "staff.shiqi", file.id).await);
    let left = row(&world, file.id).await;
    assert!(left.scan == ScanState::Refused && left.object.is_none());
    assert!(!stored(&world, &file.object.unwrap()).await);
});

both_dbs!(only_our_own_pages_of_who_may_upload_and_no_more_than_ten_megabytes, |test: TestDb| async move {
    let world = World::new(test);
    with_passwords(&world, &["staff.shiqi", "auditor.zs"]).await;
    let mut staff = Browser::new(&world);
    staff.sign_in("staff.shiqi").await;
    let mut auditor = Browser::new(&world);
    auditor.sign_in("auditor.zs").await;
    let photo = || put("/files", "a.jpg", jpeg(16, 16));
    let code = |answer: &(StatusCode, axum::http::HeaderMap, Vec<u8>)| {
        (answer.0.as_u16(), codes(&serde_json::from_slice(&answer.2).unwrap_or_default()))
    };
    let mut foreign = photo();
    foreign.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
    assert_eq!(code(&staff.send(foreign).await), (403, vec!["FORBIDDEN".to_owned()]));
    let mut form = photo();
    form.headers_mut().remove("x-requested-with");
    assert_eq!(code(&staff.send(form).await).0, 403);
    assert_eq!(code(&Browser::new(&world).send(photo()).await), (401, vec!["UNAUTHENTICATED".to_owned()]));
    assert_eq!(code(&auditor.send(photo()).await), (403, vec!["FORBIDDEN".to_owned()]));
    let large = put("/files", "a.pdf", pdf((10 << 20) + 1));
    assert_eq!(code(&staff.send(large).await), (413, vec!["TOO_LARGE".to_owned()]));
    // Without a length to look at: cut off on the way.
    let pieces = (0..11).map(|_| Ok::<_, std::io::Error>(vec![b' '; 1 << 20]));
    let endless = Request::post("/files").header("x-requested-with", "gangping");
    let endless = endless.body(axum::body::Body::from_stream(futures_util::stream::iter(pieces))).unwrap();
    assert_eq!(code(&staff.send(endless).await), (413, vec!["TOO_LARGE".to_owned()]));
    let lies = put("/files", "a.png", jpeg(16, 16));
    assert_eq!(code(&staff.send(lies).await), (422, vec!["INVALID".to_owned(), "files.lies".to_owned()]));
    let made = staff.send(photo()).await;
    let made: serde_json::Value = serde_json::from_slice(&made.2).unwrap();
    let path = format!("/files/{}", made["id"].as_str().unwrap());
    let delete = |path: &str| {
        let request = Request::delete(path).header("x-requested-with", "gangping");
        request.body(axum::body::Body::empty()).unwrap()
    };
    assert_eq!(code(&auditor.send(delete(&path)).await).0, 403);
    assert_eq!(code(&staff.send(delete(&path)).await).0, 204);
    assert_eq!(code(&staff.send(delete(&path)).await), (404, vec!["NOT_FOUND".to_owned()]));
    let get = |path: &str| Request::get(path).body(axum::body::Body::empty()).unwrap();
    assert_eq!(code(&staff.send(get(&path)).await).0, 404);
    assert_eq!(code(&staff.send(get("/files/no-id")).await).0, 404);
    assert_eq!(code(&Browser::new(&world).send(get(&path)).await).0, 401);
    assert_eq!(
        world.audit_verbs("shiqi").await,
        ["signed_in", "file_uploaded", "file_discarded"].map(ToOwned::to_owned)
    );
});

#[tokio::test]
async fn a_folder_keeps_files_for_its_owner_alone_and_forgets_half_of_one() {
    use std::os::unix::fs::PermissionsExt;
    let folder = std::env::temp_dir().join(format!("gangping-files-{}", server::clock::IdSource::system().unordered()));
    std::fs::create_dir_all(folder.join("arriving")).unwrap();
    std::fs::write(folder.join("arriving/half"), b"half").unwrap();
    let files = Files::open(&folder, &config::Files::default(), &config::Keys::default()).await.unwrap();
    assert!(!folder.join("arriving/half").exists());
    assert_eq!(std::fs::metadata(folder.join("stored")).unwrap().permissions().mode() & 0o777, 0o700);
    let temp = files.temp().unwrap();
    std::fs::write(temp.path(), vec![7; 700_000]).unwrap();
    let center = domain::CenterId(Uuid::from_u128(2));
    files.put(&format!("{center}/one"), temp.path()).await.unwrap();
    let path = temp.path().to_owned();
    drop(temp);
    assert!(!path.exists());
    assert_eq!(std::fs::read(folder.join(format!("stored/{center}/one"))).unwrap(), vec![7; 700_000]);
    assert_eq!(files.remove_center(center).await.unwrap(), 1);
    assert!(files.get(&format!("{center}/one")).await.is_err());
    files.remove(&format!("{center}/one")).await.unwrap();
    std::fs::remove_dir_all(folder).unwrap();
}
