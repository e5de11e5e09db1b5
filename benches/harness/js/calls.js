// Makes calls with AWS SDK for JavaScript v2, one after the other over one connection, and prints what they cost.
// usage: node calls.js path/to/aws-sdk CHANNEL_ARN CALLS
'use strict';

process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = '1';

const http = require('http');
const path = require('path');

const [sdk, channelArn, calls] = process.argv.slice(2);
const KinesisVideoWebRTCStorage = require(path.resolve(sdk, 'clients/kinesisvideowebrtcstorage'));

const WARM_UP = 100;

async function main() {
  const client = new KinesisVideoWebRTCStorage({
    region: process.env.AWS_REGION,
    endpoint: process.env.AWS_ENDPOINT_URL,
    // The SDK opens a connection a call unless told otherwise; nobody else here does.
    httpOptions: { agent: new http.Agent({ keepAlive: true, maxSockets: 1 }) },
  });
  const call = () => client.joinStorageSession({ channelArn }).promise();
  for (let i = 0; i < WARM_UP; i++) await call();

  const latencies = [];
  const before = process.cpuUsage();
  for (let i = 0; i < Number(calls); i++) {
    const start = process.hrtime.bigint();
    await call();
    latencies.push(Number(process.hrtime.bigint() - start) / 1e3);
  }
  const used = process.cpuUsage(before);
  latencies.sort((a, b) => a - b);
  console.log(JSON.stringify({
    calls: WARM_UP + latencies.length,
    cpu: (used.user + used.system) / latencies.length,
    latency: latencies[latencies.length >> 1],
  }));
  process.exit(0);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
