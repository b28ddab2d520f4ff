//! Unpacks the bytes of streams, within a limit. Pictures stay packed.

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};

use super::object::{Dict, Object, hexadecimal};

/// Limit of filters on one stream.
const MOST: usize = 4;

/// Unpacks a stream to at most `limit` bytes; one more byte shows that the limit is exceeded. Of damaged bytes, the
/// part before the damage is unpacked. Empty for pictures and unknown filters.
pub(super) fn unpack(dict: &Dict, packed: &[u8], limit: usize) -> Vec<u8> {
    let filters = list(dict.get("Filter").or_else(|| dict.get("F")));
    let params = list(dict.get("DecodeParms").or_else(|| dict.get("DP")));
    if filters.len() > MOST {
        return Vec::new();
    }
    let none = Dict::new();
    let mut bytes: Option<Vec<u8>> = None;
    for (at, filter) in filters.iter().enumerate() {
        let from = bytes.as_deref().unwrap_or(packed);
        let params = if let Some(Object::Dict(params)) = params.get(at) { params } else { &none };
        let unpacked = match filter.name().unwrap_or_default() {
            "FlateDecode" | "Fl" => predicted(params, flate(from, limit), limit),
            "LZWDecode" | "LZW" => predicted(params, lzw(from, params, limit), limit),
            "ASCII85Decode" | "A85" => ascii85(from),
            "ASCIIHexDecode" | "AHx" => hexadecimal(from.split(|&byte| byte == b'>').next().unwrap_or_default()),
            "RunLengthDecode" | "RL" => run_length(from, limit),
            _ => return Vec::new(),
        };
        bytes = Some(unpacked);
    }
    bytes.unwrap_or_else(|| packed[..packed.len().min(limit + 1)].to_vec())
}

/// One object, or the objects of an array.
fn list(object: Option<&Object>) -> &[Object] {
    match object {
        Some(Object::Array(array)) => array,
        Some(object) => std::slice::from_ref(object),
        None => &[],
    }
}

fn flate(packed: &[u8], limit: usize) -> Vec<u8> {
    let most = limit as u64 + 1;
    let mut bytes = Vec::new();
    // After an error, the bytes that were unpacked before it are kept.
    let _ = ZlibDecoder::new(packed).take(most).read_to_end(&mut bytes);
    if bytes.is_empty() && packed.len() > 2 {
        let _ = DeflateDecoder::new(&packed[2..]).take(most).read_to_end(&mut bytes);
    }
    bytes
}

fn lzw(packed: &[u8], params: &Dict, limit: usize) -> Vec<u8> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    let early = usize::from(params.get("EarlyChange").and_then(Object::number) != Some(0.0));
    // The place in `bytes` of the string of each code above 257.
    let mut strings: Vec<(usize, usize)> = Vec::new();
    let mut bytes: Vec<u8> = Vec::new();
    let mut previous: Option<(usize, usize)> = None;
    let (mut held, mut bits, mut width) = (0u32, 0u32, 9u32);
    for &byte in packed {
        held = held << 8 | u32::from(byte);
        bits += 8;
        if bits < width {
            continue;
        }
        bits -= width;
        let code = (held >> bits) as usize & ((1 << width) - 1);
        match code {
            CLEAR => {
                strings.clear();
                (previous, width) = (None, 9);
                continue;
            }
            END => break,
            _ => {}
        }
        let start = bytes.len();
        match (code, strings.get(code.saturating_sub(258)), previous) {
            (0..=255, ..) => bytes.push(code as u8),
            (_, Some(&(from, to)), _) => bytes.extend_from_within(from..to),
            (_, None, Some((from, to))) => {
                bytes.extend_from_within(from..to);
                bytes.push(bytes[from]);
            }
            (_, None, None) => break,
        }
        if let Some((from, to)) = previous.filter(|_| strings.len() < 4096 - 258) {
            // The previous string and the first byte of this one are adjacent.
            strings.push((from, to + 1));
        }
        previous = Some((start, bytes.len()));
        width = match strings.len() + 258 + early {
            0..=511 => 9,
            512..=1023 => 10,
            1024..=2047 => 11,
            _ => 12,
        };
        if bytes.len() > limit {
            break;
        }
    }
    bytes
}

fn ascii85(packed: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(packed.len() / 5 * 4);
    let mut group: Vec<u8> = Vec::with_capacity(5);
    for &byte in packed {
        match byte {
            b'~' => break,
            b'z' if group.is_empty() => bytes.extend([0; 4]),
            b'!'..=b'u' => group.push(byte - b'!'),
            _ => continue,
        }
        if group.len() == 5 {
            bytes.extend(base85(&group));
            group.clear();
        }
    }
    if group.len() > 1 {
        let whole = group.len() - 1;
        group.resize(5, 84);
        bytes.extend(&base85(&group)[..whole]);
    }
    bytes
}

fn base85(group: &[u8]) -> [u8; 4] {
    group.iter().fold(0u32, |sum, &digit| sum.wrapping_mul(85).wrapping_add(u32::from(digit))).to_be_bytes()
}

