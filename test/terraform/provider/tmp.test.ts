import { it } from "vitest";
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { synth, writeProject } from "../../../src/infra/index.js";
import { webService } from "../../../src/stacks/index.js";
import { Emulator } from "../../../src/emulator/index.js";
import { BuiltInProvider } from "../../../src/terraform/provider/built-in-provider.js";
function tf(dir: string, args: string[], env: Record<string,string>) : Promise<string> {
  return new Promise((res) => { const t=performance.now(); const p = spawn("terraform", args, { cwd: dir, env: { ...process.env, ...env } as never }); let out="";
   p.stdout.on("data",(d)=>out+=d); p.stderr.on("data",(d)=>out+=d); p.on("close",(c)=>res(`${args[0]} ${dir} exit ${c} in ${performance.now()-t}ms\n${out}`)); });
}
it("x", { timeout: 60000 }, async () => {
  const emulator = new Emulator({} as never); await emulator.listen();
  const provider = await BuiltInProvider.start({ endpoint: (emulator as any).url, token: "t" });
  const env = { TF_REATTACH_PROVIDERS: provider.reattach, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" , ...(process.env.TFLOG ? {TF_LOG: process.env.TFLOG}:{})};
  const { tier } = { tier: 2 };
  const g = webService({ count: tier }).graph;
  rmSync("/tmp/proto/w", { recursive: true, force: true });
  writeProject(await synth(g), "/tmp/proto/w");
  for (const l of (process.env.LAYERS ?? "core").split(",")) {
    console.log(await tf("/tmp/proto/w/"+l, ["apply","-auto-approve","-input=false","-no-color"], env));
    console.log(await tf("/tmp/proto/w/"+l, ["plan","-detailed-exitcode","-input=false","-no-color"], env));
  }
  await provider.close(); await emulator.close();
});
