// Parses the front matter of all Markdown files below a folder with gray-matter, and does nothing with it: the least
// that a loader written in JavaScript does at its start.
//
//   node frontmatter.cjs FOLDER
const fs = require('fs');
const matter = require('gray-matter');
const files = require('./files.cjs');

let read = 0;
let broken = 0;
for (const file of files(process.argv[2])) {
  try {
    matter(fs.readFileSync(file, 'utf8'));
    read += 1;
  } catch {
    broken += 1;
  }
}
console.log(JSON.stringify({ read, broken }));
