// Runs one of firebase-tools' emulators without the firebase command, which wants a newer JDK and downloads rules runtimes.
// usage: node firebase.cjs NODE_MODULES tasks|storage PROJECT
// The emulators answer other paths than Google does; what is translated here is all that our clients need.
'use strict';
const http = require('node:http');
const path = require('node:path');

const [modules, service, project] = process.argv.slice(2);
const emulators = path.join(modules, 'firebase-tools', 'lib', 'emulator');
const load = (name) => require(path.join(emulators, name));

// Their Cloud Tasks has no version in its paths, wants a JSON body in every task, and wraps the task that it answers.
function tasks() {
  const { TasksEmulator } = load('tasksEmulator');
  const emulator = new TasksEmulator({ host: '127.0.0.1', projectId: project }).createHubServer();
  return async (request, response) => {
    request.url = request.url.replace(/^\/v2\//, '/');
    request.body = await readJson(request);
    request._body = true; // body-parser's own mark that there is nothing left to read
    const target = request.body.task?.httpRequest;
    if (target) {
      target.body ??= Buffer.from('{}').toString('base64');
    }

    const end = response.end.bind(response);
    response.end = (chunk, ...rest) => {
      const answer = response.statusCode === 200 && chunk ? Buffer.from(unwrap(JSON.parse(chunk))) : chunk;
      if (answer) {
        response.setHeader('Content-Length', Buffer.byteLength(answer));
      }

      return end(answer, ...rest);
    };
    emulator(request, response);
  };
}

const unwrap = (answer) => JSON.stringify(answer.task ?? answer);

// Their Cloud Storage knows rewriteTo only outside of the versioned path.
async function storage() {
  const { StorageEmulator } = load('storage');
  const { createApp } = load('storage/server');
  const { EmulatorRegistry } = load('registry');
  const emulator = new StorageEmulator({ projectId: project, host: '127.0.0.1', port: 0, rules: [], auto_download: false });
  EmulatorRegistry.set('storage', emulator);
  const app = await createApp(project, emulator);
  return (request, response) => {
    request.url = request.url.replace(/^\/storage\/v1(?=\/b\/[^/]+\/o\/[^/]+\/rewriteTo\/)/, '');
    app(request, response);
  };
}

async function readJson(request) {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }

  return chunks.length ? JSON.parse(Buffer.concat(chunks)) : {};
}

async function main() {
  const answer = await { tasks, storage }[service]();
  const server = http.createServer(answer);
  server.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`));
  // Whoever started this holds its input: when they are gone, it ends.
  process.stdin.on('end', () => process.exit(0)).resume();
}

main();
