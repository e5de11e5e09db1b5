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
        let (field, read) = (ident(&header.field), read(header));
        set(&quote!(output.#field), quote!(#read?), header.optional)
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
            let set = set(&quote!(output.#field), payload_value(payload), payload.optional);
            quote! {
                fn from_response(response: &Response) -> Result<#output, DecodeError> {
                    let mut output: #output = bind::absent();
                    #set
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
    match payload.read {
        PayloadKind::Json => quote!(bind::payload_json(response)?),
        PayloadKind::Text => quote!(bind::payload_text(response)?),
        PayloadKind::Bytes => quote!(bind::payload_bytes(response)),
    }
}

/// Sets a field to an optional value; one that is not optional keeps what it starts with where there is none.
pub(super) fn set(field: &TokenStream, value: TokenStream, optional: bool) -> TokenStream {
    if optional {
        return quote!(#field = #value;);
    }
    quote! {
        if let Some(value) = #value {
            #field = value;
        }
    }
}
