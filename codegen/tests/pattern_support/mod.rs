//! Turns what the generator compiles into what the runtime runs, as compiling the emitted text would.

use kinesisvideo_codegen::pattern::{self as compiled, Compiled, Program, Set};
use kinesisvideo_runtime::pattern::{Class, Code, Inst, Look, Nfa, Pattern, Step};

fn leak<T>(items: impl IntoIterator<Item = T>) -> &'static [T] {
    items.into_iter().collect::<Vec<_>>().leak()
}

/// The pattern, or why it is not checked.
pub(crate) fn build(text: &str) -> Result<Pattern, String> {
    match compiled::compile(text) {
        Ok(Compiled::Checked(program)) => Ok(pattern(text, &program)),
        Ok(Compiled::Unchecked { reason }) => Err(format!("unchecked: {reason}")),
        Err(error) => Err(error.to_string()),
    }
}

/// The runtime's form of the program. What it leaks, tests can afford.
pub(crate) fn pattern(text: &str, program: &Program) -> Pattern {
    let text = text.to_owned().leak();
    match program {
        Program::Steps { steps, to_end: true } => Pattern::whole(text, leak(steps.iter().map(step))),
        Program::Steps { steps, to_end: false } => Pattern::prefix(text, leak(steps.iter().map(step))),
        Program::Nfa(nfa) => {
            let classes = leak(nfa.classes.iter().map(class));
            let looks = leak(nfa.looks.iter().map(|look| {
                let code = code(&look.code);
                if look.ahead { Look::ahead(code) } else { Look::behind(code) }
            }));
            Pattern::nfa(text, Nfa::new(code(&nfa.code), classes).looks(looks))
        }
    }
}

fn step(step: &compiled::Step) -> Step {
    match step {
        compiled::Step::Text(text) => Step::Text(text.clone().leak()),
        compiled::Step::Run { set, min, max } => Step::run(class(set), *min, max.unwrap_or(u32::MAX)),
    }
}

fn class(set: &Set) -> Class {
    let mut ascii = String::new();
    let mut beyond = Vec::new();
    for &(first, last) in set.ranges() {
        if first < 0x80 {
            ascii.extend([first, last.min(0x7f)].into_iter().filter_map(char::from_u32));
        }
        let first = char::from_u32(first.max(0x80)).unwrap_or('\u{e000}');
        let last = char::from_u32(last).unwrap_or('\u{d7ff}');
        if first <= last {
            beyond.push((first, last));
        }
    }
    Class::ascii(ascii.leak()).beyond(beyond.leak())
}

fn code(code: &compiled::Code) -> Code {
    let result = Code::new(leak(code.insts.iter().map(inst)), code.counters.into());
    if code.at_start { result.at_start() } else { result }
}

fn inst(inst: &compiled::Inst) -> Inst {
    match *inst {
        compiled::Inst::Char(c) => Inst::Char(c),
        compiled::Inst::Class(class) => Inst::Class(class),
        compiled::Inst::Enter { counter, max } => Inst::Enter { counter, max },
        compiled::Inst::Run { class, counter } => Inst::Run { class, counter },
        compiled::Inst::Split(first, second) => Inst::Split(first, second),
        compiled::Inst::Jump(target) => Inst::Jump(target),
        compiled::Inst::Start => Inst::Start,
        compiled::Inst::End => Inst::End,
        compiled::Inst::WordBoundary(wanted) => Inst::WordBoundary(wanted),
        compiled::Inst::Look(look, wanted) => Inst::Look(look, wanted),
        compiled::Inst::Match => Inst::Match,
    }
}
