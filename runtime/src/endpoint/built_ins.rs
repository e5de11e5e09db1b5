//! The values that a client's configuration gives to endpoint rules.

/// The built-in parameters of endpoint rules that a client can fill from its configuration.
///
/// A rule set names the built-in it wants for a parameter (`AWS::Region`); one it does not name is ignored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct BuiltIns<'a> {
    /// `AWS::Region`: the region requests go to.
    pub region: Option<&'a str>,
    /// `AWS::UseFIPS`: whether the endpoint must be FIPS-compliant.
    pub use_fips: bool,
    /// `AWS::UseDualStack`: whether the endpoint must answer over IPv4 and IPv6.
    pub use_dual_stack: bool,
    /// `SDK::Endpoint`: the custom endpoint, a base URL.
    pub endpoint: Option<&'a str>,
    /// `AWS::Auth::AccountId`: the account of the credentials.
    pub account_id: Option<&'a str>,
    /// `AWS::Auth::AccountIdEndpointMode`: `preferred`, `required` or `disabled`.
    pub account_id_endpoint_mode: Option<&'a str>,
    /// `AWS::Auth::CredentialScope`: the scope the credentials are limited to.
    pub credential_scope: Option<&'a str>,
}
