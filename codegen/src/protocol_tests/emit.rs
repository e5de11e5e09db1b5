//! The tests of a service as tokens.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::cases::{Head, RequestCase};
use super::{Answered, ProtocolTests, RequestTest, ResponseTest};

/// `main.rs`, which has these modules.
pub(super) fn root(modules: &[String]) -> TokenStream {
    let modules = modules.iter().map(|module| format_ident!("{module}"));
    quote! {
        //! The models' own tests of what is sent and what is read, over a connection on loopback.

        #(mod #modules;)*
    }
}

/// The tests of a module of the crate.
pub(super) fn module(crate_name: &str, module: &str, tests: &ProtocolTests) -> TokenStream {
    let title = format!(" The protocol tests of `{module}`.");
    let (crate_name, module) = (format_ident!("{crate_name}"), format_ident!("{module}"));
    let service = quote!(#crate_name::#module);
    let requests = (!tests.requests.is_empty()).then(|| requests(&service, &tests.requests));
    let responses = (!tests.responses.is_empty()).then(|| responses(&service, &tests.responses));
    quote! {
        #![doc = #title]

        #requests
        #responses
    }
}

fn requests(service: &TokenStream, tests: &[RequestTest]) -> TokenStream {
    let tests = tests.iter().map(request);
    quote! {
        mod requests {
            use #service as service;
            use kinesisvideo_runtime::Operation;
            use serde::de::DeserializeOwned;

            use crate::requests::{Expected, TOKEN};
            use crate::server::{Answer, Received, Server, run};

            /// What is sent for the parameters.
            fn send<O>(host: &str, params: &str) -> Received
            where
                O: Operation<Error = service::ServiceError> + DeserializeOwned,
            {
                let server = Server::start(Answer { status: 200, headers: &[], body: "" });
                let client = service::Client::new(server.config(host).build().unwrap()).unwrap();
                let mut operation: O = serde_json::from_str(params).unwrap();
                operation.fill_idempotency_tokens(&mut || TOKEN.to_owned());
                let result = run(client.send(operation));
                // What the answer is taken for is not under test.
                server.received().unwrap_or_else(|| panic!("nothing was sent: {:?}", result.err()))
            }

            #(#tests)*
        }
    }
}

fn request(test: &RequestTest) -> TokenStream {
    let (name, input, params) = (format_ident!("{}", test.name), format_ident!("{}", test.input), &test.params);
    let documentation = documentation(&test.case.head);
    let host = test.case.host.as_deref().unwrap_or("example.com");
    let expected = expected(&test.case);
    quote! {
        #documentation
        #[test]
        fn #name() {
            let params = #params;
            let expected = #expected;
            expected.check(&send::<service::#input>(#host, params));
        }
    }
}

fn expected(case: &RequestCase) -> TokenStream {
    let RequestCase { head, method, uri, .. } = case;
    let mut fields = Vec::new();
    let lists = [
        ("query", &case.query_params),
        ("forbidden_query", &case.forbid_query_params),
        ("required_query", &case.require_query_params),
        ("forbidden_headers", &head.forbid_headers),
        ("required_headers", &head.require_headers),
    ];
    for (field, items) in lists.into_iter().filter(|(_, items)| !items.is_empty()) {
        let field = format_ident!("{field}");
        fields.push(quote!(#field: &[#(#items),*]));
    }
    if !head.headers.is_empty() {
        let headers = headers(head);
        fields.push(quote!(headers: #headers));
    }
    if let Some(host) = &case.resolved_host {
        fields.push(quote!(host: Some(#host)));
    }
    if let Some(body) = &head.body {
        let is_json = !body.is_empty() && head.body_media_type.as_deref() == Some("application/json");
        let field = format_ident!("{}", if is_json { "json" } else { "text" });
        fields.push(quote!(#field: Some(#body)));
    }
    if fields.is_empty() {
        return quote!(Expected::new(#method, #uri));
    }
    quote!(Expected { #(#fields,)* ..Expected::new(#method, #uri) })
}

fn headers(head: &Head) -> TokenStream {
    let headers = head.headers.iter().map(|(name, value)| quote!((#name, #value)));
    quote!(&[#(#headers),*])
}

fn responses(service: &TokenStream, tests: &[ResponseTest]) -> TokenStream {
    let has_outputs = tests.iter().any(|test| matches!(test.of, Answered::Output(_)));
    let has_errors = tests.iter().any(|test| matches!(test.of, Answered::Error(..)));
    let output = has_outputs.then(|| {
        quote! {
            /// The output that is read from the answer.
            fn output<O>(params: &str, answer: Answer) -> O::Output
            where
                O: Operation<Error = service::ServiceError> + DeserializeOwned,
            {
                receive::<O>(params, answer).unwrap_or_else(|error| panic!("no output, but {error:?}"))
            }
        }
    });
    let error = has_errors.then(|| {
        quote! {
            /// The error that is read from the answer, with its code.
            fn error<O>(params: &str, answer: Answer) -> (String, service::ServiceError)
            where
                O: Operation<Error = service::ServiceError> + DeserializeOwned,
            {
                match receive::<O>(params, answer) {
                    Err(service::Error::Service(failure)) => (failure.code().to_owned(), failure.into_error()),
                    Err(error) => panic!("no error of the service, but {error:?}"),
                    Ok(_) => panic!("no error, but an output"),
                }
            }
        }
    });
    let tests = tests.iter().map(response);
    quote! {
        mod responses {
            use #service as service;
            use kinesisvideo_runtime::{Operation, ParamValidation};
            use serde::de::DeserializeOwned;

            use crate::responses::check;
            use crate::server::{Answer, Server, run};

            /// What a call gives that gets the answer.
            fn receive<O>(params: &str, answer: Answer) -> Result<O::Output, service::Error>
            where
                O: Operation<Error = service::ServiceError> + DeserializeOwned,
            {
                let server = Server::start(answer);
                // What is sent is not under test, and so as little as will do.
                let config = server.config("example.com").param_validation(ParamValidation::Off);
                let client = service::Client::new(config.build().unwrap()).unwrap();
                let operation: O = serde_json::from_str(params).unwrap();
                run(client.send(operation)).map(|reply| reply.output)
            }

            #output
            #error
            #(#tests)*
        }
    }
}

fn response(test: &ResponseTest) -> TokenStream {
    let (name, input) = (format_ident!("{}", test.name), format_ident!("{}", test.input));
    let (input_params, params) = (&test.input_params, &test.params);
    let documentation = documentation(&test.case.head);
    let (status, body) = (Literal::u16_unsuffixed(test.case.code), test.case.head.body.as_deref().unwrap_or_default());
    let headers = headers(&test.case.head);
    let answer = quote!(Answer { status: #status, headers: #headers, body: #body });
    let statements = match &test.of {
        Answered::Output(None) => quote! {
            let output = output::<service::#input>(#input_params, answer);
            check(&output, #params);
        },
        Answered::Output(Some(field)) => {
            let field = format_ident!("{field}");
            quote! {
                let mut output = output::<service::#input>(#input_params, answer);
                output.#field = run(std::mem::take(&mut output.#field).collect()).unwrap().into();
                check(&output, #params);
            }
        }
        Answered::Error(variant, code) => {
            let variant = format_ident!("{variant}");
            quote! {
                let (code, error) = error::<service::#input>(#input_params, answer);
                assert_eq!(code, #code);
                let service::ServiceError::#variant(error) = error else { panic!("{error:?}") };
                check(&error, #params);
            }
        }
    };
    quote! {
        #documentation
        #[test]
        fn #name() {
            let answer = #answer;
            #statements
        }
    }
}

/// The ID, and what the test is about where the model says so.
fn documentation(head: &Head) -> TokenStream {
    let lines = std::iter::once(format!(" `{}`", head.id));
    // On lines of their own they would be read as Markdown.
    let about = head.documentation.iter().flat_map(|text| text.lines()).map(|line| format!(" {}", line.trim()));
    let separator = head.documentation.iter().map(|_| String::new());
    let lines = lines.chain(separator).chain(about);
    quote!(#(#[doc = #lines])*)
}
