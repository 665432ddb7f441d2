//! Pictures made anew (I-2): decoded, turned upright, encoded as JPEG without anything else that was in the file.
//!
//! A picture of 40 megapixels would take 160 MB in memory. So at most one is decoded at a time, and none takes more than
//! [`BUDGET`]: a JPEG is decoded at 1/2, 1/4 or 1/8 of its size where the whole does not fit, a PNG row by row. What has
//! to be decoded whole (progressive JPEG, interlaced PNG, WebP) is refused where that does not fit.

use std::{
    fs::File,
    io::{self, BufReader, BufWriter, Read, Seek, Write},
    path::Path,
    time::{Duration, Instant},
};

use domain::files::{FileKind, MAX_PIXELS, THUMBNAIL_SIDE};
use jpeg_encoder::{Encoder, ImageBuffer, JpegColorType, rgb_to_ycbcr};

use super::{decode, inspect::refused};
use crate::error::Result;

/// Bytes that decoding one picture may take.
pub const BUDGET: usize = 22 * 1024 * 1024;
/// The longest side that is decoded: a row has to fit as well.
const SIDE: usize = 20_000;
/// How long one picture may take: some are made to take hours.
const PATIENCE: Duration = Duration::from_secs(20);
const QUALITY: u8 = 84;

/// Width and height.
pub type Size = (usize, usize);

/// What the bytes of a pixel are.
#[derive(Clone, Copy)]
pub enum Form {
    /// One of light.
    Gray,
    /// Three of color.
    Rgb,
    /// Three of color, one of opacity.
    Rgba,
    /// Four of ink, as decoded: the more, the darker.
    Cmyk,
}

/// A decoded picture.
pub struct Pixels {
    /// Its size.
    pub size: Size,
    /// What its bytes are.
    pub form: Form,
    /// Row by row.
    pub bytes: Vec<u8>,
}

/// Makes a picture and its thumbnail out of the file at `from`; the size of the picture made.
///
/// # Errors
/// [`Error::Invalid`](crate::error::Error::Invalid) when it is too large or no picture after all.
pub fn remake(kind: FileKind, from: &Path, to: &Path, thumbnail: &Path) -> Result<Size> {
    let file = File::open(from).map_err(anyhow::Error::from)?;
    let reader = BufReader::new(Timed { file, until: Instant::now() + PATIENCE });
    let (pixels, exif) = match kind {
        FileKind::Jpeg => decode::jpeg(reader)?,
        FileKind::Png => decode::png(reader)?,
        _ => decode::webp(reader)?,
    };
    let view = View { pixels: &pixels, turn: exif.as_deref().map_or(1, decode::orientation) };
    save(&view, to)?;
    let small = thumbnail_of(&view);
    save(&View { pixels: &small, turn: 1 }, thumbnail)?;
    Ok(view.size())
}

/// Refuses what is too large before it is decoded.
pub fn check_size((width, height): Size) -> Result<usize> {
    let pixels = width.saturating_mul(height);
    let most = usize::try_from(MAX_PIXELS).unwrap_or(usize::MAX);
    if pixels == 0 {
        return Err(refused("files.damaged"));
    }
    if pixels > most || width > SIDE || height > SIDE { Err(refused("files.image_too_large")) } else { Ok(pixels) }
}

fn save(view: &View<'_>, to: &Path) -> Result<()> {
    let mut file = BufWriter::new(File::create(to).map_err(anyhow::Error::from)?);
    Encoder::new(&mut file, QUALITY).encode_image(view).map_err(anyhow::Error::from)?;
    file.flush().map_err(anyhow::Error::from)?;
    Ok(())
}

/// Each pixel the mean of those that it stands for.
fn thumbnail_of(view: &View<'_>) -> Pixels {
    let (width, height) = view.size();
    let side = usize::try_from(THUMBNAIL_SIDE).unwrap_or(1);
    let longest = width.max(height).max(side);
    let small = ((width * side / longest).max(1), (height * side / longest).max(1));
    let mut bytes = Vec::with_capacity(small.0 * small.1 * 3);
    for y in 0..small.1 {
        for x in 0..small.0 {
            let (mut sum, mut count) = ([0_u32; 3], 0);
            for from_y in y * height / small.1..((y + 1) * height / small.1) {
                for from_x in x * width / small.0..((x + 1) * width / small.0) {
                    let pixel = view.at(from_x, from_y);
                    sum.iter_mut().zip(pixel).for_each(|(sum, value)| *sum += u32::from(value));
                    count += 1;
                }
            }
            bytes.extend(sum.map(|sum| mean(sum, count)));
        }
    }
    Pixels { size: small, form: Form::Rgb, bytes }
}

/// The mean of `count` bytes.
pub fn mean(sum: u32, count: u32) -> u8 {
    u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX)
}

