/** Reading the members of a request's body, with the API's error for one that is missing or wrong. @module */
import { unprocessable } from "./answer.js";
import { isJsonObject, type JsonObject, type JsonValue } from "./json.js";

/** A text that must be there and not be empty. @throws Refusal */
export function textField(body: JsonObject, name: string): string {
  const value = optionalText(body, name);
  if (value === undefined || value === "") throw unprocessable(`${name} is required.`);
  return value;
}

/** A text that may be left out or null. @throws Refusal */
export function optionalText(body: JsonObject, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw unprocessable(`${name} must be a string.`);
  return value;
}

/** A text of a few, that may be left out. @throws Refusal */
export function optionalWord<W extends string>(body: JsonObject, name: string, words: readonly W[]): W | undefined {
  const value = optionalText(body, name);
  if (value === undefined) return undefined;
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw unprocessable(`${name} must be one of ${words.join(", ")}.`);
  return word;
}

/** A text of a few, that must be there. @throws Refusal */
export function requiredWord<W extends string>(body: JsonObject, name: string, words: readonly W[]): W {
  const word = optionalWord(body, name, words);
  if (word === undefined) throw unprocessable(`${name} is required.`);
  return word;
}

/** An integer that must be there. @throws Refusal */
export function integerField(body: JsonObject, name: string): number {
  const value = optionalInteger(body, name);
  if (value === undefined) throw unprocessable(`${name} is required.`);
  return value;
}

/** An integer that may be left out or null; one written as a text is taken. @throws Refusal */
export function optionalInteger(body: JsonObject, name: string): number | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isSafeInteger(number)) throw unprocessable(`${name} must be an integer.`);
  return number;
}

/** A number that may be left out or null. @throws Refusal */
export function optionalNumber(body: JsonObject, name: string): number | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number" || !Number.isFinite(value)) throw unprocessable(`${name} must be a number.`);
  return value;
}

/** A truth value; false when it is left out or null. @throws Refusal */
export function flagField(body: JsonObject, name: string, whenAbsent = false): boolean {
  const value = body[name];
  if (value === undefined || value === null) return whenAbsent;
  if (typeof value !== "boolean") throw unprocessable(`${name} must be true or false.`);
  return value;
}

/** A list, empty when it is left out or null. @throws Refusal */
export function listField(body: JsonObject, name: string): readonly JsonValue[] {
  const value = body[name];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw unprocessable(`${name} must be an array.`);
  return value as readonly JsonValue[];
}

/** A list of texts, empty when it is left out or null; numbers become texts. @throws Refusal */
export function textsField(body: JsonObject, name: string): string[] {
  return listField(body, name).map((entry) => {
    if (typeof entry !== "string" && typeof entry !== "number") throw unprocessable(`${name} must hold strings.`);
    return String(entry);
  });
}

/** A list of integers, empty when it is left out or null; numbers written as texts are taken. @throws Refusal */
export function integersField(body: JsonObject, name: string): number[] {
  return listField(body, name).map((entry) => {
    const number = typeof entry === "string" && entry !== "" ? Number(entry) : entry;
    if (typeof number !== "number" || !Number.isSafeInteger(number)) throw unprocessable(`${name} must hold integers.`);
    return number;
  });
}

/** A list of objects, empty when it is left out or null. @throws Refusal */
export function objectsField(body: JsonObject, name: string): JsonObject[] {
  return listField(body, name).map((entry) => {
    if (!isJsonObject(entry)) throw unprocessable(`${name} must hold objects.`);
    return entry;
  });
}

/** Lets a body through that has all of these members, null or not. @throws Refusal */
export function requireFields(body: JsonObject, ...names: readonly string[]): void {
  for (const name of names) if (body[name] === undefined) throw unprocessable(`${name} is required.`);
}

/** An object that may be left out or null. @throws Refusal */
export function optionalObject(body: JsonObject, name: string): JsonObject | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (!isJsonObject(value)) throw unprocessable(`${name} must be an object.`);
  return value;
}

/** An object that must be there. @throws Refusal */
export function objectField(body: JsonObject, name: string): JsonObject {
  const value = optionalObject(body, name);
  if (value === undefined) throw unprocessable(`${name} is required.`);
  return value;
}
