/** TypeDoc plugin: finds what a link names in any family, and describes the members of inferred types. @module */
import { Converter, ReflectionKind } from "typedoc";

/** Called by TypeDoc. */
export function load(app) {
  app.converter.addUnknownSymbolResolver(findByName);
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, (context) => describeInferredMembers(context.project));
}

/** `{@link Name}` and `{@link Name.member}` mean an export of that name, whether the file imports it or not. */
function findByName(reference, reflection) {
  const [name, ...members] = reference.symbolReference?.path?.map((part) => part.path) ?? [];
  const found = reflection.project.getReflectionsByKind(ReflectionKind.SomeExport).find((one) => one.name === name);
  const target = members.length === 0 ? found : found?.getChildByName(members);
  return target === undefined ? undefined : { target };
}

/** A declaration `as const` has no comments inside; its members are those of the interface that it satisfies. */
function describeInferredMembers(project) {
  const described = project
    .getReflectionsByKind(ReflectionKind.Property)
    .filter((property) => property.hasComment() && property.parent?.kindOf(ReflectionKind.Interface));
  const comments = new Map(described.map((property) => [property.name, property.comment]));
  for (const property of project.getReflectionsByKind(ReflectionKind.Property)) {
    if (property.hasComment() || !property.parent?.kindOf(ReflectionKind.TypeLiteral)) continue;
    property.comment = comments.get(property.name)?.clone();
  }
}