impl Form {
    /// Bytes of a pixel.
    pub const fn bytes(self) -> usize {
        match self {
            Self::Gray => 1,
            Self::Rgb => 3,
            Self::Rgba | Self::Cmyk => 4,
        }
    }

    /// A pixel's color, before white.
    pub fn rgb(self, pixel: &[u8]) -> [u8; 3] {
        match (self, pixel) {
            (Self::Rgb, [r, g, b, ..]) => [*r, *g, *b],
            (Self::Rgba, [r, g, b, opacity]) => [*r, *g, *b].map(|value| mix(value, *opacity) + (u8::MAX - *opacity)),
            (Self::Cmyk, [c, m, y, k]) => [*c, *m, *y].map(|ink| mix(u8::MAX - ink, u8::MAX - *k)),
            (_, [light, ..]) => [*light; 3],
            _ => [u8::MAX; 3],
        }
    }
}

/// So much of a value.
fn mix(value: u8, part: u8) -> u8 {
    u8::try_from(u16::from(value) * u16::from(part) / 255).unwrap_or(u8::MAX)
}

/// A picture seen upright: turned as it is read, so that no second one is made of it.
struct View<'a> {
    pixels: &'a Pixels,
    /// As EXIF numbers them, 1 to 8.
    turn: u8,
}

impl View<'_> {
    const fn size(&self) -> Size {
        let (width, height) = self.pixels.size;
        if self.turn >= 5 { (height, width) } else { (width, height) }
    }

    fn at(&self, x: usize, y: usize) -> [u8; 3] {
        let (width, height) = self.pixels.size;
        let (x, y) = match self.turn {
            2 => (width - 1 - x, y),
            3 => (width - 1 - x, height - 1 - y),
            4 => (x, height - 1 - y),
            5 => (y, x),
            6 => (y, height - 1 - x),
            7 => (width - 1 - y, height - 1 - x),
            8 => (width - 1 - y, x),
            _ => (x, y),
        };
        let length = self.pixels.form.bytes();
        let from = (y * width + x) * length;
        self.pixels.form.rgb(self.pixels.bytes.get(from..from + length).unwrap_or_default())
    }
}

impl ImageBuffer for &View<'_> {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        JpegColorType::Ycbcr
    }

    fn width(&self) -> u16 {
        u16::try_from(self.size().0).unwrap_or(u16::MAX)
    }

    fn height(&self) -> u16 {
        u16::try_from(self.size().1).unwrap_or(u16::MAX)
    }

    fn fill_buffers(&self, y: u16, buffers: &mut [Vec<u8>; 4]) {
        let [light, blue, red, _] = buffers;
        for x in 0..self.size().0 {
            let [r, g, b] = self.at(x, y.into());
            let (y, cb, cr) = rgb_to_ycbcr(r, g, b);
            light.push(y);
            blue.push(cb);
            red.push(cr);
        }
    }
}

/// A file that is not read for ever.
pub struct Timed {
    file: File,
    until: Instant,
}

impl Read for Timed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if Instant::now() > self.until {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.file.read(buffer)
    }
}

impl Seek for Timed {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_orientation_puts_the_first_pixel_where_exif_says() {
        // Three by two, each pixel its own light.
        let pixels = Pixels { size: (3, 2), form: Form::Gray, bytes: vec![0, 1, 2, 3, 4, 5] };
        for (turn, rows) in [
            (1, vec![vec![0, 1, 2], vec![3, 4, 5]]),
            (2, vec![vec![2, 1, 0], vec![5, 4, 3]]),
            (3, vec![vec![5, 4, 3], vec![2, 1, 0]]),
            (4, vec![vec![3, 4, 5], vec![0, 1, 2]]),
            (5, vec![vec![0, 3], vec![1, 4], vec![2, 5]]),
            (6, vec![vec![3, 0], vec![4, 1], vec![5, 2]]),
            (7, vec![vec![5, 2], vec![4, 1], vec![3, 0]]),
            (8, vec![vec![2, 5], vec![1, 4], vec![0, 3]]),
        ] {
            let view = View { pixels: &pixels, turn };
            let (width, height) = view.size();
            let seen: Vec<Vec<u8>> = (0..height).map(|y| (0..width).map(|x| view.at(x, y)[0]).collect()).collect();
            assert_eq!(seen, rows, "orientation {turn}");
        }
    }

    #[test]
    fn what_is_transparent_is_white_and_ink_darkens() {
        assert_eq!(Form::Rgba.rgb(&[9, 9, 9, 0]), [255; 3]);
        assert_eq!(Form::Rgba.rgb(&[9, 8, 7, 255]), [9, 8, 7]);
        assert_eq!(Form::Cmyk.rgb(&[0, 0, 0, 0]), [255; 3]);
        assert_eq!(Form::Cmyk.rgb(&[0, 0, 0, 255]), [0; 3]);
    }
}
