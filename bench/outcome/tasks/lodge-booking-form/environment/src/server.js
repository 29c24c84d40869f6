import { createServer } from 'node:http';
import { renderForm } from './render.js';
import { validate } from './validate.js';

const page = (body) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Book</title></head><body><main><h1>Book</h1>${body}</main></body></html>`;

createServer((req, res) => {
  let raw = '';
  req.on('data', (c) => (raw += c));
  req.on('end', () => {
    const values = Object.fromEntries(new URLSearchParams(raw));
    const problems = req.method === 'POST' ? validate(values) : [];
    res.setHeader('content-type', 'text/html; charset=utf-8');
    if (req.method === 'POST' && problems.length === 0) return res.end(page('<p>Thank you.</p>'));
    res.statusCode = problems.length ? 422 : 200;
    res.end(page(renderForm(values, problems)));
  });
}).listen(Number(process.env.PORT ?? 8080));
