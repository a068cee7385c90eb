// Pictures of a report, to be looked at: look.js REPORT.html FOLDER.
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const [report, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const browser = await puppeteer.launch({ executablePath: process.env.BROWSER, headless: "shell", args: ["--no-sandbox"] });
const page = await browser.newPage();
await page.goto(pathToFileURL(resolve(report)).href);
for (const [name, width, height] of [["phone", 375, 2200], ["desktop", 1280, 1700]]) {
  await page.setViewport({ width, height, deviceScaleFactor: 1 });
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  const screens = Math.min(Math.ceil(whole / height), 12);
  for (let screen = 0; screen < screens; screen += 1) {
    const clip = { x: 0, y: screen * height, width, height: Math.min(height, whole - screen * height) };
    await page.screenshot({ path: `${folder}/${name}-${String(screen + 1).padStart(2, "0")}.png`, clip, captureBeyondViewport: true });
  }
  console.log(`${name}: ${whole} pixels high`);
}
await page.pdf({ path: `${folder}/paper.pdf`, format: "A4", printBackground: true, preferCSSPageSize: true });
await browser.close();
