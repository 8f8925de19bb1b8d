/** The written documents: links lead somewhere, and the README shows the example that is run. @module */
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { filesBelow, readText, root } from "./repository.js";

const documents = [
  ...readdirSync(root).filter((file) => file.endsWith(".md")),
  ...filesBelow("docs", ".md").filter((file) => !file.startsWith("docs/reference/")),
];

/** The targets of a document's relative links, code blocks left out. */
function relativeLinks(document: string): string[] {
  const prose = readText(document).replace(/^```.*?^```/gms, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** The heading anchors of a document, as GitHub names them. */
function anchors(document: string): string[] {
  const headings = readText(document).matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, text]) =>
    text!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function isBroken(document: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? document : join(dirname(document), path).replaceAll("\\", "/");
  if (!existsSync(join(root, target))) return !target.startsWith("docs/reference");
  return anchor !== undefined && target.endsWith(".md") && !anchors(target).includes(anchor);
}

describe("the documents", () => {
  it.each(documents)("have links that lead somewhere: %s", (document) => {
    expect(relativeLinks(document).filter((link) => isBroken(document, link))).toEqual([]);
  });

  it("are all reached from docs/README.md", () => {
    const linked = relativeLinks("docs/README.md").map((link) =>
      join("docs", link.split("#")[0]!).replaceAll("\\", "/"),
    );
    const pages = documents.filter((page) => page.startsWith("docs/") && page !== "docs/README.md");
    expect(pages.filter((page) => !linked.includes(page))).toEqual([]);
  });
});

describe("README.md", () => {
  it("shows examples/quickstart.ts as its first code block", () => {
    const [, block] = /^```\w*\n(.*?)^```/ms.exec(readText("README.md")) ?? [];
    expect(block).toBe(readText("examples/quickstart.ts"));
  });

  it("shows a quickstart of at most 30 lines", () => {
    expect(readText("examples/quickstart.ts").trimEnd().split("\n").length).toBeLessThanOrEqual(30);
  });
});
