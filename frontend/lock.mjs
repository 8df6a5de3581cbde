// The lock file must name no host: funding links go. Run through `npm run lock`.
import fs from 'node:fs';

const file = new URL('package-lock.json', import.meta.url);
const lock = JSON.parse(fs.readFileSync(file, 'utf8'));
for (const entry of Object.values(lock.packages)) delete entry.funding;
fs.writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
