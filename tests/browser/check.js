// Opens each report at the width of a phone and of a desktop, with and without scripts, and on paper. It fails on any
// violation that axe-core finds, on any error in the console, on any request that leaves the page, on a page wider
// than its screen, on a chart whose letters are too small to read on a phone, and on a report without its parts. Each step
// says how long it took, and one that takes longer than it may fails by name: nothing hangs.
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const MOST_BYTES = 3 * 1024 * 1024;
const PARTS = ["answer", "compared", "charts", "days", "sides", "hangs", "variants", "definitions", "inputs", "model", "rerun"];
const WIDTHS = [375, 1280];
const STEP_MS = 180_000; // a step takes seconds; a slow machine gets minutes

let passed = 0;
let failed = 0;
const check = (name, faults) => {
  if (faults.length === 0) {
    passed += 1;
  } else {
    failed += 1;
    console.log(`FAILED ${name}`);
    for (const fault of faults) console.log(`  ${fault}`);
  }
};

const step = async (name, work) => {
  const begun = Date.now();
  let late;
  const limit = new Promise((_, reject) => {
    late = setTimeout(() => reject(new Error(`not done after ${STEP_MS / 1000} s`)), STEP_MS);
  });
  process.stdout.write(`${name} ... `);
  try {
    const faults = await Promise.race([work(), limit]);
    console.log(`${((Date.now() - begun) / 1000).toFixed(1)} s`);
    check(name, faults);
  } catch (error) {
    console.log("stopped");
    check(name, [error.message]);
  } finally {
    clearTimeout(late);
  }
};

const open = async (browser, file, width, scripts) => {
  const page = await browser.newPage();
  const said = [];
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) said.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => said.push(`script: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith("data:") && url !== file) said.push(`request: ${url}`);
  });
  await page.setJavaScriptEnabled(scripts);
  await page.setViewport({ width, height: 900 });
  await page.goto(file, { waitUntil: "load", timeout: STEP_MS });
  return { page, said };
};

const wrongParts = (page) =>
  page.evaluate((wanted) => {
    const found = [...document.querySelectorAll("main > section")].map((section) => section.id);
    const faults = wanted.join() === found.join() ? [] : [`sections are ${found.join()}, not ${wanted.join()}`];
    for (const chart of document.querySelectorAll("figure svg")) {
      const told = ["title", "desc"].every((name) => chart.querySelector(`:scope > ${name}`)?.textContent.trim());
      if (!told || chart.getAttribute("role") !== "img") faults.push("a chart has no text alternative");
    }
    for (const figure of document.querySelectorAll("figure")) {
      if (!figure.querySelector("details table")) faults.push(`${figure.id} has no table of its numbers`);
    }
    return faults;
  }, PARTS);

const tooWide = (page) =>
  page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    return wide > 0 ? [`the page is ${wide} pixels wider than its screen`] : [];
  });

// Letters of charts, in pixels of the screen.
const SMALLEST = 9.5;
const letters = (page) =>
  page.evaluate((smallest) => {
    const faults = [];
    for (const svg of document.querySelectorAll("figure svg")) {
      const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
      const sizes = [...svg.querySelectorAll("text")].map((text) => Number(text.getAttribute("font-size")) * scale);
      const least = Math.min(...sizes);
      if (least < smallest) faults.push(`${svg.closest("figure").id}: letters of ${least.toFixed(1)} pixels`);
    }
    return faults;
  }, SMALLEST);

const violations = async (page) => {
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
  await page.evaluate(axe);
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return result.violations.flatMap((violation) =>
    violation.nodes.slice(0, 3).map((node) => `${violation.id}: ${violation.help}: ${node.html.slice(0, 160)}`),
  );
};

// Every table of options sorts and filters where there are scripts, those of single queues too.
const sorting = (page) =>
  page.evaluate(() => {
    const tables = [...document.querySelectorAll("table.options")].filter((table) => table.tBodies[0].rows.length > 3);
    if (tables.length === 0) return [];
    const faults = [];
    for (const table of tables) {
      const name = table.caption.textContent;
      table.tHead.rows[table.tHead.rows.length - 1].cells[1].querySelector("button")?.click();
      const values = [...table.tBodies[0].rows].map((row) => Number(row.cells[1].dataset.order));
      if (values.some((value, i) => i > 0 && value > values[i - 1])) faults.push(`${name}: not sorted`);
    }
    const input = document.querySelector(".search input");
    input.value = "no option is called like this";
    input.dispatchEvent(new Event("input"));
    for (const table of tables) {
      const shown = [...table.tBodies[0].rows].filter((row) => !row.hidden);
      if (shown.length !== 1 || !shown[0].classList.contains("base")) faults.push(`${table.caption.textContent}: not filtered`);
    }
    input.value = "";
    input.dispatchEvent(new Event("input"));
    return faults;
  });

// One report in one window: opened, looked at by each step, closed. A window that does not open ends the report's steps.
const look = async (browser, name, file, width, scripts, steps) => {
  const place = scripts ? `at ${width}` : "without scripts";
  let opened;
  await step(`${name} ${place}: opened`, async () => {
    opened = await open(browser, file, width, scripts);
    return [];
  });
  if (!opened) return;
  const { page, said } = opened;
  for (const [what, work] of steps) await step(`${name} ${place}: ${what}`, () => work(page));
  check(`${name} ${place}: silence`, said);
  await Promise.race([page.close(), new Promise((done) => setTimeout(done, 5_000))]);
};

const printed = async (page) => {
  const paper = await page.pdf({ format: "A4", printBackground: true, timeout: STEP_MS });
  return paper.length > 10_000 ? [] : ["nothing was printed"];
};

const browser = await puppeteer.launch({
  executablePath: process.env.BROWSER,
  headless: "shell",
  args: ["--no-sandbox", "--disable-gpu"],
  timeout: STEP_MS,
  protocolTimeout: STEP_MS,
});
const child = browser.process();
try {
  for (const name of process.argv.slice(2)) {
    const bytes = statSync(name).size;
    check(`${name}: size`, bytes > MOST_BYTES ? [`${bytes} bytes`] : []);
    const file = pathToFileURL(resolve(name)).href;
    const steps = [["parts", wrongParts], ["width", tooWide], ["letters", letters], ["sorting", sorting], ["accessibility", violations]];
    for (const width of WIDTHS) await look(browser, name, file, width, true, steps);
    await look(browser, name, file, 375, false, [["parts", wrongParts], ["on paper", printed]]);
  }
} finally {
  await Promise.race([browser.close(), new Promise((done) => setTimeout(done, 5_000))]);
  // A browser that does not answer any more is ended; it is our own.
  child?.kill("SIGKILL");
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
