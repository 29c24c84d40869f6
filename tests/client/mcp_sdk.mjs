// Talks to `cascade mcp` with both generations of the official SDK: node mcp_sdk.mjs CASCADE, with the packages below the
// working directory. Prints a line of JSON for each way to connect.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(process.cwd() + '/');
const load = (name) => import(pathToFileURL(require.resolve(name)));
const server = { command: process.argv[2], args: ['mcp'], env: process.env };
const newer = await load('@modelcontextprotocol/client');
const { StdioClientTransport: NewerTransport } = await load('@modelcontextprotocol/client/stdio');
const older = await load('@modelcontextprotocol/sdk/client/index.js');
const { StdioClientTransport: OlderTransport } = await load('@modelcontextprotocol/sdk/client/stdio.js');

const ways = [
  ['sdk 1', new older.Client({ name: 'test', version: '1' }), new OlderTransport(server)],
  ...['legacy', 'auto', { pin: '2026-07-28' }].map((mode) => [
    'client 2 ' + (mode.pin ?? mode),
    new newer.Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } }),
    new NewerTransport(server),
  ]),
];
const facts = {
  'sdk 1': ['harvest hour', 'Combines start at six in the morning.'],
  'client 2 legacy': ['printer room', 'Paper lies behind the third door of the cellar.'],
  'client 2 auto': ['coffee price', 'A cup costs forty cents, the tin stands near the window.'],
  'client 2 2026-07-28': ['parking lot', 'Visitors leave their cars beside the old mill.'],
};
for (const [name, client, transport] of ways) {
  await client.connect(transport);
  const [subject, text] = facts[name];
  const remembered = await client.callTool({ name: 'remember', arguments: { subject, text } });
  const recalled = await client.callTool({ name: 'recall', arguments: { words: subject } });
  const wrong = await client.callTool({ name: 'remember', arguments: { subject, text, scope: 'planet' } });
  let unknown = '';
  await client.callTool({ name: 'nothing', arguments: {} }).catch((error) => { unknown = error.message; });
  const task = 'it worked in the last release and fails now: which commit broke it?';
  const loaded = await client.callTool({ name: 'load', arguments: { task, budget: 1500 } });
  const conversation = /conversation: (\w+)/.exec(loaded.content[0].text)?.[1] ?? '';
  const again = await client.callTool({ name: 'load', arguments: { task, budget: 1500, conversation } });
  const found = await client.callTool({ name: 'find', arguments: { words: 'bisect', kind: 'skill' } });
  console.log(JSON.stringify({
    loaded: loaded.content, gap: loaded._meta?.['cascade/certificate']?.certificate?.gap_ppm, conversation,
    again: again.content, found: found.content,
    way: name, server: client.getServerVersion()?.name, protocol: client.getNegotiatedProtocolVersion?.(),
    tools: (await client.listTools()).tools.map((tool) => tool.name), said: remembered.content, heard: recalled.content,
    wrong: wrong.isError, unknown, text,
  }));
  await client.close();
}
