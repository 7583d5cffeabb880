// Holds the write lock of a store's file until it reads a line.
import { createInterface } from 'node:readline';
import { sqliteDriver } from '../../src/driver.ts';

const db = sqliteDriver().open(String(process.argv[2]), false);
db.exec('BEGIN IMMEDIATE');
console.log('locked');
for await (const _ of createInterface({ input: process.stdin })) break;
db.exec('ROLLBACK');
db.close();
console.log('released');
process.exit(0);
