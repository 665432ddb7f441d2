//! Decoders of pictures, each within the budget of `picture`.

use std::io::{BufReader, Seek, SeekFrom};

use jpeg_decoder::{Decoder as Jpeg, PixelFormat};
use png::{ColorType, Transformations};

use super::{
    inspect::refused,
    picture::{BUDGET, Form, Pixels, Size, Timed, check_size, mean},
};
use crate::error::Result;

type Source = BufReader<Timed>;
/// A picture, and the EXIF that came with it.
type Decoded = (Pixels, Option<Vec<u8>>);

/// What the frame header of a JPEG says.
struct Frame {
    size: Size,
    progressive: bool,
    /// Horizontal and vertical sampling of each component.
    components: Vec<(usize, usize)>,
}

impl Frame {
    /// Bytes that decoding at 1/`shrink` takes: planes and pixels, and of a progressive one first every coefficient, and
    /// those of its largest plane twice.
    fn cost(&self, pixels: usize, shrink: usize) -> usize {
        let most: usize = self.components.iter().map(|(h, v)| h * v).max().unwrap_or(1).max(1);
        let all: usize = self.components.iter().map(|(h, v)| h * v).sum();
        let planes = pixels * all / most;
        let coefficients = if self.progressive { 2 * planes + 2 * pixels } else { 0 };
        coefficients + (planes + pixels * self.components.len()) / (shrink * shrink)
    }
}

/// A JPEG, as large as the budget lets it be.
pub fn jpeg(mut reader: Source) -> Result<Decoded> {
    let damaged = |_| refused("files.damaged");
    let frame = frame(&mut reader).ok_or_else(|| refused("files.damaged"))?;
    let pixels = check_size(frame.size)?;
    let shrink = [1, 2, 4, 8].into_iter().find(|shrink| frame.cost(pixels, *shrink) <= BUDGET);
    let shrink = shrink.ok_or_else(|| refused("files.image_not_streamed"))?;
    reader.seek(SeekFrom::Start(0)).map_err(anyhow::Error::from)?;
    let mut decoder = Jpeg::new(reader);
    decoder.set_max_decoding_buffer_size(BUDGET);
    let side = |length: usize| u16::try_from(length.div_ceil(shrink)).unwrap_or(u16::MAX);
    decoder.scale(side(frame.size.0), side(frame.size.1)).map_err(damaged)?;
    let bytes = decoder.decode().map_err(damaged)?;
    let info = decoder.info().ok_or_else(|| refused("files.damaged"))?;
    let form = match info.pixel_format {
        PixelFormat::L8 => Form::Gray,
        PixelFormat::RGB24 => Form::Rgb,
        PixelFormat::CMYK32 => Form::Cmyk,
        PixelFormat::L16 => return Err(refused("files.damaged")),
    };
    let exif = decoder.exif_data().map(<[u8]>::to_vec);
    Ok((Pixels { size: (info.width.into(), info.height.into()), form, bytes }, exif))
}

/// Reads segments up to the frame header; none of a kind that is not decoded.
fn frame(reader: &mut Source) -> Option<Frame> {
    use std::io::Read;
    let mut byte = [0; 1];
    let mut next = |reader: &mut Source| reader.read_exact(&mut byte).ok().map(|()| byte[0]);
    (next(reader)? == 0xFF && next(reader)? == 0xD8).then_some(())?;
    loop {
        while next(reader)? != 0xFF {}
        let mut marker = next(reader)?;
        while marker == 0xFF {
            marker = next(reader)?;
        }
        let length = match marker {
            0x00 | 0x01 | 0xD0..=0xD7 => continue,
            _ => usize::from(u16::from_be_bytes([next(reader)?, next(reader)?])),
        };
        match marker {
            0xC0..=0xC2 => {
                let mut body = vec![0; length.checked_sub(2)?];
                reader.read_exact(&mut body).ok()?;
                let [_, high, low, wide, narrow, _, components @ ..] = body.as_slice() else { return None };
                let size = (u16::from_be_bytes([*wide, *narrow]).into(), u16::from_be_bytes([*high, *low]).into());
                let sampling = |part: &[u8]| part.get(1).map(|byte| (usize::from(byte >> 4), usize::from(byte & 15)));
                let components = components.chunks_exact(3).filter_map(sampling).collect();
                return Some(Frame { size, progressive: marker == 0xC2, components });
            }
            // A frame of another kind, the end, or data before a frame.
            0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF | 0xD9 | 0xDA => return None,
            _ => reader.seek_relative(i64::try_from(length.checked_sub(2)?).ok()?).ok()?,
        }
    }
}

