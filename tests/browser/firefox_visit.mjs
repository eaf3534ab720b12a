/* A whole visit in Firefox: node firefox_visit.mjs FIREFOX ADDRESS prints what is seen, as JSON. */

import process from "node:process";
import {launch} from "puppeteer-core";

const [firefox, address] = process.argv.slice(2), TIME_BUDGET = 15_000;
const seen = {problems: []};
const browser = await launch({browser: "firefox", executablePath: firefox, protocolTimeout: TIME_BUDGET});
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(TIME_BUDGET);
  page.on("pageerror", (error) => seen.problems.push(String(error)));
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) seen.problems.push(message.text());
  });

  const text = (selector) => page.$eval(selector, (node) => node.textContent.replace(/\s+/gu, " ").trim());
  const comes = (selector, part) => page.waitForFunction(
    (at, words) => document.querySelector(at)?.textContent.includes(words), {}, selector, part,
  );
  const ready = () => page.waitForSelector("html[data-ready]");

  await page.setViewport({width: 1366, height: 641});
  await page.goto(address);
  await page.click("#forward", {count: 4});
  await comes("#meta", "step 4 of");
  seen.forward = await text("#formula");
  await ready();

  await page.keyboard.press("End");
  await comes("#meta", "step 23 of");
  seen.picture = await text("#network");
  seen.table = await text("#table tbody");
  await page.click("#previous");
  await comes("#meta", "step 22 of");

  await page.click("#rail");
  await page.waitForSelector("#w1", {visible: true});
  await page.click("#w1", {count: 3});
  await page.keyboard.type("0,5");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => new URL(location.href).searchParams.get("w1") === "0.5");
  await page.reload();
  await ready();
  seen.link = new URL(page.url()).search;
  seen.reloaded = await text("#table tbody");

  const firstFormula = async (path) => {
    await page.goto(address + path);
    await ready();
    await page.click("#forward");
    await comes("#meta", "step 1 of");
    return text("#formula");
  };
  seen.lessons = [await firstFormula("gradient-descent"), await firstFormula("sigmoid")];
} finally {
  await browser.close();
}
console.log(JSON.stringify(seen));
