// Opens the pages that internal/report/browser/run made, in Chromium: `PAGES=folder CHROMIUM=program node --test`.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const pages = process.env.PAGES;
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const address = (name) => pathToFileURL(join(pages, name, "report.html")).href;
let browser;

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
});

after(() => browser?.close());

// open shows a page until the test ends. Whatever it complains of, and whatever it asks for but itself, fails the test.
async function open(t, name, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`error: ${error}`));
  page.on("dialog", (dialog) => wrong.push(`dialog: ${dialog.message()}`));
  page.on("request", (request) => {
    if (request.url() !== address(name) && !request.url().startsWith("data:")) wrong.push(`request: ${request.url()}`);
  });
  t.after(async () => {
    await context.close();
    assert.deepEqual(wrong, []);
  });
  await page.goto(address(name));
  return page;
}

// accessible fails on whatever axe-core finds wrong, by all of its rules or by the named ones.
async function accessible(page, ...rules) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate((only) => globalThis.axe.run({
    resultTypes: ["violations"], ...(only.length ? { runOnly: only } : {}),
  }), rules);
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html).join(" ")}`), []);
}

const shown = (page) => page.locator(".clause:visible").count();
const count = (page) => page.locator("#count").textContent();

const verdicts = {
  conforming: /^Verdict: conforms \(self-test: no deployment was tested\)$/,
  violating: /^Verdict: violates$/,
  inconclusive: /^Verdict: inconclusive$/,
  accepted: /^Verdict: conforms with 1 known deviation \(partial: \d+ of \d+ clauses\)$/,
};
for (const [name, verdict] of Object.entries(verdicts)) {
  test(`the verdict of the ${name} run stands at the top`, async (t) => {
    const page = await open(t, name);
    const heading = await page.getByRole("heading", { level: 1 }).textContent();
    assert.match(heading, verdict);
    const title = name === "conforming" ? "Self-test of the conformance suite: conforms" : `${heading.replace("Verdict: ", "")}: `;
    assert.ok((await page.title()).startsWith(title));
  });
}

for (const name of Object.keys(verdicts)) {
  for (const colorScheme of ["light", "dark"]) {
    test(`the ${name} page is accessible in ${colorScheme}`, async (t) => {
      const page = await open(t, name, { colorScheme });
      await accessible(page);
    });
  }
}

// One page has all that a page can hold; of its exchanges, which are alike, some do.
for (const colorScheme of ["light", "dark"]) {
  test(`what is folded up is accessible in ${colorScheme}`, async (t) => {
    const page = await open(t, "accepted", { colorScheme });
    await page.evaluate(() => {
      for (const each of document.querySelectorAll(".clause, .exchange:nth-of-type(-n+3)")) each.open = true;
      for (const each of document.querySelectorAll(".exchange:not([open])")) each.remove();
    });
    await accessible(page);
  });
}

test("the page is accessible on a narrow screen and does not scroll sideways", async (t) => {
  const page = await open(t, "accepted", { viewport: { width: 360, height: 740 } });
  await accessible(page, "scrollable-region-focusable", "target-size", "color-contrast");
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
});

test("the filter hides clauses by outcome and by level", async (t) => {
  const page = await open(t, "violating");
  const all = await shown(page);
  assert.equal(await count(page), `${all} of ${all} clauses shown`);
  const advisories = await page.locator('.clause[data-level="advisory"]').count();
  await page.getByLabel("advisory").uncheck();
  assert.equal(await shown(page), all - advisories);
  assert.equal(await page.locator('.clause[data-level="advisory"]:visible').count(), 0);
  assert.equal(await page.getByRole("heading", { name: "Good practice" }).isVisible(), false, "a feature without clauses is hidden");
  await page.getByLabel("kept").uncheck();
  assert.equal(await shown(page), 1);
  assert.equal(await count(page), `1 of ${all} clauses shown`);
  assert.ok(await page.locator("#TOK-4").isVisible());
  await page.getByLabel("violated").uncheck();
  assert.equal(await shown(page), 0);
  assert.ok(await page.getByText("No clause fits").isVisible());
  await page.getByRole("button", { name: "Show all" }).click();
  await page.waitForFunction((n) => document.querySelectorAll(".clause:not(.out)").length === n, all);
  assert.equal(await shown(page), all);
  assert.equal(await count(page), `${all} of ${all} clauses shown`);
});

test("the search shows the clauses that hold all words", async (t) => {
  const page = await open(t, "conforming");
  const search = page.getByLabel("Search", { exact: true });
  await search.fill("tok-4");
  assert.deepEqual(await page.locator(".clause:visible .id").allTextContents(), ["TOK-4"]);
  await search.fill("60 MINUTES access");
  assert.deepEqual(await page.locator(".clause:visible .id").allTextContents(), ["TOK-4"], "the steps are searched too");
  await search.fill("no such words");
  assert.equal(await shown(page), 0);
  await search.press("Enter");
  assert.equal(page.url(), address("conforming"), "nothing is submitted");
  await search.fill("");
  assert.ok(await shown(page) > 40);
});

test("a link to a clause that the filter hides shows it", async (t) => {
  const page = await open(t, "violating");
  await page.getByLabel("violated").uncheck();
  await page.getByRole("button", { name: "Close all" }).click();
  await page.getByRole("link", { name: "TOK-4" }).first().click();
  await page.locator("#TOK-4[open]").waitFor();
  assert.ok(await page.locator("#TOK-4 .curl").isVisible());
  await page.locator("#TOK-4").getByRole("link", { name: "the ordinary login" }).click();
  const exchange = page.locator(".exchange[open]");
  await exchange.waitFor();
  assert.match(await exchange.textContent(), /"access_token":"\[redacted\]"/);
});

test("the curl line is copied, or selected where there is no clipboard", async (t) => {
  const page = await open(t, "violating", { permissions: ["clipboard-read", "clipboard-write"] });
  const line = await page.locator("#TOK-4 .curl").textContent();
  const copy = page.locator("#TOK-4 .copy");
  await copy.click();
  await page.getByText("Copied").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), line);
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await copy.click();
  await page.getByText("Selected").waitFor();
  assert.equal(await page.evaluate(() => getSelection().toString()), line);
});

test("the keyboard reaches everything", async (t) => {
  const page = await open(t, "violating");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await page.locator("#ERR-1 summary").focus();
  await page.keyboard.press("Enter");
  assert.ok(await page.locator("#ERR-1 .steps").isVisible());
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "the urlencoded form without company_name");
});

test("the page is read without script", async (t) => {
  const page = await open(t, "violating", { javaScriptEnabled: false });
  assert.equal(await page.locator("#filter").isVisible(), false);
  assert.ok(await page.locator("#TOK-4 .curl").isVisible());
  assert.equal(await page.locator("#ERR-1 .steps").isVisible(), false);
  await page.locator("#ERR-1 summary").click();
  assert.ok(await page.locator("#ERR-1 .steps").isVisible());
});

test("paper has what is not kept, whatever the screen shows", async (t) => {
  const page = await open(t, "violating");
  await page.getByLabel("violated").uncheck();
  await page.getByRole("button", { name: "Close all" }).click();
  await page.getByLabel("Search", { exact: true }).fill("no such words");
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const [part, there] of [
    ["#TOK-4 .curl", true], ["#ADV-2 .steps", true], ["#ERR-1 summary", true], ["#ERR-1 .steps", false], ["#filter", false],
    [".copy", false], ["nav", false], [".signature", true],
  ]) {
    assert.equal(await page.locator(part).first().isVisible(), there, part);
  }
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
});

test("text of the target stays text", async (t) => {
  const page = await open(t, "hostile");
  assert.match(await page.title(), /^violates|^inconclusive/);
  assert.equal(await page.locator("img").count(), 0);
  assert.equal(await page.locator("script").count(), 1);
  assert.equal(await page.locator("h1").count(), 1);
  const links = await page.locator("a").evaluateAll((all) => all.map((each) => each.getAttribute("href")));
  assert.deepEqual(links.filter((each) => !/^#[A-Za-z0-9-]+$/.test(each)), []);
});

test("1,000 scenarios open and answer", async (t) => {
  const page = await open(t, "large");
  const took = await page.evaluate(() => {
    const [visit] = performance.getEntriesByType("navigation");
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    return { paint: Math.round(paint.startTime), loaded: Math.round(visit.loadEventEnd) };
  });
  assert.ok(await page.locator(".scenario").count() >= 1000);
  await page.getByLabel("Search", { exact: true }).fill("tok-4-1");
  const searched = await page.evaluate(() => {
    const start = performance.now();
    document.getElementById("search").dispatchEvent(new Event("input", { bubbles: true }));
    document.body.getBoundingClientRect();
    return Math.round(performance.now() - start);
  });
  assert.ok(await shown(page) >= 1);
  console.log(`1,000 scenarios: painted after ${took.paint} ms, loaded after ${took.loaded} ms, searched in ${searched} ms`);
});

test("screenshots", async (t) => {
  for (const name of Object.keys(verdicts)) {
    for (const colorScheme of ["light", "dark"]) {
      const page = await open(t, name, { colorScheme });
      await page.screenshot({ path: join(pages, `${name}-${colorScheme}.png`), fullPage: true });
    }
    const page = await open(t, name, { colorScheme: "dark" });
    await page.emulateMedia({ media: "print" });
    await page.screenshot({ path: join(pages, `${name}-print.png`), fullPage: true });
    await page.pdf({ path: join(pages, `${name}.pdf`), format: "A4", preferCSSPageSize: true });
  }
  const narrow = await open(t, "violating", { viewport: { width: 360, height: 740 } });
  await narrow.screenshot({ path: join(pages, "violating-narrow.png") });
});
