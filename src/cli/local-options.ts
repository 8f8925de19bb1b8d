/** The options of `run` and its like that say how the backend `local` runs. @module */
import type { LocalOptions } from "../backends/local/local-options.js";
import { UsageError } from "../errors.js";
import type { MetricsSourceKind } from "../metrics/server/metrics-source.js";
import type { CommandOption } from "./command.js";
import type { OptionValues } from "./option-values.js";

/** What goes with `--backend local`. */
export const LOCAL_OPTIONS: readonly CommandOption[] = [
  { name: "time-scale", value: "K", help: "local: model time passes K times faster than the wall's (default 12)" },
  {
    name: "load-balancer",
    value: "auto|haproxy|built-in|PATH",
    help: "local: what spreads the load (default haproxy where it is installed)",
  },
  {
    name: "prometheus",
    value: "auto|prometheus|embedded|PATH|URL",
    help: "local: what is asked for metrics (default Prometheus where it is installed)",
  },
  { name: "allow-commands", value: null, help: "local: run what user_data beginning with #! says, as this user" },
];

/** The options for `make` about the backend; none for the simulation. @throws UsageError where one is given without `--backend local` */
export function readLocalOptions(values: OptionValues, backend: string): Record<string, unknown> {
  const given = LOCAL_OPTIONS.find(({ name, value }) =>
    value === null ? values.flag(name) : values.text(name) !== undefined,
  );
  if (backend !== "local") {
    if (given === undefined) return {};
    throw new UsageError(`${values.source(given.name)} goes with --backend local.`);
  }
  const timeScale = values.positive("time-scale", "a number of at least 1");
  const loadBalancer = values.text("load-balancer");
  const prometheus = values.text("prometheus");
  const local: LocalOptions = {
    ...(timeScale === undefined ? {} : { timeScale }),
    ...(loadBalancer === undefined ? {} : { loadBalancer }),
    ...(prometheus === undefined ? {} : { metrics: metricsKindOf(prometheus) }),
    ...(values.flag("allow-commands") ? { allowCommands: true } : {}),
  };
  return { backend, local };
}

function metricsKindOf(text: string): MetricsSourceKind {
  if (text === "auto" || text === "prometheus" || text === "embedded") return text;
  return /^https?:/.test(text) ? { url: text } : { binary: text };
}
