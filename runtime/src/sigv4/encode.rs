//! Hexadecimal digits and percent-encoding.

const UPPER: &[u8; 16] = b"0123456789ABCDEF";

/// A SHA-256 digest or a signature in lower-case hexadecimal digits.
pub(super) fn hex(digest: &[u8; 32]) -> [u8; 64] {
    let mut digits = [0; 64];
    for (pair, byte) in digits.chunks_exact_mut(2).zip(digest) {
        pair[0] = byte >> 4;
        pair[1] = byte & 15;
    }
    // Arithmetic rather than a table: the compiler works on many digits at once.
    for digit in &mut digits {
        *digit += if *digit < 10 { b'0' } else { b'a' - 10 };
    }
    digits
}

/// The reverse of [`hex`]; upper-case digits are refused, as no signer writes them.
pub(super) fn unhex(digits: &[u8]) -> Option<[u8; 32]> {
    let digits: &[u8; 64] = digits.try_into().ok()?;
    let mut digest = [0; 32];
    for (byte, pair) in digest.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = lower_digit(pair[0])? << 4 | lower_digit(pair[1])?;
    }
    Some(digest)
}

fn lower_digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

/// RFC 3986's unreserved characters, the only ones that are never percent-encoded.
pub(super) fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Writes bytes, those that are not `plain` percent-encoded.
pub(super) fn percent_encode(bytes: &[u8], plain: impl Fn(u8) -> bool, text: &mut Vec<u8>) {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| !plain(*byte)) {
        text.extend_from_slice(&rest[..at]);
        text.extend_from_slice(&escape(rest[at]));
        rest = &rest[at + 1..];
    }
    text.extend_from_slice(rest);
}

fn escape(byte: u8) -> [u8; 3] {
    [b'%', UPPER[usize::from(byte >> 4)], UPPER[usize::from(byte & 15)]]
}

/// Writes a part of a query in canonical form: decoded as a form's (`+` is a space), then percent-encoded again.
///
/// A `%` that two hexadecimal digits do not follow stands for itself.
pub(super) fn reencode_query_part(part: &str, text: &mut String) {
    let mut rest = part.as_bytes();
    while let [first, after @ ..] = rest {
        let (byte, used) = unescape(*first, after);
        push_encoded(byte, text);
        rest = &rest[used..];
    }
}

/// Writes a value as part of a query in canonical form.
pub(super) fn encode_query_part(value: &str, text: &mut String) {
    for byte in value.bytes() {
        push_encoded(byte, text);
    }
}

fn push_encoded(byte: u8, text: &mut String) {
    if is_unreserved(byte) {
        text.push(char::from(byte));
    } else {
        text.extend(escape(byte).map(char::from));
    }
}

/// The text a canonical part of a query stands for; `None` when that is not UTF-8.
pub(super) fn decode_query_part(part: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let [first, after @ ..] = rest {
        let (byte, used) = unescape(*first, after);
        decoded.push(byte);
        rest = &rest[used..];
    }
    String::from_utf8(decoded).ok()
}

/// The byte that `first` and what follows it stand for, and how many bytes say so.
fn unescape(first: u8, after: &[u8]) -> (u8, usize) {
    match (first, after) {
        (b'+', _) => (b' ', 1),
        (b'%', [high, low, ..]) => match (digit(*high), digit(*low)) {
            (Some(high), Some(low)) => (high << 4 | low, 3),
            _ => (b'%', 1),
        },
        (other, _) => (other, 1),
    }
}

fn digit(digit: u8) -> Option<u8> {
    lower_digit(digit.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reencode(part: &str) -> String {
        let mut text = String::new();
        reencode_query_part(part, &mut text);
        text
    }

    #[test]
    fn hexadecimal_digits_round_trip() {
        let digest: [u8; 32] = std::array::from_fn(|index| (index * 37) as u8);
        let digits = hex(&digest);
        assert!(digits.starts_with(b"00254a6f94"));
        assert_eq!(unhex(&digits), Some(digest));
        assert_eq!(unhex(&digits.to_ascii_uppercase()), None);
        assert_eq!(unhex(&digits[1..]), None);
        assert_eq!(unhex(&[b'g'; 64]), None);
    }

    #[test]
    fn all_but_unreserved_bytes_are_encoded() {
        let mut encoded = Vec::new();
        percent_encode("a%20b/%41+~*-_.\u{1234}".as_bytes(), |b| is_unreserved(b) || b == b'/', &mut encoded);
        assert_eq!(String::from_utf8(encoded).unwrap(), "a%2520b/%2541%2B~%2A-_.%E1%88%B4");
    }

    #[test]
    fn query_parts_are_encoded_once() {
        for (given, canonical) in [
            ("a b", "a%20b"),
            ("a+b", "a%20b"),
            ("a%20b", "a%20b"),
            ("%61%2f%2F", "a%2F%2F"),
            ("100%", "100%25"),
            ("%zz%4", "%25zz%254"),
            ("%ff", "%FF"),
            ("\u{1234}", "%E1%88%B4"),
            ("!'()*", "%21%27%28%29%2A"),
        ] {
            assert_eq!(reencode(given), canonical, "{given}");
            assert_eq!(reencode(canonical), canonical, "{given}");
        }
    }

    #[test]
    fn decoding_reverses_encoding() {
        let mut encoded = String::new();
        encode_query_part("AKID/2024+x =\u{1234}", &mut encoded);
        assert_eq!(encoded, "AKID%2F2024%2Bx%20%3D%E1%88%B4");
        assert_eq!(decode_query_part(&encoded).as_deref(), Some("AKID/2024+x =\u{1234}"));
        assert_eq!(decode_query_part("%FF"), None);
    }
}
