//! Endpoints: their URL, headers and properties.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::super::typed::{AuthScheme, Endpoint, Property, Variables};
use super::values::Writer;

/// An endpoint of constants, and whether it has authentication schemes and other properties.
pub(in super::super) fn endpoint_literal(endpoint: &Endpoint) -> (TokenStream, bool, bool) {
    let variables = Variables::default();
    let mut writer = Writer::new(&variables);
    let tokens = writer.endpoint(endpoint);
    (tokens, writer.uses_auth_schemes, writer.uses_properties)
}

impl Writer<'_> {
    pub(super) fn endpoint(&mut self, endpoint: &Endpoint) -> TokenStream {
        let url = self.text(&endpoint.url);
        let mut code = quote!(ResolvedEndpoint::new(#url));
        for (name, values) in &endpoint.headers {
            for value in values {
                let value = self.text(value);
                code.extend(quote!(.header(#name, #value)));
            }
        }
        for scheme in &endpoint.auth_schemes {
            let scheme = self.auth_scheme(scheme);
            code.extend(quote!(.auth_scheme(#scheme)));
        }
        for (name, property) in &endpoint.properties {
            let property = self.property(property);
            code.extend(quote!(.property(#name, #property)));
        }
        code
    }

    fn auth_scheme(&mut self, scheme: &AuthScheme) -> TokenStream {
        self.uses_auth_schemes = true;
        let name = self.text(&scheme.name);
        let mut code = quote!(AuthScheme::new(#name));
        for setting in &scheme.settings {
            let method = format_ident!("{}", setting.method);
            let value = self.text(&setting.value);
            code.extend(quote!(.#method(#value)));
        }
        code
    }

    /// For a parameter of type `impl Into<PropertyValue>`.
    fn property(&mut self, property: &Property) -> TokenStream {
        match property {
            Property::Value(value) => self.text(value),
            Property::List(items) => {
                self.uses_properties = true;
                let items = items.iter().map(|item| self.nested(item));
                let items: Vec<_> = items.collect();
                quote!(PropertyValue::Array(vec![#(#items),*]))
            }
            Property::Map(fields) => {
                self.uses_properties = true;
                let fields = fields.iter().map(|(key, field)| {
                    let field = self.nested(field);
                    quote!((#key, #field))
                });
                let fields: Vec<_> = fields.collect();
                match fields.as_slice() {
                    [] => quote!(PropertyValue::Object(Default::default())),
                    fields => quote!(PropertyValue::from_iter([#(#fields),*])),
                }
            }
        }
    }

    /// A `PropertyValue` within another.
    fn nested(&mut self, property: &Property) -> TokenStream {
        let code = self.property(property);
        match property {
            Property::Value(_) => quote!(PropertyValue::from(#code)),
            Property::List(_) | Property::Map(_) => code,
        }
    }
}
