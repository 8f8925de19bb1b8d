/** Opens a world whose droplet runs a command, says so, and waits to be killed. Argument: its folder. @module */
import { LocalBackend } from "../../../src/backends/local/local-backend.js";
import { execArgv, graphWith, smallWorld, steadyEpisode } from "./small-world.js";

/** A server that does not end when it is asked to. */
const COMMAND = `#!/usr/bin/env node
const { createServer } = require("node:http");
process.on("SIGTERM", () => undefined);
createServer((_, response) => response.end()).listen(Number(process.env.PORT), process.env.HOST);
`;

const graph = graphWith(1, COMMAND);
const backend = new LocalBackend({ timeScale: 30, folder: process.argv[1]!, execArgv, allowCommands: true });
await backend.open(smallWorld(graph));
await backend.reset(steadyEpisode(1n, 5, graph));
process.stdout.write("up\n");
