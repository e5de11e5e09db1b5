#!/usr/bin/env node
// Records what AWS SDK for JavaScript v2 does in every case: what it sends to servers on loopback, and what it hands back.
//
//   npm install aws-sdk@2.1693.0
//   node record.js cases.json > recorded.jsonl
//   node record.js cases.json --only ID
//
// AWS_SDK_JS says where the SDK is; ./node_modules/aws-sdk by default. Hosts are signed, so the ports are fixed.
'use strict';
const cp = require('child_process'), fs = require('fs'), path = require('path');

const SDK = path.resolve(process.env.AWS_SDK_JS || 'node_modules/aws-sdk');
const PORTS = [18555, 18556], CSM_PORT = 31000;
const ENV = { PATH: process.env.PATH, HOME: '/nonexistent', AWS_SDK_JS: SDK, AWS_EC2_METADATA_DISABLED: 'true',
  AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: '1' };

const file = process.argv[2], only = process.argv.indexOf('--only');
const spec = JSON.parse(fs.readFileSync(file, 'utf8'));
if (only < 0) {
  // A request that an earlier case has sent is only pointed at.
  const known = new Map();
  const point = (request, id, i) => {
    const text = JSON.stringify(request), first = known.get(text);
    if (first) return { asIn: first };
    if (request.sameAs === undefined) known.set(text, [id, i]);
    return request;
  };
  // A process for each: the SDK reads the environment once, and a call that never ends must not stop the others.
  for (const c of spec.cases) {
    const run = cp.spawnSync(process.execPath, [__filename, file, '--only', c.id],
      { env: { ...ENV, ...c.env }, encoding: 'utf8', timeout: 60000 });
    if (run.status !== 0 || !run.stdout) { process.stderr.write(`${c.id}: ${run.stderr}\n`); process.exitCode = 1; }
    else {
      const line = JSON.parse(run.stdout);
      line.requests = line.requests.map((request, i) => point(request, line.id, i));
      process.stdout.write(JSON.stringify(line) + '\n');
    }
  }
} else {
  record({ ...spec.defaults, ...spec.cases.find(c => c.id === process.argv[only + 1]) });
}

