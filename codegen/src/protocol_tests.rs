//! The model's own tests of what is sent and what is read, as tests in Rust.
//!
//! They go over a connection on loopback, so that they see what a service would see: what the runtime adds to a request is
//! under test as much as what an operation puts in it.

mod cases;
mod emit;
mod params;

use serde_json::json;

use crate::diag::Diagnostics;
use crate::generate::Files;
use crate::model::{HasTraits, Model, Operation, Shape, ShapeKind};
use crate::naming;
use crate::print::{HEADER, print};
use cases::{Head, REQUEST_TESTS, RESPONSE_TESTS, RequestCase, ResponseCase};
use params::Names;

/// The tests of a service.
#[derive(Clone, Debug)]
#[must_use]
pub struct ProtocolTests {
    /// The model's file, for the header.
    file: String,
    requests: Vec<RequestTest>,
    responses: Vec<ResponseTest>,
}

/// A test of what is sent.
#[derive(Clone, Debug)]
struct RequestTest {
    name: String,
    /// The input's type.
    input: String,
    /// The input as JSON.
    params: String,
    case: RequestCase,
}

/// A test of what is read.
#[derive(Clone, Debug)]
struct ResponseTest {
    name: String,
    /// The input's type.
    input: String,
    /// An input as JSON.
    input_params: String,
    /// What must be read, as JSON.
    params: String,
    /// What kind of response it is.
    of: Answered,
    case: ResponseCase,
}

#[derive(Clone, Debug)]
enum Answered {
    /// An output; if its body is a stream, in which field.
    Output(Option<String>),
    /// An error of a variant and a code.
    Error(String, String),
}

impl ProtocolTests {
    /// The names of the tests within `tests/protocol`, each with the ID of its case.
    pub fn names(&self, module: &str) -> Vec<(String, String)> {
        let requests = self.requests.iter().map(|test| ("requests", &test.name, &test.case.head));
        let responses = self.responses.iter().map(|test| ("responses", &test.name, &test.case.head));
        let all = requests.chain(responses);
        all.map(|(kind, name, head)| (format!("{}::{kind}::{name}", tests_module(module)), head.id.clone())).collect()
    }
}

/// Reads the tests that a model has.
///
/// # Errors
/// Tests of another form than Smithy's, and parameters that the model does not have.
pub(crate) fn read(model: &Model) -> Result<Option<ProtocolTests>, Diagnostics> {
    let mut reader = Reader { model, diagnostics: Diagnostics::new() };
    let mut tests = ProtocolTests { file: model.file.clone(), requests: Vec::new(), responses: Vec::new() };
    for (shape, operation) in model.operations() {
        tests.requests.extend(reader.requests(shape, operation));
        tests.responses.extend(reader.outputs(shape, operation));
    }
    for shape in model.shapes.values() {
        tests.responses.extend(reader.errors(shape));
    }
    tests.number();
    let tests = reader.diagnostics.into_result(tests)?;
    Ok(Some(tests).filter(|tests| !tests.requests.is_empty() || !tests.responses.is_empty()))
}

impl ProtocolTests {
    /// Gives tests of one ID different names.
    fn number(&mut self) {
        let names = naming::numbered(self.requests.iter().map(|test| test.name.clone()));
        self.requests.iter_mut().zip(names).for_each(|(test, name)| test.name = name);
        let names = naming::numbered(self.responses.iter().map(|test| test.name.clone()));
        self.responses.iter_mut().zip(names).for_each(|(test, name)| test.name = name);
    }
}

struct Reader<'a> {
    model: &'a Model,
    diagnostics: Diagnostics,
}

impl<'a> Reader<'a> {
    fn requests(&mut self, shape: &Shape, operation: &Operation) -> Vec<RequestTest> {
        let cases = cases::cases::<RequestCase>(self.model, shape, REQUEST_TESTS, &mut self.diagnostics);
        let read = |case: RequestCase| {
            Some(RequestTest {
                name: naming::member(&case.head.id),
                input: input_type(shape),
                params: self.params(&operation.input, &case.head, shape, Names::Members)?,
                case,
            })
        };
        cases.into_iter().filter_map(read).collect()
    }

