/** Loads TypeScript of the tests into a script, without building it. @module */
import { createViteServer } from "vitest/node";
import { root } from "./setup.mjs";

/** Calls `use` with the exports of a module; `path` is relative to the repository's root. */
export async function withTypescript(path, use) {
  const server = await createViteServer({
    root,
    configFile: false,
    appType: "custom",
    logLevel: "error",
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, watch: null, hmr: false, ws: false },
  });
  try {
    return await use(await server.ssrLoadModule(`/${path}`));
  } finally {
    await server.close();
  }
}
