// The server that runs in Node speaks in messages of Node's; here it reads and writes as any other server does.

import { fork } from "node:child_process";

const HEADER_END = "\r\n\r\n";
const server = fork(process.argv[2]);
let came = Buffer.alloc(0);
process.stdin.on("data", (chunk) => {
    came = Buffer.concat([came, chunk]);
    for (let end = came.indexOf(HEADER_END); end >= 0; end = came.indexOf(HEADER_END)) {
        const start = end + HEADER_END.length;
        const length = Number(/Content-Length: (\d+)/.exec(came.toString("latin1", 0, end))[1]);
        if (came.length < start + length) {
            break;
        }
        server.send(JSON.parse(came.toString("utf-8", start, start + length)));
        came = came.subarray(start + length);
    }
});
process.stdin.on("end", () => server.disconnect());
server.on("message", (message) => {
    const text = JSON.stringify(message);
    process.stdout.write(`Content-Length: ${Buffer.byteLength(text)}${HEADER_END}${text}`);
});
server.on("exit", (code) => process.exit(code));