function record(c) {
  const out = { id: c.id, requests: [], attempts: [] };

  // Clock and randomness stand still, before the SDK is loaded.
  const RealDate = Date, now = RealDate.parse(c.clock);
  class FrozenDate extends RealDate {
    constructor(...a) { if (a.length) super(...a); else super(now); }
    static now() { return now; }
  }
  Object.defineProperty(FrozenDate, 'name', { value: 'Date' });
  global.Date = FrozenDate;
  Math.random = () => c.random;

  const http = require('http'), dgram = require('dgram'), net = require('net');
  const AWS = require(SDK + '/lib/node_loader'), Service = require(SDK + '/clients/kinesisvideowebrtcstorage');

  // The URL that is asked for. With `route`, requests to other hosts than 127.0.0.1 go to the first server.
  const handle = AWS.HttpClient.prototype.handleRequest;
  let url = null;
  AWS.HttpClient.prototype.handleRequest = function (request, ...rest) {
    const endpoint = request.endpoint;
    url = endpoint.protocol + '//' + endpoint.host + request.path;
    if (!c.route || endpoint.hostname === '127.0.0.1') return handle.call(this, request, ...rest);
    request.endpoint = new AWS.Endpoint('http://127.0.0.1:' + PORTS[0]);
    try { return handle.call(this, request, ...rest); } finally { request.endpoint = endpoint; }
  };

  // Answer n is for request n, the last one for all that follow.
  let answered = 0;
  const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
  const servers = PORTS.map(port => http.createServer((request, response) => {
    const chunks = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', async () => {
      const headers = [];
      for (let i = 0; i < request.rawHeaders.length; i += 2) {
        const name = request.rawHeaders[i].toLowerCase();
        if (name !== 'connection') headers.push([name, request.rawHeaders[i + 1]]);
      }
      headers.sort((a, b) => a[0] < b[0] ? -1 : 1);
      const body = Buffer.concat(chunks).toString('utf8');
      out.requests.push({ port, method: request.method, path: request.url, headers, body, url });
      url = null;
      await answer(c.server[Math.min(answered++, c.server.length - 1)], response);
    });
  }));
  async function answer(step, response) {
    const action = step.action || 'reply';
    if (action === 'hang') return;
    if (action === 'close') return response.socket.destroy();
    if (action === 'rst') return response.socket.resetAndDestroy();
    if (step.delay) await sleep(step.delay);
    response.sendDate = false;
    response.shouldKeepAlive = false;
    const headers = { ...step.headers }, body = Buffer.from(step.body || '', 'utf8');
    const head = () => response.writeHead(step.status, step.reason || undefined, headers);
    if (action === 'partial') {
      headers['content-length'] = body.length + 50;
      head();
      response.write(body);
      await sleep(30);
      return response.socket.destroy();
    }
    if (action === 'drip') {
      head();
      for (const byte of body) { response.write(Buffer.from([byte])); await sleep(step.every); }
      return response.end();
    }
    if (step.status !== 204 && step.status !== 304) headers['content-length'] = body.length;
    head();
    response.end(body);
  }

  const pick = (from, names) => Object.fromEntries(names.filter(n => from[n] !== undefined).map(n => [n, from[n]]));
  const shown = error => error == null ? null : {
    name: error.name, code: error.code, message: error.message,
    ...pick(error, ['statusCode', 'retryable', 'retryDelay', 'requestId', 'region', 'hostname', 'redirect', '__type', 'resource']),
    ...(error.errors && { errors: error.errors.map(e => ({ code: e.code, message: e.message })) }),
  };

  const events = [];
  function finish() {
    // A request that equals the one before is only pointed at.
    let last = -1;
    out.requests.forEach((request, i) => {
      if (last >= 0 && JSON.stringify(request) === JSON.stringify(out.requests[last])) out.requests[i] = { sameAs: last };
      else last = i;
    });
    if (c.csm) {
      for (const event of events) {
        for (const name of ['Timestamp', 'Latency', 'AttemptLatency']) {
          if (name in event) event[name] = typeof event[name] + (Number.isInteger(event[name]) && event[name] >= 0 ? ':int>=0' : ':?');
        }
      }
      out.csm = events.sort((a, b) => a.Type === b.Type ? 0 : a.Type < b.Type ? 1 : -1);
    }
    process.stdout.write(JSON.stringify(out) + '\n', () => process.exit(0));
  }
  const done = () => setTimeout(finish, c.csm ? 150 : 0);

  function client() {
    if (c.global) AWS.config.update(c.global, true);
    const config = { ...c.config };
    if (c.model === 'normal') config.apiConfig = fullModel(AWS);
    if (c.customBackoff) {
      out.backoffCalls = [];
      const customBackoff = (count, error) => {
        out.backoffCalls.push([count, error && error.code]);
        return c.customBackoff[Math.min(count, c.customBackoff.length - 1)];
      };
      config.retryDelayOptions = { ...config.retryDelayOptions, customBackoff };
    }
    if (c.credentialSequence) {
      const sequence = c.credentialSequence.slice();
      config.credentials = new (class extends AWS.Credentials {
        refresh(callback) {
          const next = sequence.length > 1 ? sequence.shift() : sequence[0];
          this.expired = false;
          Object.assign(this, { sessionToken: undefined }, next);
          callback();
        }
      })({});
    }
    if (c.providerChain) {
      const failing = message => Object.assign(new AWS.Credentials({}),
        { get(callback) { callback(AWS.util.error(new Error(message), { code: 'ProviderFailure' })); } });
      config.credentialProvider = new AWS.CredentialProviderChain(
        c.providerChain.map(link => () => link.fail ? failing(link.fail) : new AWS.Credentials(link)));
      config.credentials = null;
    }
    if (c.logger) {
      out.log = [];
      const take = line => out.log.push(line);
      config.logger = c.logger === 'write' ? { write: take } : { log: take };
    }
    if (c.agent === 'never-connects') {
      const agent = new http.Agent();
      agent.createConnection = () => Object.assign(new net.Socket(), { connecting: true });
      config.httpOptions = { ...config.httpOptions, agent };
    }
    const service = new Service(config);
    if (c.setEndpoint) service.endpoint = new AWS.Endpoint(c.setEndpoint);
    return service;
  }

  function invoke(service, next) {
    const params = c.params === '$undefined' ? undefined : c.params;
    const watch = request => {
      request.on('retry', response => {
        if (response.error) out.attempts.push(pick(response.error, ['code', 'statusCode', 'retryable', 'redirect', 'retryDelay']));
      });
      request.on('complete', response => {
        out.retryCount = response.retryCount;
        out.redirectCount = response.redirectCount;
        if (response.requestId) out.responseRequestId = response.requestId;
      });
      return request;
    };
    const callback = (error, data) => {
      out.error = shown(error);
      out.data = data === undefined ? '$undefined' : data;
      next();
    };
    const method = () => watch(service[c.operation](params));
    switch (c.invoke) {
      case 'callback': method().send(callback); break;
      case 'promise':
        method().promise().then(data => callback(null, { ...data }), error => callback(error, null));
        break;
      case 'send': {
        const request = method();
        request.on('complete', response => callback(response.error, response.data));
        request.send();
        break;
      }
      case 'makeRequest': watch(service.makeRequest(c.operation, params)).send(callback); break;
      case 'unauthenticated': watch(service.makeUnauthenticatedRequest(c.operation, params)).send(callback); break;
      case 'waitFor': service.waitFor(c.operation, params, callback); break;
      case 'abort': {
        const request = method();
        request.send(callback);
        setTimeout(() => request.abort(), 60);
        break;
      }
      case 'endpoint':
        out.endpoint = pick(service.endpoint, ['protocol', 'host', 'hostname', 'port', 'pathname', 'path', 'href']);
        out.isGlobalEndpoint = service.isGlobalEndpoint;
        out.config = pick(service.config, ['region', 'useFipsEndpoint', 'useDualstackEndpoint', 'signatureVersion', 'sslEnabled']);
        next();
        break;
      case 'matrix':
        out.matrix = c.matrix.map(([region, useFipsEndpoint, useDualstackEndpoint]) => {
          const row = new Service({ ...c.config, region, useFipsEndpoint, useDualstackEndpoint });
          return [region, useFipsEndpoint, useDualstackEndpoint, row.endpoint.href, row.config.region];
        });
        next();
        break;
      case 'info':
        out.apiVersion = service.api.apiVersion;
        out.apiVersions = Service.apiVersions;
        out.serviceIdentifier = service.serviceIdentifier;
        next();
        break;
      default: throw new Error(`unknown invoke: ${c.invoke}`);
    }
  }

  function go() {
    const thrown = (where, error) => { out.thrown = where; out.error = shown(error); done(); };
    let service, left = c.repeat || 1;
    try { service = client(); } catch (error) { return thrown('constructor', error); }
    const again = () => {
      if (--left < 0) return done();
      try { invoke(service, again); } catch (error) { thrown('call', error); }
    };
    again();
    if (c.hangAfter) setTimeout(() => { out.hang = true; done(); }, c.hangAfter);
  }

  let waiting = servers.length + (c.csm ? 1 : 0);
  const ready = () => { if (--waiting === 0) go(); };
  servers.forEach((server, i) => server.listen(PORTS[i], '127.0.0.1', ready));
  if (c.csm) {
    const socket = dgram.createSocket('udp4');
    socket.on('message', message => events.push(JSON.parse(message)));
    socket.bind(typeof c.csm === 'number' ? c.csm : CSM_PORT, '127.0.0.1', ready);
  }
}

// The SDK is shipped without the constraints of its model: puts those of ours into the input members.
function fullModel(AWS) {
  const api = JSON.parse(fs.readFileSync(SDK + '/apis/kinesis-video-webrtc-storage-2018-05-10.min.json', 'utf8'));
  const { shapes } = JSON.parse(fs.readFileSync(path.join(__dirname, '../../model/kinesis-video-webrtc-storage.json'), 'utf8'));
  const byName = name => Object.entries(shapes).find(([id]) => id.endsWith('#' + name))[1];
  for (const [name, operation] of Object.entries(api.operations)) {
    const input = shapes[byName(name).input.target];
    for (const [member, { target }] of Object.entries(input.members)) {
      const traits = shapes[target].traits || {}, length = traits['smithy.api#length'] || {};
      Object.assign(operation.input.members[member], { ...length, pattern: traits['smithy.api#pattern'] });
    }
  }
  return new AWS.Model.Api(api, { serviceIdentifier: 'kinesisvideowebrtcstorage' });
}