    fn outputs(&mut self, shape: &Shape, operation: &Operation) -> Vec<ResponseTest> {
        let cases = cases::cases::<ResponseCase>(self.model, shape, RESPONSE_TESTS, &mut self.diagnostics);
        let output = self.model.shape(&operation.output);
        let stream = output.into_iter().flat_map(Shape::members).find(|member| {
            self.model.target(member).is_some_and(|target| matches!(target.kind, ShapeKind::Blob) && target.streaming())
        });
        let stream = stream.map(|member| naming::member(&member.name));
        let read = |case: ResponseCase| {
            let params = self.params(&operation.output, &case.head, shape, Names::Wire)?;
            Some(self.response(shape, operation, case, params, Answered::Output(stream.clone())))
        };
        cases.into_iter().filter_map(read).collect()
    }

    fn errors(&mut self, shape: &Shape) -> Vec<ResponseTest> {
        if shape.fault().is_none() {
            return Vec::new();
        }
        let cases = cases::cases::<ResponseCase>(self.model, shape, RESPONSE_TESTS, &mut self.diagnostics);
        // An error of the service as a whole can be any operation's.
        let mut operations: Vec<_> = self.model.operations().collect();
        operations.sort_by_key(|(_, operation)| !operation.errors.contains(&shape.id));
        let Some((operation, details)) = operations.first().copied() else { return Vec::new() };
        let read = |case: ResponseCase| {
            let params = self.params(&shape.id, &case.head, shape, Names::Wire)?;
            let of = Answered::Error(naming::error_variant(shape.id.name()), shape.id.name().to_owned());
            Some(self.response(operation, details, case, params, of))
        };
        cases.into_iter().filter_map(read).collect()
    }

    fn response(
        &self,
        shape: &Shape,
        operation: &Operation,
        case: ResponseCase,
        params: String,
        of: Answered,
    ) -> ResponseTest {
        let input = self.model.shape(&operation.input);
        let input_params = input.map_or_else(|| json!({}), |input| params::least_input(self.model, input));
        ResponseTest {
            name: naming::member(&case.head.id),
            input: input_type(shape),
            input_params: input_params.to_string(),
            params,
            of,
            case,
        }
    }

    /// The parameters of a test at `place` for the shape `id`.
    fn params(&mut self, id: &crate::model::ShapeId, head: &Head, place: &Shape, names: Names) -> Option<String> {
        let shape = self.diagnostics.collect(self.model.expect_shape(id, &place.id))?;
        let params = params::convert(self.model, shape, &head.params, names)
            .map_err(|flaw| self.model.diagnostic(&place.id, format!("the protocol test `{}` {flaw}", head.id)));
        Some(self.diagnostics.collect(params)?.to_string())
    }
}

/// The type of an operation's input.
fn input_type(operation: &Shape) -> String {
    naming::operation_type(operation.id.name(), "Input")
}

/// The module of tests for a module of the crate.
fn tests_module(module: &str) -> String {
    format!("{module}_tests")
}

const SERVER: &str = include_str!("protocol_tests/support/server.rs");
const REQUESTS: &str = include_str!("protocol_tests/support/requests.rs");
const RESPONSES: &str = include_str!("protocol_tests/support/responses.rs");

/// The files of `tests/protocol`, none where there are no tests. `crate_name` is how tests name the crate, `tests` are those
/// of its modules.
pub(crate) fn emit(source: &str, crate_name: &str, tests: &[(&str, &ProtocolTests)]) -> Result<Files, Diagnostics> {
    let mut files = Files::new();
    if tests.is_empty() {
        return Ok(files);
    }
    let kinds = [
        ("requests", REQUESTS, tests.iter().any(|(_, tests)| !tests.requests.is_empty())),
        ("responses", RESPONSES, tests.iter().any(|(_, tests)| !tests.responses.is_empty())),
        ("server", SERVER, true),
    ];
    let mut modules = Vec::new();
    for (name, text, _) in kinds.into_iter().filter(|(.., is_used)| *is_used) {
        files.insert(path(name), format!("// {HEADER} {source}. Do not edit.\n\n{text}"));
        modules.push(name.to_owned());
    }
    let mut diagnostics = Diagnostics::new();
    for (module, tests) in tests {
        let name = tests_module(module);
        let tokens = emit::module(crate_name, module, tests);
        let text = diagnostics.collect(print(&tests.file, &path(&name), tokens));
        files.insert(path(&name), text.unwrap_or_default());
        modules.push(name);
    }
    files.insert(path("main"), print(source, &path("main"), emit::root(&modules))?);
    diagnostics.into_result(files)
}

/// The path of a file within the crate.
fn path(name: &str) -> String {
    format!("tests/protocol/{name}.rs")
}
