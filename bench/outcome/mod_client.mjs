// Stands for the client around the mod that `cascade init --listing short` puts in: calls its handlers at a session's
// start, for the list of skills and for a prompt, and prints what the client would send.
//
// usage: node mod_client.mjs REGISTER.js <CASE.json     {"program", "session", "cwd", "model", "transcript", "listing", "prompt"}
// Writes {"start", "listing", "answer"}: the texts of the session's start, the listing that is left, what goes with the prompt.
// With "program", whose `hook` the client calls besides, also "ms": how long it waits for the start and for the answer.
import { spawn } from 'node:child_process'
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
    run: (words, { stdin, env }) => new Promise(resolve => {
      let stdout = ''
      const program = spawn(words[0], words.slice(1), { env, cwd: given.cwd, stdio: ['pipe', 'pipe', 'inherit'] })
      program.stdout.setEncoding('utf8').on('data', more => (stdout += more))
      program.on('error', () => resolve({ exitCode: 1, stdout, isStdoutTruncated: false }))
      program.on('close', status => resolve({ exitCode: status ?? 1, stdout, isStdoutTruncated: false }))
      program.stdin.on('error', () => {}).end(stdin ?? '')
    }),
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
const took = []
const timed = async (name, more) => {
  const e = event(name, more), begin = performance.now()
  const hooks = async () => {
    if (given.program === undefined) return {}
    await $.process.run(['/bin/sh', '-c', `exec '${given.program}' hook`], { stdin: JSON.stringify(e), env: { ...process.env, ...set } })
    return {}
  }
  const answer = await handlers[`classic.${name}`]($, e, hooks)
  took.push(Math.round(performance.now() - begin))
  return answer
}
const texts = answer => (answer.additionalContext ?? []).join('\n')
const start = await timed('SessionStart', { source: 'startup' })
const listed = await handlers['prompt.attachment skill_listing']($, { type: 'skill_listing', text: given.listing }, async e => e)
const answer = await timed('UserPromptSubmit', { prompt: given.prompt })
console.log(JSON.stringify({ start: texts(start), listing: listed.text, answer: texts(answer), ...(given.program && { ms: took }) }))
