//! Files made by the tests: honest ones, and parts of dishonest ones.

use std::io::Write;

use flate2::{Compression, Crc, write::DeflateEncoder};
use jpeg_encoder::{ColorType, Encoder};

/// A gradient with noise enough not to vanish, three bytes a pixel.
pub fn pixels(width: usize, height: usize) -> Vec<u8> {
    let byte = |value: usize| u8::try_from(value % 256).unwrap();
    (0..width * height).flat_map(|i| [byte(i % width), byte(i / width), byte(i * 31)]).collect()
}

/// A JPEG; `prepare` may add segments.
pub fn jpeg_with(width: u16, height: u16, prepare: impl FnOnce(&mut Encoder<&mut Vec<u8>>)) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 80);
    prepare(&mut encoder);
    encoder.encode(&pixels(width.into(), height.into()), width, height, ColorType::Rgb).unwrap();
    bytes
}

/// A plain JPEG.
pub fn jpeg(width: u16, height: u16) -> Vec<u8> {
    jpeg_with(width, height, |_| {})
}

/// EXIF with an orientation and the place where a photo was taken.
pub fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x03\0".to_vec();
    tiff.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    tiff.extend([0x0F, 0x01, 2, 0, 12, 0, 0, 0, 50, 0, 0, 0]);
    tiff.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 62, 0, 0, 0]);
    tiff.extend([0, 0, 0, 0]);
    tiff.extend(b"canary maker");
    // The latitude's letter.
    tiff.extend([1, 0, 1, 0, 2, 0, 2, 0, 0, 0, b'N', 0, 0, 0, 0, 0, 0, 0]);
    tiff
}

/// A PNG of one color kind.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    png_with(width, height, |_| {})
}

/// A PNG; `prepare` may add chunks.
pub fn png_with(width: u32, height: u32, prepare: impl FnOnce(&mut png::Encoder<'_, &mut Vec<u8>>)) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    prepare(&mut encoder);
    let data = pixels(width.try_into().unwrap(), height.try_into().unwrap());
    encoder.write_header().unwrap().write_image_data(&data).unwrap();
    bytes
}

/// A PNG that says it is so large, and holds next to nothing.
pub fn png_of_size(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1A\n".to_vec();
    let mut header = width.to_be_bytes().to_vec();
    header.extend(height.to_be_bytes());
    header.extend([8, 6, 0, 0, 0]);
    for (kind, data) in [(b"IHDR", header.as_slice()), (b"IDAT", &deflated(&[0; 64])), (b"IEND", &[])] {
        bytes.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        let mut crc = Crc::new();
        crc.update(kind);
        crc.update(data);
        bytes.extend(kind);
        bytes.extend(data);
        bytes.extend(crc.sum().to_be_bytes());
    }
    bytes
}

/// A JPEG whose frame header says another size, or another kind of frame.
pub fn jpeg_of_size(width: u16, height: u16, frame: u8) -> Vec<u8> {
    let mut bytes = jpeg(16, 16);
    let at = bytes.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    bytes[at + 1] = frame;
    bytes[at + 5..at + 7].copy_from_slice(&height.to_be_bytes());
    bytes[at + 7..at + 9].copy_from_slice(&width.to_be_bytes());
    bytes
}

/// A WebP.
pub fn webp(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let data = pixels(width.try_into().unwrap(), height.try_into().unwrap());
    image_webp::WebPEncoder::new(&mut bytes).encode(&data, width, height, image_webp::ColorType::Rgb8).unwrap();
    bytes
}

/// A WebP in the extended form that says it is so large.
pub fn webp_of_size(width: u32, height: u32, flags: u8) -> Vec<u8> {
    let mut body = b"WEBPVP8X\x0A\0\0\0".to_vec();
    body.extend([flags, 0, 0, 0]);
    body.extend(&(width - 1).to_le_bytes()[..3]);
    body.extend(&(height - 1).to_le_bytes()[..3]);
    body.extend(&webp(8, 8)[12..]);
    let mut bytes = b"RIFF".to_vec();
    bytes.extend(u32::try_from(body.len()).unwrap().to_le_bytes());
    bytes.extend(body);
    bytes
}

/// A WebP of one frame that says it moves.
pub fn webp_animated() -> Vec<u8> {
    let image = &webp(8, 8)[12..];
    let mut body = b"WEBPVP8X\x0A\0\0\0\x02\0\0\0\x07\0\0\x07\0\0ANIM\x06\0\0\0\0\0\0\0\0\0ANMF".to_vec();
    body.extend(u32::try_from(16 + image.len()).unwrap().to_le_bytes());
    body.extend(b"\0\0\0\0\0\0\x07\0\0\x07\0\0\x64\0\0\0");
    body.extend(image);
    let mut bytes = b"RIFF".to_vec();
    bytes.extend(u32::try_from(body.len()).unwrap().to_le_bytes());
    bytes.extend(body);
    bytes
}

/// A PDF of so many bytes.
pub fn pdf(length: usize) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n".to_vec();
    let end = b"\ntrailer << /Root 1 0 R >>\n%%EOF\n";
    while bytes.len() + end.len() < length {
        bytes.push(b' ');
    }
    bytes.extend(end);
    bytes
}