fn run_length(packed: &[u8], limit: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut at = 0;
    while let Some(&length) = packed.get(at).filter(|_| bytes.len() <= limit) {
        at += 1;
        match length {
            0..=127 => {
                let end = (at + usize::from(length) + 1).min(packed.len());
                bytes.extend(&packed[at..end]);
                at = end;
            }
            128 => break,
            _ => {
                let Some(&byte) = packed.get(at) else { break };
                bytes.extend(std::iter::repeat_n(byte, 257 - usize::from(length)));
                at += 1;
            }
        }
    }
    bytes
}

/// Undoes the predictor: each row was stored as the difference to its neighbours, so that it packs better.
fn predicted(params: &Dict, bytes: Vec<u8>, limit: usize) -> Vec<u8> {
    let param = |name: &str, other: usize| params.get(name).and_then(Object::number).map_or(other, |n| n as usize);
    if param("Predictor", 1) < 10 || bytes.len() > limit {
        return bytes;
    }
    let bits = param("Colors", 1).clamp(1, 32) * param("BitsPerComponent", 8).clamp(1, 16);
    let pixel = bits.div_ceil(8);
    let row = (bits * param("Columns", 1).clamp(1, 1 << 20)).div_ceil(8);
    let mut plain: Vec<u8> = Vec::with_capacity(bytes.len());
    for packed in bytes.chunks(row + 1) {
        let start = plain.len();
        for (at, &byte) in packed[1..].iter().enumerate() {
            let left = if at >= pixel { plain[start + at - pixel] } else { 0 };
            let up = if start >= row { plain[start - row + at] } else { 0 };
            let corner = if at >= pixel && start >= row { plain[start - row + at - pixel] } else { 0 };
            let predicted = match packed[0] {
                1 => left,
                2 => up,
                3 => ((u16::from(left) + u16::from(up)) / 2) as u8,
                4 => paeth(left, up, corner),
                _ => 0,
            };
            plain.push(byte.wrapping_add(predicted));
        }
    }
    plain
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let [a, b, c] = [left, up, corner].map(i16::from);
    let (to_left, to_up, to_corner) = ((b - c).abs(), (a - c).abs(), (a + b - 2 * c).abs());
    if to_left <= to_up && to_left <= to_corner {
        left
    } else if to_up <= to_corner {
        up
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filtered(filter: &str, params: Object, packed: &[u8]) -> Vec<u8> {
        let dict = Dict::from([("Filter".into(), Object::Name(filter.into())), ("DecodeParms".into(), params)]);
        unpack(&dict, packed, 1000)
    }

    #[test]
    fn filters_are_undone() {
        for (filter, packed, plain) in [
            ("ASCIIHexDecode", &b"48 65 6C6c 6f>zz"[..], &b"Hello"[..]),
            ("ASCII85Decode", b"87cUR\nD]i,\"Ebo7~>", b"Hello World"),
            ("RunLengthDecode", b"\x01He\xffl\x00o\x80xx", b"Hello"),
            // The example of the standard.
            ("LZWDecode", b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", b"-----A---B"),
            ("DCTDecode", b"a picture", b""),
        ] {
            assert_eq!(filtered(filter, Object::Null, packed), plain, "{filter}");
        }
    }

    #[test]
    fn code_width_grows_with_the_number_of_codes() {
        let plain: Vec<u8> = (0..600u32).map(|n| (n * n % 251) as u8).collect();
        // Each byte is written as its own code; the width grows nevertheless.
        let (mut packed, mut held, mut bits) = (Vec::new(), 0u32, 0);
        for (at, code) in std::iter::once(256).chain(plain.iter().map(|&byte| u32::from(byte))).enumerate() {
            let width = if at <= 254 { 9 } else { 10 };
            (held, bits) = (held << width | code, bits + width);
            while bits >= 8 {
                bits -= 8;
                packed.push((held >> bits) as u8);
            }
        }
        packed.push((held << (8 - bits)) as u8);
        assert_eq!(filtered("LZWDecode", Object::Null, &packed)[..599], plain[..599]);
    }

    #[test]
    fn predictors_are_undone() {
        let params = Object::Dict(Dict::from([
            ("Predictor".into(), Object::Number(12.0)),
            ("Columns".into(), Object::Number(3.0)),
        ]));
        let mut packed = Vec::new();
        flate2::read::ZlibEncoder::new(&[0, 1, 2, 3, 2, 1, 1, 1, 1, 5, 1, 1][..], flate2::Compression::fast())
            .read_to_end(&mut packed)
            .unwrap();
        assert_eq!(filtered("FlateDecode", params, &packed), [1, 2, 3, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn the_limit_is_kept() {
        let mut packed = Vec::new();
        flate2::read::ZlibEncoder::new(std::io::repeat(b'x').take(1 << 20), flate2::Compression::best())
            .read_to_end(&mut packed)
            .unwrap();
        assert_eq!(filtered("FlateDecode", Object::Null, &packed).len(), 1001);
        assert_eq!(filtered("FlateDecode", Object::Null, &packed[..packed.len() / 2]).len(), 1001);
        assert_eq!(filtered("RunLengthDecode", Object::Null, &b"\x81x".repeat(100)).len(), 1024);
    }
}
