/** Rules of buckets, for requests from elsewhere and for the age of objects, in S3's words and the provider's. @module */
import { elementsOf, textOf, textsOf, type XmlContent, xmlOf } from "../api/xml.js";
import type { PlainValues } from "../plain-values.js";

/** The body that sets the rules for requests from elsewhere. */
export function corsXml(rules: readonly PlainValues[]): string {
  const items = rules.map(
    (rule): XmlContent => ({
      AllowedMethod: rule.allowed_methods as readonly string[],
      AllowedOrigin: rule.allowed_origins as readonly string[],
      AllowedHeader: (rule.allowed_headers ?? []) as readonly string[],
      MaxAgeSeconds: rule.max_age_seconds as number | undefined,
    }),
  );
  return xmlOf("CORSConfiguration", { CORSRule: items });
}

/** The rules that an answer tells of. */
export function corsValues(xml: string): readonly PlainValues[] {
  return elementsOf(xml, "CORSRule").map((rule) => ({
    allowed_methods: textsOf(rule, "AllowedMethod"),
    allowed_origins: textsOf(rule, "AllowedOrigin"),
    allowed_headers: textsOf(rule, "AllowedHeader"),
    ...numberOf(rule, "MaxAgeSeconds", "max_age_seconds"),
  }));
}

/** The body that sets the rules for the age of objects. */
export function lifecycleXml(rules: readonly PlainValues[]): string {
  const items = rules.map((rule): XmlContent => {
    const expiration = rule.expiration as PlainValues | undefined;
    const noncurrent = rule.noncurrent_version_expiration as PlainValues | undefined;
    return {
      ID: rule.id as string | undefined,
      Filter: { Prefix: (rule.prefix as string | undefined) ?? "" },
      Status: rule.enabled === true ? "Enabled" : "Disabled",
      Expiration: expiration && {
        Date: expiration.date === undefined ? undefined : `${expiration.date}T00:00:00Z`,
        Days: expiration.days as number | undefined,
        ExpiredObjectDeleteMarker: expiration.expired_object_delete_marker as boolean | undefined,
      },
      NoncurrentVersionExpiration: noncurrent && { NoncurrentDays: noncurrent.days as number | undefined },
      AbortIncompleteMultipartUpload:
        rule.abort_incomplete_multipart_upload_days === undefined
          ? undefined
          : { DaysAfterInitiation: rule.abort_incomplete_multipart_upload_days as number },
    };
  });
  return xmlOf("LifecycleConfiguration", { Rule: items });
}

/** The rules that an answer tells of. */
export function lifecycleValues(xml: string): readonly PlainValues[] {
  return elementsOf(xml, "Rule").map((rule) => {
    const [expiration] = elementsOf(rule, "Expiration");
    const [noncurrent] = elementsOf(rule, "NoncurrentVersionExpiration");
    return {
      id: textOf(rule, "ID") ?? "",
      prefix: textOf(rule, "Prefix") ?? "",
      enabled: textOf(rule, "Status") === "Enabled",
      ...numberOf(rule, "DaysAfterInitiation", "abort_incomplete_multipart_upload_days"),
      ...(expiration !== undefined && { expiration: expirationValues(expiration) }),
      ...(noncurrent !== undefined && {
        noncurrent_version_expiration: numberOf(noncurrent, "NoncurrentDays", "days"),
      }),
    };
  });
}

function expirationValues(xml: string): PlainValues {
  const date = textOf(xml, "Date");
  return {
    ...numberOf(xml, "Days", "days"),
    ...(date !== undefined && { date: date.slice(0, 10) }),
    ...(textOf(xml, "ExpiredObjectDeleteMarker") === "true" && { expired_object_delete_marker: true }),
  };
}

function numberOf(xml: string, element: string, name: string): PlainValues {
  const text = textOf(xml, element);
  return text === undefined ? {} : { [name]: Number(text) };
}
