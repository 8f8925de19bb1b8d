/** Keeps secrets out of what is shown: their values are replaced wherever text comes from outside. @module */

/** Environment variables whose values are secrets, whatever they belong to. */
const SECRET_NAME = /TOKEN|SECRET|PASSWORD|PASSWD|PRIVATE|CREDENTIAL|ACCESS_KEY|API_KEY/i;
/** Shorter values would hide parts of ordinary words. */
const SHORTEST_SECRET = 6;
/** Tokens of DigitalOcean, and credentials in URLs, even when they were not known beforehand. */
const TOKEN_SHAPES: readonly RegExp[] = [/\bdo[opr]_v1_[0-9a-f]{8,}\b/g, /\bBearer\s+[\w.~+/-]+=*/g];
const URL_CREDENTIALS = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@:]+:[^\s/@]+@/gi;

/** What stands in a secret's place. */
export const REDACTED = "(sensitive)";

/** Replaces secrets in text. */
export type Redact = (text: string) => string;

/**
 * Makes a function that replaces the secrets of an environment, and what looks like a token, in any text.
 *
 * @param env - Variables whose names say that they are secret are taken.
 */
export function redactorFor(env: Readonly<Record<string, string | undefined>>): Redact {
  const values = Object.entries(env)
    .filter(([name, value]) => SECRET_NAME.test(name) && (value ?? "").length >= SHORTEST_SECRET)
    .map(([, value]) => value!);
  const secrets = [...new Set(values)].sort((a, b) => b.length - a.length);
  return (text) => {
    const known = secrets.reduce((shown, secret) => shown.replaceAll(secret, REDACTED), text);
    const shaped = TOKEN_SHAPES.reduce((shown, shape) => shown.replace(shape, REDACTED), known);
    return shaped.replace(URL_CREDENTIALS, `$1${REDACTED}@`);
  };
}
