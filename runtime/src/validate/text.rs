//! What a text looks like, and how much of it messages show.

use std::borrow::Cow;

/// Longer texts are cut in messages.
const SHOWN: usize = 1024;

/// The text, or its beginning and how long it is.
pub(super) fn shortened(text: &str) -> Cow<'_, str> {
    if text.len() <= SHOWN {
        return Cow::Borrowed(text);
    }
    let mut end = SHOWN;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Cow::Owned(format!("{}… ({} bytes)", &text[..end], text.len()))
}

/// The number a text stands for, if it is spelt as a number is printed: `5`, `-1.5`, but not `05` or `1e3`.
pub(super) fn number(text: &str) -> Option<f64> {
    match text {
        "NaN" => return Some(f64::NAN),
        "Infinity" => return Some(f64::INFINITY),
        "-Infinity" => return Some(f64::NEG_INFINITY),
        _ => {}
    }
    // What else `parse` takes (`1e3`, `+5`, `05`) does not print the same, except for `inf`.
    let number: f64 = text.parse().ok().filter(|number: &f64| number.is_finite())?;
    (text.len() < 32 && number.to_string() == text).then_some(number)
}

/// Whether the text is a decimal number of any size.
pub(super) fn is_number(text: &str) -> bool {
    let unsigned = |text| str::strip_prefix(text, ['+', '-']).unwrap_or(text);
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = unsigned(mantissa).split_once('.').unwrap_or((unsigned(mantissa), ""));
    let (exponent, ends_well) = (unsigned(exponent), text.ends_with(|c: char| c.is_ascii_digit()));
    ends_well
        && is_digits(whole)
        && is_digits(fraction)
        && is_digits(exponent)
        && whole.len() + fraction.len() > 0
        && !exponent.is_empty()
}

/// How many bytes a base64 text stands for.
pub(super) fn decoded_len(base64: &str) -> u64 {
    let digits = base64.trim_end_matches('=').len() as u64;
    digits / 4 * 3 + digits % 4 * 3 / 4
}

/// `2018-05-10T00:00:00.5Z`, or with an offset; or `Thu, 10 May 2018 00:00:00 GMT`. Whether there is such a day is for
/// those to say who read it.
pub(super) fn is_date(text: &str) -> bool {
    is_date_time(text.as_bytes()) || is_http_date(text.as_bytes())
}

fn is_date_time(text: &[u8]) -> bool {
    let Some((date, rest)) = text.split_at_checked(19) else {
        return false;
    };
    let rest = match rest {
        [b'.', fraction @ ..] => {
            let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if digits == 0 {
                return false;
            }
            &fraction[digits..]
        }
        rest => rest,
    };
    let offset = match rest {
        [b'Z' | b'z'] => true,
        [b'+' | b'-', offset @ ..] => like(offset, b"00:00"),
        _ => false,
    };
    offset && like(date, b"0000-00-00T00:00:00")
}

fn is_http_date(text: &[u8]) -> bool {
    like(text, b"Aaa, 00 Aaa 0000 00:00:00 GMT")
}

/// Whether the text has digits where the model has `0`, letters where it has `a` or `A`, and the same byte elsewhere.
fn like(text: &[u8], model: &[u8]) -> bool {
    text.len() == model.len()
        && text.iter().zip(model).all(|(byte, expected)| match expected {
            b'0' => byte.is_ascii_digit(),
            b'a' | b'A' => byte.is_ascii_alphabetic(),
            expected => byte.eq_ignore_ascii_case(expected),
        })
}