/// An entry of a zip: what is said of it may be another than what it is.
pub struct Entry {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub data: Vec<u8>,
    /// How long it is said to be unpacked.
    pub says: Option<u32>,
    /// Its flags.
    pub flags: u16,
}

/// An honest entry.
pub fn entry(name: &str, data: &[u8]) -> Entry {
    Entry { name: name.to_owned(), data: data.to_vec(), says: None, flags: 0 }
}

/// The entries of a workbook.
pub fn workbook() -> Vec<Entry> {
    vec![entry("[Content_Types].xml", b"<Types/>"), entry("xl/workbook.xml", &b"<workbook/>".repeat(50))]
}

/// The entries of a text.
pub fn text() -> Vec<Entry> {
    vec![entry("[Content_Types].xml", b"<Types/>"), entry("word/document.xml", &b"<document/>".repeat(50))]
}

/// A zip of entries.
pub fn zip(entries: &[Entry]) -> Vec<u8> {
    let (mut bytes, mut list) = (Vec::new(), Vec::new());
    for Entry { name, data, says, flags } in entries {
        let packed = deflated(data);
        let raw = &packed[2..packed.len() - 4];
        let at = u32::try_from(bytes.len()).unwrap();
        let length = |length: usize| u32::try_from(length).unwrap().to_le_bytes();
        let says = says.map_or(length(data.len()), u32::to_le_bytes);
        let mut crc = Crc::new();
        crc.update(data);
        let mut common = vec![20, 0];
        common.extend(flags.to_le_bytes());
        common.extend([8, 0, 0, 0, 0, 0]);
        common.extend(crc.sum().to_le_bytes());
        common.extend(length(raw.len()));
        common.extend(says);
        common.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        common.extend([0, 0]);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&common);
        bytes.extend(name.as_bytes());
        bytes.extend(raw);
        list.extend(b"PK\x01\x02\x14\0");
        list.extend(&common);
        list.extend([0; 10]);
        list.extend(at.to_le_bytes());
        list.extend(name.as_bytes());
    }
    let count = u16::try_from(entries.len()).unwrap().to_le_bytes();
    let from = u32::try_from(bytes.len()).unwrap();
    let size = u32::try_from(list.len()).unwrap();
    bytes.extend(list);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(count);
    bytes.extend(count);
    bytes.extend(size.to_le_bytes());
    bytes.extend(from.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

/// Packed, with the frame of zlib.
fn deflated(data: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(vec![0x78, 0x9C], Compression::best());
    encoder.write_all(data).unwrap();
    let mut bytes = encoder.finish().unwrap();
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in data {
        a = (a + u32::from(*byte)) % 65521;
        b = (b + a) % 65521;
    }
    bytes.extend((b << 16 | a).to_be_bytes());
    bytes
}
