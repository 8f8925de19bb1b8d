/** An operation of the API: its name, method and path; and the form in which they are written down. @module */

/** Operations by tag of the API description, each as `METHOD path operationId`. */
export type OperationTable = Readonly<Record<string, readonly string[]>>;

/** One operation of the API. */
export interface Operation {
  /** Its name in the API description, such as `droplets_create`. */
  readonly id: string;
  readonly method: string;
  /** Such as `/v2/droplets/{droplet_id}`. */
  readonly path: string;
  /** The heading under which the API description lists it. */
  readonly tag: string;
}

/** All operations of some tables. */
export function operationsOf(tables: readonly OperationTable[]): Operation[] {
  return tables.flatMap((table) =>
    Object.entries(table).flatMap(([tag, lines]) =>
      lines.map((line) => {
        const [method, path, id] = line.split(" ") as [string, string, string];
        return { id, method, path, tag };
      }),
    ),
  );
}
