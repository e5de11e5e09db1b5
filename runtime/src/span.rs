//! One `tracing` span per call, with fields named as in OpenTelemetry's semantic conventions for AWS SDKs.
//!
//! It holds names, numbers and the codes of errors: nothing of a request's content, and no message of a service, which may repeat
//! what it was sent.

use tracing::Span;
use tracing::field::Empty;

use crate::interceptor::Outcome;
use crate::operation::OperationMeta;

/// The span of a call, open until the call has ended or its future is dropped. It costs nothing when nobody listens.
pub(crate) fn of_call(operation: &OperationMeta, region: &str, host: &str) -> Span {
    let (service, method) = (operation.service.sdk_id, operation.name);
    tracing::info_span!(
        "call",
        otel.name = %format_args!("{service}/{method}"),
        otel.kind = "client",
        otel.status_code = Empty,
        rpc.system = "aws-api",
        rpc.service = service,
        rpc.method = method,
        cloud.region = region,
        server.address = host,
        http.response.status_code = Empty,
        http.request.resend_count = Empty,
        aws.request_id = Empty,
        "error.type" = Empty,
    )
}

/// Notes how the call ended.
pub(crate) fn record(span: &Span, outcome: &Outcome<'_>) {
    if span.is_disabled() {
        return;
    }
    if let Some(status) = outcome.status {
        span.record("http.response.status_code", status.as_u16());
    }
    span.record("http.request.resend_count", outcome.retries + outcome.redirects);
    if let Some(request_id) = outcome.request_id {
        span.record("aws.request_id", request_id);
    }
    if let Some(code) = outcome.code {
        span.record("error.type", code);
        span.record("otel.status_code", "ERROR");
    }
}
