use super::Class;

/// One step of a pattern that needs no search: see [`Pattern::whole`](super::Pattern::whole).
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Step {
    /// This text.
    Text(&'static str),
    /// As many characters of the class as there are, at most `max`, at least `min`.
    Run {
        /// The characters.
        class: Class,
        /// The smallest legal number of them.
        min: u32,
        /// The largest legal number of them; `u32::MAX` for no limit.
        max: u32,
    },
}

impl Step {
    /// A run of `min` to `max` characters of the class.
    pub const fn run(class: Class, min: u32, max: u32) -> Self {
        Self::Run { class, min, max }
    }
}

/// Whether the steps cover a prefix of the value, or all of it.
///
/// Taking as many characters as possible is right because the generator uses steps only where a run's class shares no
/// character with what may follow it.
pub(super) fn is_match(steps: &[Step], to_end: bool, value: &str) -> bool {
    let mut rest = value;
    for step in steps {
        rest = match step {
            Step::Text(text) => match rest.strip_prefix(text) {
                Some(rest) => rest,
                None => return false,
            },
            Step::Run { class, min, max } => match run(class, *min, *max, rest) {
                Some(rest) => rest,
                None => return false,
            },
        };
    }
    rest.is_empty() || !to_end
}

fn run<'v>(class: &Class, min: u32, max: u32, value: &'v str) -> Option<&'v str> {
    let limit = usize::try_from(max).unwrap_or(usize::MAX);
    let mut taken = value.bytes().take(limit).take_while(|&byte| class.has_byte(byte)).count();
    let mut end = taken;
    // Every byte so far was a whole character, so what is left starts at one.
    for c in value[end..].chars().take(limit - taken) {
        if !class.contains(c) {
            break;
        }
        taken += 1;
        end += c.len_utf8();
    }
    (taken >= usize::try_from(min).unwrap_or(usize::MAX)).then(|| &value[end..])
}
