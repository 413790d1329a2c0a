// Writes what the npm package gift-pegjs reads from each sample beside it: the expected result of GiftReaderTests.
// How it is run, and with which version, says the README in this folder.
const fs = require("fs");
const path = require("path");
const { parse } = require("gift-pegjs");

const samples = path.join(__dirname, "Samples");
for (const name of fs.readdirSync(samples).filter((each) => each.endsWith(".gift"))) {
  const read = parse(fs.readFileSync(path.join(samples, name), "utf8"));
  fs.writeFileSync(path.join(samples, name.replace(/\.gift$/, ".json")), JSON.stringify(read, null, 2) + "\n");
  console.log(`${name}: ${read.length}`);
}
