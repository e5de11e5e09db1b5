//! Programs as Rust.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::classes;
use super::set::{LAST, SURROGATES, Set};
use super::{Code, Inst, Look, Nfa, Program, Step};

/// An expression of type `runtime::pattern::Pattern`, fit for a `static`.
///
/// `runtime` is the path of the runtime crate, `text` the expression as the model has it.
pub fn tokens(text: &str, program: &Program, runtime: &TokenStream) -> TokenStream {
    let mut names = BTreeSet::from(["Pattern"]);
    let pattern = match program {
        Program::Steps { steps, to_end } => {
            names.insert("Step");
            let steps: Vec<_> = steps.iter().map(|step| self::step(step, &mut names)).collect();
            let constructor = if *to_end { quote!(whole) } else { quote!(prefix) };
            quote!(Pattern::#constructor(#text, &[#(#steps),*]))
        }
        Program::Nfa(nfa) => {
            let nfa = self::nfa(nfa, &mut names);
            quote!(Pattern::nfa(#text, #nfa))
        }
    };
    // Names for the expression alone: with whole paths, tables of instructions would be unreadable.
    let names = names.iter().map(|name| Ident::new(name, Span::call_site()));
    quote!({
        use #runtime::pattern::{#(#names),*};
        #pattern
    })
}

/// What an expression needs to import.
type Names = BTreeSet<&'static str>;

fn step(step: &Step, names: &mut Names) -> TokenStream {
    match step {
        Step::Text(text) => quote!(Step::Text(#text)),
        Step::Run { set, min, max } => {
            let set = class(set, names);
            let min = Literal::u32_unsuffixed(*min);
            let max = max.map(Literal::u32_unsuffixed).map_or_else(|| quote!(u32::MAX), |max| quote!(#max));
            quote!(Step::run(#set, #min, #max))
        }
    }
}

fn nfa(nfa: &Nfa, names: &mut Names) -> TokenStream {
    names.extend(["Code", "Inst", "Nfa"]);
    let code = self::code(&nfa.code);
    let classes: Vec<_> = nfa.classes.iter().map(|set| class(set, names)).collect();
    if nfa.looks.is_empty() {
        return quote!(Nfa::new(#code, &[#(#classes),*]));
    }
    names.insert("Look");
    let looks = nfa.looks.iter().map(|Look { code, ahead }| {
        let code = self::code(code);
        let constructor = if *ahead { quote!(ahead) } else { quote!(behind) };
        quote!(Look::#constructor(#code))
    });
    quote!(Nfa::new(#code, &[#(#classes),*]).looks(&[#(#looks),*]))
}

fn code(code: &Code) -> TokenStream {
    let insts = code.insts.iter().map(inst);
    let counters = Literal::u16_unsuffixed(code.counters);
    let at_start = if code.at_start { quote!(.at_start()) } else { quote!() };
    quote!(Code::new(&[#(#insts),*], #counters)#at_start)
}

fn inst(inst: &Inst) -> TokenStream {
    let number = Literal::u16_unsuffixed;
    match *inst {
        Inst::Char(c) => quote!(Inst::Char(#c)),
        Inst::Class(class) => {
            let class = number(class);
            quote!(Inst::Class(#class))
        }
        Inst::Enter { counter, max } => {
            let (counter, max) = (number(counter), Literal::u32_unsuffixed(max));
            quote!(Inst::Enter { counter: #counter, max: #max })
        }
        Inst::Run { class, counter } => {
            let (class, counter) = (number(class), number(counter));
            quote!(Inst::Run { class: #class, counter: #counter })
        }
        Inst::Split(first, second) => {
            let (first, second) = (number(first), number(second));
            quote!(Inst::Split(#first, #second))
        }
        Inst::Jump(target) => {
            let target = number(target);
            quote!(Inst::Jump(#target))
        }
        Inst::Start => quote!(Inst::Start),
        Inst::End => quote!(Inst::End),
        Inst::WordBoundary(wanted) => quote!(Inst::WordBoundary(#wanted)),
        Inst::Look(look, wanted) => {
            let look = number(look);
            quote!(Inst::Look(#look, #wanted))
        }
        Inst::Match => quote!(Inst::Match),
    }
}

/// A set in the terms of `runtime::pattern::Class`.
struct Parts {
    /// First and last character of each ASCII range, one after the other.
    ascii: String,
    /// The ranges beyond ASCII that are in no category listed.
    beyond: Vec<(char, char)>,
    /// General categories that are in the set with all they have beyond ASCII: the name in `runtime::pattern::unicode`.
    categories: Vec<&'static str>,
}

/// The categories that the runtime has tables of, and their names there.
const CATEGORIES: [(&str, &str); 6] =
    [("L", "LETTER"), ("M", "MARK"), ("N", "NUMBER"), ("P", "PUNCTUATION"), ("S", "SYMBOL"), ("Z", "SEPARATOR")];
/// With more ranges than this, looking for categories pays.
const FEW: usize = 16;

impl Parts {
    fn of(set: &Set) -> Self {
        let ascii = set
            .intersection(&Set::new([(0, 0x7f)]))
            .ranges()
            .iter()
            .flat_map(|&(first, last)| [first, last])
            .filter_map(char::from_u32)
            .collect();
        let outer = Set::new([(0x80, LAST)]);
        let mut rest = set.intersection(&outer);
        let mut names = Vec::new();
        if rest.ranges().len() > FEW {
            for (category, name) in CATEGORIES {
                let Some(table) = classes::property(category) else {
                    continue;
                };
                let table = table.intersection(&outer);
                if set.contains_all(&table) {
                    rest = rest.without(&table);
                    names.push(name);
                }
            }
        }
        // No text has surrogates, so they may as well be in: ranges on either side of them become one.
        let rest = if rest.is_empty() { rest } else { rest.union(&Set::new([SURROGATES])) };
        let beyond = rest.ranges().iter().filter_map(|&(first, last)| {
            let first = char::from_u32(first).unwrap_or('\u{e000}');
            let last = char::from_u32(last).unwrap_or('\u{d7ff}');
            (first <= last).then_some((first, last))
        });
        Self { ascii, beyond: beyond.collect(), categories: names }
    }
}

fn class(set: &Set, names: &mut Names) -> TokenStream {
    let Parts { ascii, beyond, categories } = Parts::of(set);
    names.insert("Class");
    let beyond = if beyond.is_empty() {
        quote!()
    } else {
        let ranges = beyond.iter().map(|(first, last)| quote!((#first, #last)));
        quote!(.beyond(&[#(#ranges),*]))
    };
    let categories = if categories.is_empty() {
        quote!()
    } else {
        names.insert("unicode");
        let tables = categories.iter().map(|name| Ident::new(name, Span::call_site()));
        quote!(.categories(&[#(&unicode::#tables),*]))
    };
    quote!(Class::ascii(#ascii)#beyond #categories)
}