/// A PNG, row by row, each pixel the mean of those that it stands for.
pub fn png(reader: Source) -> Result<Decoded> {
    let damaged = |_| refused("files.damaged");
    let mut decoder = png::Decoder::new_with_limits(reader, png::Limits { bytes: 8 << 20 });
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_transformations(Transformations::normalize_to_color8());
    let (width, height) = decoder.read_header_info().map_err(damaged)?.size();
    let side = |length: u32| usize::try_from(length).unwrap_or(usize::MAX);
    let size = (side(width), side(height));
    check_size(size)?;
    let mut reader = decoder.read_info().map_err(damaged)?;
    let exif = reader.info().exif_metadata.as_deref().map(<[u8]>::to_vec);
    let (channels, opaque) = match reader.output_color_type().0 {
        ColorType::Grayscale => (1, Form::Gray),
        ColorType::GrayscaleAlpha => (2, Form::Gray),
        ColorType::Rgb => (3, Form::Rgb),
        ColorType::Rgba => (4, Form::Rgba),
        ColorType::Indexed => return Err(refused("files.damaged")),
    };
    let mut shrink = Shrink::new(size, channels, opaque);
    if reader.info().interlaced {
        let length = reader.output_buffer_size().filter(|length| *length <= BUDGET / 2);
        let mut whole = vec![0; length.ok_or_else(|| refused("files.image_not_streamed"))?];
        reader.next_frame(&mut whole).map_err(damaged)?;
        whole.chunks_exact(size.0 * channels).for_each(|row| shrink.row(row));
    } else {
        while let Some(row) = reader.next_row().map_err(damaged)? {
            shrink.row(row.data());
        }
    }
    Ok((shrink.finish(), exif))
}

/// Takes a picture in row by row and keeps a smaller one.
struct Shrink {
    from: Size,
    by: usize,
    channels: usize,
    form: Form,
    sums: Vec<[u32; 3]>,
    rows: u32,
    made: Pixels,
}

impl Shrink {
    fn new(from: Size, channels: usize, form: Form) -> Self {
        let to = |by: usize| (from.0.div_ceil(by), from.1.div_ceil(by));
        let by = (1..).find(|by| to(*by).0 * to(*by).1 * 3 <= BUDGET / 2).unwrap_or(1);
        let size = to(by);
        let made = Pixels { size, form: Form::Rgb, bytes: Vec::with_capacity(size.0 * size.1 * 3) };
        Self { from, by, channels, form, sums: vec![[0; 3]; size.0], rows: 0, made }
    }

    fn row(&mut self, row: &[u8]) {
        for (x, pixel) in row.chunks_exact(self.channels).enumerate() {
            let color = match pixel {
                [light, opacity] => Form::Rgba.rgb(&[*light, *light, *light, *opacity]),
                _ => self.form.rgb(pixel),
            };
            if let Some(sums) = self.sums.get_mut(x / self.by) {
                sums.iter_mut().zip(color).for_each(|(sum, value)| *sum += u32::from(value));
            }
        }
        self.rows += 1;
        if usize::try_from(self.rows) == Ok(self.by) {
            self.keep();
        }
    }

    fn keep(&mut self) {
        let (width, by, rows) = (self.from.0, self.by, self.rows);
        for (x, sums) in self.sums.iter_mut().enumerate() {
            let columns = u32::try_from(by.min(width - x * by)).unwrap_or(1);
            self.made.bytes.extend(sums.map(|sum| mean(sum, columns * rows)));
            *sums = [0; 3];
        }
        self.rows = 0;
    }

    fn finish(mut self) -> Pixels {
        if self.rows > 0 {
            self.keep();
        }
        self.made
    }
}

/// A WebP, which is decoded whole.
pub fn webp(mut reader: Source) -> Result<Decoded> {
    let damaged = |_| refused("files.damaged");
    let length = reader.seek(SeekFrom::End(0)).map_err(anyhow::Error::from)?;
    reader.seek(SeekFrom::Start(0)).map_err(anyhow::Error::from)?;
    let mut decoder = image_webp::WebPDecoder::new(reader).map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    let size = (usize::try_from(width).unwrap_or(usize::MAX), usize::try_from(height).unwrap_or(usize::MAX));
    let pixels = check_size(size)?;
    if decoder.is_animated() {
        return Err(refused("files.animated"));
    }
    // Planes or a copy with opacity, the pixels, and the packed data itself.
    let cost = pixels * if decoder.is_lossy() { 6 } else { 8 } + usize::try_from(length).unwrap_or(usize::MAX);
    if cost > BUDGET {
        return Err(refused("files.image_not_streamed"));
    }
    decoder.set_memory_limit(BUDGET);
    let form = if decoder.has_alpha() { Form::Rgba } else { Form::Rgb };
    let mut bytes = vec![0; pixels * form.bytes()];
    decoder.read_image(&mut bytes).map_err(damaged)?;
    let exif = decoder.exif_metadata().ok().flatten();
    Ok((Pixels { size, form, bytes }, exif))
}

/// How a picture is turned, by its EXIF; 1 is upright.
pub fn orientation(exif: &[u8]) -> u8 {
    const ORIENTATION: u16 = 0x0112;
    let found = || {
        let big = match exif.get(..4)? {
            b"MM\0*" => true,
            b"II*\0" => false,
            _ => return None,
        };
        let short = |at: usize| {
            let bytes = *exif.get(at..)?.first_chunk()?;
            Some(if big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
        };
        let long: [u8; 4] = *exif.get(4..)?.first_chunk()?;
        let at = usize::try_from(if big { u32::from_be_bytes(long) } else { u32::from_le_bytes(long) }).ok()?;
        let entries = usize::from(short(at)?);
        let entry = (0..entries).map(|entry| at + 2 + entry * 12).find(|at| short(*at) == Some(ORIENTATION))?;
        u8::try_from(short(entry + 8)?).ok().filter(|turn| (1..=8).contains(turn))
    };
    found().unwrap_or(1)
}
