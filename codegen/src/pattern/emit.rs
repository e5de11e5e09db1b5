//! Programs as Rust.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::classes;
use super::set::{LAST, SURROGATES, Set};
use super::{Code, Inst, Look, Nfa, Program, Step};

/// An expression of type `runtime::pattern::Pattern`, fit for a `static`.
///
/// `runtime` is the path of the runtime crate, `text` the expression as the model has it.
pub fn tokens(text: &str, program: &Program, runtime: &TokenStream) -> TokenStream {
    let path = quote!(#runtime::pattern);
    match program {
        Program::Steps { steps, to_end } => {
            let steps = steps.iter().map(|step| self::step(step, &path));
            let constructor = if *to_end {
                quote!(whole)
            } else {
                quote!(prefix)
            };
            quote!(#path::Pattern::#constructor(#text, &[#(#steps),*]))
        }
        Program::Nfa(nfa) => {
            let nfa = self::nfa(nfa, &path);
            quote!(#path::Pattern::nfa(#text, #nfa))
        }
    }
}

fn step(step: &Step, path: &TokenStream) -> TokenStream {
    match step {
        Step::Text(text) => quote!(#path::Step::Text(#text)),
        Step::Run { set, min, max } => {
            let set = class(set, path);
            let min = Literal::u32_unsuffixed(*min);
            let max = max
                .map(Literal::u32_unsuffixed)
                .map_or_else(|| quote!(u32::MAX), |max| quote!(#max));
            quote!(#path::Step::run(#set, #min, #max))
        }
    }
}

fn nfa(nfa: &Nfa, path: &TokenStream) -> TokenStream {
    let code = self::code(&nfa.code, path);
    let classes = nfa.classes.iter().map(|set| class(set, path));
    let looks = nfa.looks.iter().map(|Look { code, ahead }| {
        let code = self::code(code, path);
        let constructor = if *ahead {
            quote!(ahead)
        } else {
            quote!(behind)
        };
        quote!(#path::Look::#constructor(#code))
    });
    let looks = if nfa.looks.is_empty() {
        quote!()
    } else {
        quote!(.looks(&[#(#looks),*]))
    };
    quote!(#path::Nfa::new(#code, &[#(#classes),*])#looks)
}

fn code(code: &Code, path: &TokenStream) -> TokenStream {
    let insts = code.insts.iter().map(|inst| self::inst(inst, path));
    let counters = Literal::u16_unsuffixed(code.counters);
    let at_start = if code.at_start {
        quote!(.at_start())
    } else {
        quote!()
    };
    quote!(#path::Code::new(&[#(#insts),*], #counters)#at_start)
}

fn inst(inst: &Inst, path: &TokenStream) -> TokenStream {
    let number = Literal::u16_unsuffixed;
    let inst = match *inst {
        Inst::Char(c) => quote!(Char(#c)),
        Inst::Class(class) => {
            let class = number(class);
            quote!(Class(#class))
        }
        Inst::Enter { counter, max } => {
            let (counter, max) = (number(counter), Literal::u32_unsuffixed(max));
            quote!(Enter { counter: #counter, max: #max })
        }
        Inst::Run { class, counter } => {
            let (class, counter) = (number(class), number(counter));
            quote!(Run { class: #class, counter: #counter })
        }
        Inst::Split(first, second) => {
            let (first, second) = (number(first), number(second));
            quote!(Split(#first, #second))
        }
        Inst::Jump(target) => {
            let target = number(target);
            quote!(Jump(#target))
        }
        Inst::Start => quote!(Start),
        Inst::End => quote!(End),
        Inst::WordBoundary(wanted) => quote!(WordBoundary(#wanted)),
        Inst::Look(look, wanted) => {
            let look = number(look);
            quote!(Look(#look, #wanted))
        }
        Inst::Match => quote!(Match),
    };
    quote!(#path::Inst::#inst)
}

/// A set in the terms of `runtime::pattern::Class`.
pub(super) struct Parts {
    /// First and last character of each ASCII range, one after the other.
    pub(super) ascii: String,
    /// The ranges beyond ASCII that are in no category listed.
    pub(super) beyond: Vec<(char, char)>,
    /// General categories that are in the set with all they have beyond ASCII: the name in `runtime::pattern::unicode`.
    pub(super) categories: Vec<&'static str>,
}

/// The categories that the runtime has tables of, and their names there.
const CATEGORIES: [(&str, &str); 6] = [
    ("L", "LETTER"),
    ("M", "MARK"),
    ("N", "NUMBER"),
    ("P", "PUNCTUATION"),
    ("S", "SYMBOL"),
    ("Z", "SEPARATOR"),
];
/// With more ranges than this, looking for categories pays.
const FEW: usize = 16;

impl Parts {
    pub(super) fn of(set: &Set) -> Self {
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
        let rest = if rest.is_empty() {
            rest
        } else {
            rest.union(&Set::new([SURROGATES]))
        };
        let beyond = rest.ranges().iter().filter_map(|&(first, last)| {
            let first = char::from_u32(first).unwrap_or('\u{e000}');
            let last = char::from_u32(last).unwrap_or('\u{d7ff}');
            (first <= last).then_some((first, last))
        });
        Self {
            ascii,
            beyond: beyond.collect(),
            categories: names,
        }
    }
}

fn class(set: &Set, path: &TokenStream) -> TokenStream {
    let Parts {
        ascii,
        beyond,
        categories,
    } = Parts::of(set);
    let beyond = if beyond.is_empty() {
        quote!()
    } else {
        let ranges = beyond.iter().map(|(first, last)| quote!((#first, #last)));
        quote!(.beyond(&[#(#ranges),*]))
    };
    let categories = if categories.is_empty() {
        quote!()
    } else {
        let names = categories
            .iter()
            .map(|name| proc_macro2::Ident::new(name, proc_macro2::Span::call_site()));
        quote!(.categories(&[#(&#path::unicode::#names),*]))
    };
    quote!(#path::Class::ascii(#ascii)#beyond #categories)
}
