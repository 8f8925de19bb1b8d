/** Certificates by name: the id the provider gives them, which outlives renewals. @module */
import type { ApiClient } from "../api/api-client.js";

/** The API's id of the certificate of this name; the text itself where there is none, as it may be an id. */
export async function certificateIdOf(name: string, api: ApiClient): Promise<string> {
  const certificates = await api.list("/v2/certificates", "certificates");
  const found = certificates.find((certificate) => certificate.name === name);
  return (found?.id as string | undefined) ?? name;
}

/** The name of the certificate of this id; the id itself where it is gone. */
export async function certificateNameOf(id: string, api: ApiClient): Promise<string> {
  const found = await api.find(`/v2/certificates/${id}`);
  const certificate = found?.certificate as { readonly name?: string } | undefined;
  return certificate?.name ?? id;
}
