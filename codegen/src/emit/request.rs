//! How inputs become requests.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::ident;
use crate::ir::{Body, Header, HostPart, Operation, PathPart, Payload, Query, TimestampFormat, Write};

/// `Operation::to_request`.
pub(super) fn to_request(operation: &Operation) -> TokenStream {
    let request = &operation.request;
    let method = ident(&request.method);
    let (first, path) = match request.path.split_first() {
        Some((PathPart::Literal(text), rest)) => (text.as_str(), rest),
        _ => ("/", request.path.as_slice()),
    };
    let statements: Vec<TokenStream> = request
        .host
        .iter()
        .map(host)
        .chain(path.iter().map(path_part))
        .chain(request.query.iter().map(query))
        .chain(request.headers.iter().map(header))
        .chain(body(&request.body))
        .chain(request.content_md5.then(|| quote!(request.content_md5();)))
        .collect();
    let new = quote!(bind::RequestWriter::new(Method::#method, #first));
    let body = if statements.is_empty() {
        quote!(Ok(#new.finish()))
    } else {
        quote! {
            let mut request = #new;
            #(#statements)*
            Ok(request.finish())
        }
    };
    quote! {
        fn to_request(&self) -> Result<Request, EncodeError> {
            #body
        }
    }
}

fn host(part: &HostPart) -> TokenStream {
    match part {
        HostPart::Literal(text) => quote!(request.host(#text);),
        HostPart::Label { field, member } => {
            let field = ident(field);
            quote!(request.host_label(#member, self.#field.as_ref())?;)
        }
    }
}

fn path_part(part: &PathPart) -> TokenStream {
    match part {
        PathPart::Literal(text) => quote!(request.path(#text);),
        PathPart::Label { field, member, greedy, write } => {
            let value = value(field, false, *write);
            if *greedy {
                quote!(request.greedy_label(#member, #value)?;)
            } else {
                quote!(request.label(#member, #value)?;)
            }
        }
    }
}

fn query(query: &Query) -> TokenStream {
    match query {
        Query::Literal(name, Some(value)) => quote!(request.query_literal(#name, Some(#value));),
        Query::Literal(name, None) => quote!(request.query_literal(#name, None);),
        Query::Member(member) => {
            let name = &member.name;
            let value = value(&member.field, member.list, member.write);
            if member.list { quote!(request.query_list(#name, #value);) } else { quote!(request.query(#name, #value);) }
        }
        Query::Map(field) => {
            let field = ident(field);
            quote!(request.query_map(self.#field.as_ref());)
        }
        Query::ListMap(field) => {
            let field = ident(field);
            quote!(request.query_list_map(self.#field.as_ref());)
        }
    }
}

fn header(header: &Header) -> TokenStream {
    match header {
        Header::Member(header) => {
            let (member, name) = (&header.member, &header.name);
            let value = value(&header.field, header.list, header.write);
            if header.list {
                quote!(request.header_list(#member, #name, #value)?;)
            } else {
                quote!(request.header(#member, #name, #value)?;)
            }
        }
        Header::Prefix { field, member, prefix } => {
            let field = ident(field);
            quote!(request.prefix_headers(#member, #prefix, self.#field.as_ref())?;)
        }
    }
}

/// The value of a field, or of each item of a list, as something that can be written as text.
fn value(field: &str, list: bool, write: Write) -> TokenStream {
    let field = ident(field);
    let function = match write {
        Write::Plain => return quote!(self.#field.as_ref()),
        Write::Timestamp(TimestampFormat::DateTime) => quote!(bind::date_time),
        Write::Timestamp(TimestampFormat::HttpDate) => quote!(bind::http_date),
        Write::Timestamp(TimestampFormat::EpochSeconds) => quote!(bind::epoch_seconds),
        Write::Base64 => quote!(bind::base64),
    };
    if list {
        quote!(self.#field.as_ref().map(|values| values.iter().map(#function)))
    } else {
        quote!(self.#field.as_ref().map(#function))
    }
}

/// A variant of the runtime's formats of timestamps.
pub(super) fn timestamp_format(format: TimestampFormat) -> TokenStream {
    match format {
        TimestampFormat::DateTime => quote!(bind::Format::DateTime),
        TimestampFormat::HttpDate => quote!(bind::Format::HttpDate),
        TimestampFormat::EpochSeconds => quote!(bind::Format::EpochSeconds),
    }
}

fn body(body: &Body) -> Option<TokenStream> {
    Some(match body {
        Body::None => return None,
        Body::Whole => quote!(request.json(self)?;),
        Body::Without { left_out, renamed } if renamed.is_empty() => {
            quote!(request.json_without(self, &[#(#left_out),*])?;)
        }
        Body::Without { left_out, renamed } => {
            let renamed = renamed.iter().map(|(own, wire)| quote!((#own, #wire)));
            quote!(request.json_renamed(self, &[#(#left_out),*], &[#(#renamed),*])?;)
        }
        Body::Payload(payload) => self::payload(payload),
    })
}

fn payload(payload: &Payload) -> TokenStream {
    match payload {
        Payload::Structure(field) => {
            let field = ident(field);
            quote!(request.json_structure(self.#field.as_ref())?;)
        }
        Payload::Json(field) => {
            let field = ident(field);
            quote! {
                if let Some(value) = &self.#field {
                    request.json(value)?;
                }
            }
        }
        Payload::Bytes(field, media_type) => {
            let field = ident(field);
            quote!(request.bytes(self.#field.as_ref(), #media_type);)
        }
        Payload::Text(field, media_type) => {
            let field = ident(field);
            quote!(request.text(self.#field.as_ref(), #media_type);)
        }
        Payload::Stream { field, media_type, sized } => {
            let field = ident(field);
            let check = sized.iter();
            quote! {
                request.stream(self.#field.as_ref(), #media_type);
                #(request.require_length(#check)?;)*
            }
        }
    }
}
