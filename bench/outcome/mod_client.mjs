// Stands for the client around the mod that `cascade init --listing short` puts in: calls its handlers at a session's
// start, for the list of skills and for a prompt, and prints what the client would send.
//
// usage: node mod_client.mjs REGISTER.js <CASE.json     {"program": [...], "session", "cwd", "model", "transcript", "listing", "prompt"}
// Writes {"start", "listing", "answer"}: the texts of the session's start, the listing that is left, what goes with the prompt.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const given = JSON.parse(readFileSync(0, 'utf8'))
const { register } = await import(pathToFileURL(process.argv[2]))
const set = {}
const $ = {
  plugin: { root: '' },
  session: { model: async () => given.model },
  ui: { log: () => {} },
  env: { get: async name => set[name], set: async (name, value) => void (set[name] = value) },
  process: {
    hookEnv: async () => process.env,
    run: async (words, { stdin, env }) => {
      const done = spawnSync(words[0], words.slice(1), { input: stdin ?? '', env, cwd: given.cwd, encoding: 'utf8' })
      return { exitCode: done.status ?? 1, stdout: done.stdout ?? '', isStdoutTruncated: false }
    },
  },
}

const handlers = {}
register((event, ...rest) => {
  const handler = rest.at(-1)
  handlers[rest.length > 1 ? `${event} ${rest[0].type}` : event] = handler
  return { catch: () => {} }
})
const event = (name, more) => ({
  hook_event_name: name, session_id: given.session, transcript_path: given.transcript, cwd: given.cwd, ...more,
})
const texts = answer => (answer.additionalContext ?? []).join('\n')
const start = await handlers['classic.SessionStart']($, event('SessionStart', { source: 'startup' }), async () => ({}))
const listed = await handlers['prompt.attachment skill_listing']($, { type: 'skill_listing', text: given.listing }, async e => e)
const answer = await handlers['classic.UserPromptSubmit']($, event('UserPromptSubmit', { prompt: given.prompt }), async () => ({}))
console.log(JSON.stringify({ start: texts(start), listing: listed.text, answer: texts(answer) }))
