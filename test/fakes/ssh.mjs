/**
 * Stands for `ssh` to an emulated droplet, whose services listen at its own address on this machine: forwards ports there, and runs commands here.
 * Arguments: a folder that comes first in the commands' PATH, then those of ssh.
 */
import { spawn } from "node:child_process";
import { connect, createServer } from "node:net";

const [folder, ...args] = process.argv.slice(2);
const forwards = [];
const rest = [];
const options = [];
for (let i = 0; i < args.length; i++) {
  if (args[i] === "-L") forwards.push(args[++i].split(":"));
  else if (args[i] === "-o" || args[i] === "-i") options.push(args[++i]);
  else if (!args[i].startsWith("-")) rest.push(args[i]);
}
const [destination, command] = rest;
const host = destination.replace("root@", "");
if (!options.some((option) => /^ProxyCommand=.* -W %h:%p root@127\.\d+\.\d+\.\d+$/.test(option))) process.exit(255);

for (const [address, from, , to] of forwards) {
  // What a command starts listens on this machine's loopback, and on that port already.
  if (command !== undefined) continue;
  const far = { host, port: Number(to) };
  const server = createServer((near) => {
    const other = connect(far);
    near.pipe(other).pipe(near);
    for (const [one, two] of [
      [near, other],
      [other, near],
    ]) {
      one.on("error", () => two.destroy());
      one.on("close", () => two.destroy());
    }
  });
  server.once("error", () => process.exit(255));
  server.listen(Number(from), address);
}
if (command !== undefined) {
  const shell = spawn("sh", ["-c", command], {
    env: { PATH: `${folder}:${process.env.PATH}` },
    stdio: "inherit",
    // As on another machine: it hears of the end by its input alone.
    detached: true,
  });
  shell.once("exit", (code) => process.exit(code ?? 255));
}
