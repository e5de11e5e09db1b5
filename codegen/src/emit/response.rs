//! How responses become outputs.

use proc_macro2::TokenStream;
use quote::quote;

use super::request::timestamp_format;
use super::scope::ident;
use crate::ir::{Operation, PayloadKind, Read, ReadBody, ReadHeader, ReadPayload, ReadStatus};

/// `Operation::from_response`, and `from_streaming_response` of operations whose output is a stream.
pub(super) fn from_response(operation: &Operation) -> TokenStream {
    let output = ident(&operation.output.name);
    let response = &operation.response;
    let headers = response.headers.iter().map(|header| {
        let field = ident(&header.field);
        let value = header_value(header);
        quote!(output.#field = #value;)
    });
    let status = response.status.iter().map(status);
    let rest: TokenStream = headers.chain(status).collect();
    match &response.body {
        ReadBody::Json if rest.is_empty() => quote! {
            fn from_response(response: &Response) -> Result<#output, DecodeError> {
                bind::json(response)
            }
        },
        ReadBody::Json => quote! {
            fn from_response(response: &Response) -> Result<#output, DecodeError> {
                let mut output: #output = bind::json(response)?;
                #rest
                Ok(output)
            }
        },
        ReadBody::Ignored => quote! {
            fn from_response(response: &Response) -> Result<#output, DecodeError> {
                let mut output: #output = bind::absent();
                #rest
                Ok(output)
            }
        },
        ReadBody::Payload(payload) => {
            let field = ident(&payload.field);
            let value = payload_value(payload);
            quote! {
                fn from_response(response: &Response) -> Result<#output, DecodeError> {
                    let mut output: #output = bind::absent();
                    output.#field = #value;
                    #rest
                    Ok(output)
                }
            }
        }
        ReadBody::Stream(field) => {
            let field = ident(field);
            let response = if rest.is_empty() { quote!(_) } else { quote!(response) };
            quote! {
                fn from_response(response: &Response) -> Result<#output, DecodeError> {
                    Self::from_streaming_response(response, response.body.clone().into())
                }

                fn from_streaming_response(
                    #response: &Response,
                    body: kinesisvideo_runtime::ByteStream,
                ) -> Result<#output, DecodeError> {
                    let mut output: #output = bind::absent();
                    output.#field = body;
                    #rest
                    Ok(output)
                }
            }
        }
    }
}

/// The value of a field that is in a header.
fn header_value(header: &ReadHeader) -> TokenStream {
    let read = read(header);
    or_absent(quote!(#read?), header.optional)
}

/// What reads a header.
pub(super) fn read(header: &ReadHeader) -> TokenStream {
    let name = &header.name;
    match header.read {
        Read::Plain => quote!(bind::header(response, #name)),
        Read::List => quote!(bind::header_list(response, #name)),
        Read::Timestamp(format) => {
            let format = timestamp_format(format);
            quote!(bind::header_timestamp(response, #name, #format))
        }
        Read::TimestampList(format) => {
            let format = timestamp_format(format);
            quote!(bind::header_timestamp_list(response, #name, #format))
        }
        Read::Base64 => quote!(bind::header_base64(response, #name)),
        Read::Prefix => quote!(bind::prefix_headers(response, #name)),
    }
}

fn status(status: &ReadStatus) -> TokenStream {
    let field = ident(&status.field);
    if status.optional {
        quote!(output.#field = Some(bind::status(response));)
    } else {
        quote!(output.#field = bind::status(response);)
    }
}

fn payload_value(payload: &ReadPayload) -> TokenStream {
    let value = match payload.read {
        PayloadKind::Json => quote!(bind::payload_json(response)?),
        PayloadKind::Text => quote!(bind::payload_text(response)?),
        PayloadKind::Bytes => quote!(bind::payload_bytes(response)),
    };
    or_absent(value, payload.optional)
}

/// The value, or what stands for it where the field is not optional.
pub(super) fn or_absent(value: TokenStream, optional: bool) -> TokenStream {
    if optional { value } else { quote!(bind::required(#value)) }
}
