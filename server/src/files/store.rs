//! Where the bytes of files lie: outside of the database, under names that say nothing.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::Context;
use axum::body::Bytes;
use domain::CenterId;
use futures_util::{StreamExt, TryStreamExt, stream::BoxStream};
use object_store::{
    ClientOptions, MultipartUpload, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig, aws::AmazonS3Builder,
    local::LocalFileSystem, memory::InMemory, path::Path as Name,
};
use tokio::{io::AsyncReadExt, sync::Semaphore};

use super::worker::Worker;
use crate::{clock::IdSource, config};

/// Uploads under way at once.
const ARRIVING: usize = 64;
/// Files that are stored at once: each holds a piece in memory.
const STORING: usize = 2;
/// Bytes stored at once in a folder.
const PIECE: usize = 256 * 1024;
/// The same in a bucket: S3 takes no smaller part.
const PART: usize = 5 * 1024 * 1024;
/// How long a bucket may not answer, and how long it is asked again.
const BUCKET_PATIENCE: Duration = Duration::from_secs(20);

/// Bytes of a stored file.
pub type Pieces = BoxStream<'static, object_store::Result<Bytes>>;

/// The files of this process.
#[derive(Clone, Debug)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    arriving_at: PathBuf,
    /// Bytes that a center may store.
    pub quota: u64,
    /// Who looks for malware.
    pub clamd: Option<SocketAddr>,
    /// Places for uploads under way.
    pub arriving: Arc<Semaphore>,
    /// Who looks into them, one at a time.
    pub working: Worker,
    /// Places for beginning a file and for writing a piece of a body: each one more would be a thread more, and each
    /// thread keeps memory of its own.
    pub writing: Arc<Semaphore>,
    storing: Arc<Semaphore>,
    piece: usize,
}

/// Files in memory, for tests and for commands that touch none.
impl Default for Files {
    fn default() -> Self {
        Self::of(Arc::new(InMemory::new()), std::env::temp_dir().join("gangping-arriving"))
    }
}

impl Files {
    fn of(store: Arc<dyn ObjectStore>, arriving_at: PathBuf) -> Self {
        let places = |count| Arc::new(Semaphore::new(count));
        Self {
            store,
            arriving_at,
            quota: config::Files::default().center_quota,
            clamd: None,
            arriving: places(ARRIVING),
            working: Worker::default(),
            writing: places(STORING),
            storing: places(STORING),
            piece: PIECE,
        }
    }

    /// Files in a folder of this machine, or in a bucket. What was under way when the process ended is removed.
    ///
    /// # Errors
    /// When the folder cannot be made, or the bucket does not let us in.
    pub async fn open(folder: &Path, settings: &config::Files, keys: &config::Keys) -> anyhow::Result<Self> {
        let arriving = folder.join("arriving");
        if arriving.exists() {
            fs::remove_dir_all(&arriving).with_context(|| arriving.display().to_string())?;
        }
        make(&arriving)?;
        let (store, piece): (Arc<dyn ObjectStore>, _) = match &settings.bucket {
            Some(bucket) => (in_bucket(bucket, keys).await.context("files.bucket")?, PART),
            None => {
                let stored = folder.join("stored");
                make(&stored)?;
                // Written before the row that names it says so (D-3).
                (Arc::new(LocalFileSystem::new_with_prefix(stored)?.with_fsync(true)), PIECE)
            }
        };
        Ok(Self { quota: settings.center_quota, clamd: settings.clamd, piece, ..Self::of(store, arriving) })
    }

    /// A place for bytes on their way.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn temp(&self) -> anyhow::Result<Temp> {
        fs::create_dir_all(&self.arriving_at)?;
        // Not the request's ids: several processes may share the folder.
        Ok(Temp(self.arriving_at.join(IdSource::system().unordered().to_string())))
    }

    /// Stores the file at `from` under a name.
    ///
    /// # Errors
    /// When the store fails; nothing is there then.
    pub async fn put(&self, name: &str, from: &Path) -> anyhow::Result<()> {
        let _place = self.storing.acquire().await?;
        let mut upload = self.store.put_multipart(&Name::from(name)).await?;
        let sent = send(&mut upload, from, self.piece).await;
        if sent.is_err() {
            // Nothing to do about what cannot be taken back.
            let _ = upload.abort().await;
        }
        sent
    }

    /// The bytes of a stored file.
    ///
    /// # Errors
    /// When there is none, or the store fails.
    pub async fn get(&self, name: &str) -> anyhow::Result<Pieces> {
        Ok(self.store.get(&Name::from(name)).await?.into_stream())
    }

    /// Removes a stored file, if it is there.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn remove(&self, name: &str) -> anyhow::Result<()> {
        match self.store.delete(&Name::from(name)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes every file of a center (T-11); how many they were.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn remove_center(&self, center: CenterId) -> anyhow::Result<usize> {
        let names: Vec<_> =
            self.store.list(Some(&Name::from(center.to_string()))).map_ok(|found| found.location).try_collect().await?;
        let count = names.len();
        let names = futures_util::stream::iter(names.into_iter().map(Ok)).boxed();
        self.store.delete_stream(names).try_collect::<Vec<_>>().await?;
        Ok(count)
    }
}

async fn send(upload: &mut Box<dyn MultipartUpload>, from: &Path, bytes: usize) -> anyhow::Result<()> {
    let limit = u64::try_from(bytes)?;
    let mut file = tokio::fs::File::open(from).await?;
    loop {
        let mut piece = Vec::with_capacity(bytes);
        if (&mut file).take(limit).read_to_end(&mut piece).await? == 0 {
            break;
        }
        upload.put_part(PutPayload::from(piece)).await?;
    }
    upload.complete().await?;
    Ok(())
}

/// A bucket that answers to our keys.
async fn in_bucket(bucket: &config::Bucket, keys: &config::Keys) -> anyhow::Result<Arc<dyn ObjectStore>> {
    // One cryptography for all of this process; a second start in one process finds it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let expose = |secret: &Option<config::Secret>| secret.as_ref().map(|secret| secret.expose().to_owned());
    let client = ClientOptions::new()
        .with_allow_http(bucket.endpoint.starts_with("http://"))
        .with_connect_timeout(Duration::from_secs(5))
        .with_timeout(BUCKET_PATIENCE);
    let store = AmazonS3Builder::new()
        .with_bucket_name(&bucket.name)
        .with_region(&bucket.region)
        .with_endpoint(&bucket.endpoint)
        .with_virtual_hosted_style_request(bucket.virtual_hosted)
        .with_access_key_id(expose(&keys.bucket_id).unwrap_or_default())
        .with_secret_access_key(expose(&keys.bucket_secret).unwrap_or_default())
        .with_client_options(client)
        .with_retry(RetryConfig { max_retries: 3, retry_timeout: BUCKET_PATIENCE, ..RetryConfig::default() })
        .build()?;
    // Wrong keys are told at the start, not to whoever brings the first file.
    match store.head(&Name::from("is-it-there")).await {
        Ok(_) | Err(object_store::Error::NotFound { .. }) => Ok(Arc::new(store)),
        Err(error) => Err(error.into()),
    }
}

fn make(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    private(folder)
}

#[cfg(unix)]
fn private(folder: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?)
}

/// A file that is gone with this.
#[derive(Debug)]
pub struct Temp(PathBuf);

impl Temp {
    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        // Not every place was taken.
        let _ = fs::remove_file(&self.0);
    }
}
