// Written by the test that reads it.

pub(crate) static CLIENT_ID: kinesisvideo_runtime::pattern::Pattern = {
    use kinesisvideo_runtime::pattern::{Class, Pattern, Step};
    Pattern::whole(
        "^[a-zA-Z0-9_.-]+$",
        &[Step::run(Class::ascii("-.09AZ__az"), 1, u32::MAX)],
    )
};
pub(crate) static CONTENT_TYPE: kinesisvideo_runtime::pattern::Pattern = {
    use kinesisvideo_runtime::pattern::{Class, Code, Inst, Nfa, Pattern};
    Pattern::nfa(
        "^[\\w\\-\\.\\+]+/[\\w\\-\\.\\+]+(,[\\w\\-\\.\\+]+/[\\w\\-\\.\\+]+)*$",
        Nfa::new(
            Code::new(
                    &[
                        Inst::Start,
                        Inst::Class(0),
                        Inst::Split(1, 3),
                        Inst::Char('/'),
                        Inst::Class(0),
                        Inst::Split(4, 6),
                        Inst::Split(7, 14),
                        Inst::Char(','),
                        Inst::Class(0),
                        Inst::Split(8, 10),
                        Inst::Char('/'),
                        Inst::Class(0),
                        Inst::Split(11, 13),
                        Inst::Jump(6),
                        Inst::End,
                        Inst::Match,
                    ],
                    0,
                )
                .at_start(),
            &[Class::ascii("++-.09AZ__az")],
        ),
    )
};
pub(crate) static NOT_AWS: kinesisvideo_runtime::pattern::Pattern = {
    use kinesisvideo_runtime::pattern::{Class, Code, Inst, Look, Nfa, Pattern};
    Pattern::nfa(
        "^(?!aws:)[^\\n/]{1,50}(?<!-)$",
        Nfa::new(
                Code::new(
                        &[
                            Inst::Start,
                            Inst::Look(0, false),
                            Inst::Enter { counter: 0, max: 50 },
                            Inst::Run { class: 0, counter: 0 },
                            Inst::Look(1, false),
                            Inst::End,
                            Inst::Match,
                        ],
                        1,
                    )
                    .at_start(),
                &[Class::ascii("\0\t\u{b}.0\u{7f}").beyond(&[('\u{80}', '\u{10ffff}')])],
            )
            .looks(
                &[
                    Look::ahead(
                        Code::new(
                            &[
                                Inst::Char(':'),
                                Inst::Char('s'),
                                Inst::Char('w'),
                                Inst::Char('a'),
                                Inst::Match,
                            ],
                            0,
                        ),
                    ),
                    Look::behind(Code::new(&[Inst::Char('-'), Inst::Match], 0)),
                ],
            ),
    )
};
pub(crate) static PREFIX: kinesisvideo_runtime::pattern::Pattern = {
    use kinesisvideo_runtime::pattern::{Class, Pattern, Step};
    Pattern::prefix(
        "^\"\\u00e9{2,3}",
        &[Step::Text("\""), Step::run(Class::ascii("").beyond(&[('é', 'é')]), 2, 3)],
    )
};
pub(crate) static REGION: kinesisvideo_runtime::pattern::Pattern = {
    use kinesisvideo_runtime::pattern::{Class, Code, Inst, Nfa, Pattern};
    Pattern::nfa(
        "\\b(us|eu)-[a-z]{2,9}-\\d\\b",
        Nfa::new(
            Code::new(
                &[
                    Inst::WordBoundary(true),
                    Inst::Split(2, 5),
                    Inst::Char('u'),
                    Inst::Char('s'),
                    Inst::Jump(7),
                    Inst::Char('e'),
                    Inst::Char('u'),
                    Inst::Char('-'),
                    Inst::Class(0),
                    Inst::Enter { counter: 0, max: 8 },
                    Inst::Run { class: 0, counter: 0 },
                    Inst::Char('-'),
                    Inst::Class(1),
                    Inst::WordBoundary(true),
                    Inst::Match,
                ],
                1,
            ),
            &[Class::ascii("az"), Class::ascii("09")],
        ),
    )
};
pub(crate) static TAG: kinesisvideo_runtime::pattern::Pattern = {
    use kinesisvideo_runtime::pattern::{Class, Pattern, Step, unicode};
    Pattern::whole(
        "^[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$",
        &[
            Step::run(
                Class::ascii("  ++-:==@Z__az")
                    .categories(
                        &[&unicode::LETTER, &unicode::NUMBER, &unicode::SEPARATOR],
                    ),
                0,
                u32::MAX,
            ),
        ],
    )
};
