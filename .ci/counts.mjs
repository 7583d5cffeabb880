// Prints `N passed, N failed` from vitest's JSON report; without a report nothing was run.
import { existsSync, readFileSync } from 'node:fs';

const path = process.argv[2];
const text = path && existsSync(path) ? readFileSync(path, 'utf8') : '';
const report = text ? JSON.parse(text) : { testResults: [] };
// A file that could not be loaded has no tests to count; it is a failure all the same.
const unloaded = report.testResults.filter(
  (file) => file.status === 'failed' && !file.assertionResults.some((t) => t.status === 'failed'),
);
const passed = report.numPassedTests ?? 0;
const failed = (report.numFailedTests ?? 0) + unloaded.length;
console.log(`${passed} passed, ${failed} failed`);
