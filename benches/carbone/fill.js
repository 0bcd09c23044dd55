// One document by Carbone: node fill.js TEMPLATE.docx DATA.json OUT.docx
'use strict';
const fs = require('fs');
const carbone = require('carbone');

const [template, data, out] = process.argv.slice(2);
// 29747 → 29.747; what is blank stays blank.
const vn = value => (value === null ? '' : String(value).replace(/\B(?=(\d{3})+(?!\d))/g, '.'));
carbone.addFormatters({ vn });
carbone.render(template, JSON.parse(fs.readFileSync(data, 'utf8')), {}, (error, bytes) => {
  if (error) throw error;
  fs.writeFileSync(out, bytes);
  // Carbone keeps a timer running.
  process.exit(0);
});
