// One command: `npx tsx --conditions=source examples/protection-order/main.ts [FILE]`.
import { runProtectionOrder } from './protection-order.ts';

await runProtectionOrder(process.argv[2] ?? 'protection-order.db', console.log);
