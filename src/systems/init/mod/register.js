// Cascade inside of Claude Code (2.1.287 or later), as `cascade init` puts it there.
//
// It takes the user's skills and agents out of the client's listing, where they stand in every request whether a prompt
// needs them or not, and hands on what `cascade hook --mod` says of a prompt, however long it is. It starts that one
// program, sets one variable, and reads neither files nor the network.
//
// Whatever goes wrong, the listing stays whole: the program is not there, fails, is slow, is switched off, or writes
// something else. Then the hooks beside it answer, which keep silent only while CASCADE_MOD holds their own session.
//
// The client asks for a listing once in a conversation and again when it is continued, in subagents and after a
// compaction. So what is left of it depends on the installed names alone, and the beginning of each request stays equal.

const PROGRAM = null // the program's words; null: the one of this folder
const LIMIT_MS = 2000
const LINE_UNITS = 160 // of a line that stays

const state = { session: '', isMine: false, names: null, withheld: {} }

function begin(session) {
  state.session = session
  state.withheld = {}
}

// What the program writes; undefined if it is missing, slow or fails.
async function run($, words, stdin) {
  try {
    const program = PROGRAM ?? ['sh', `${$.plugin.root}/bin/run`]
    const env = { ...(await $.process.hookEnv()) }
    const done = await $.process.run([...program, ...words], { stdin, env, timeoutMs: LIMIT_MS })
    return done.exitCode === 0 && !done.isStdoutTruncated ? done.stdout : undefined
  } catch {
    return undefined
  }
}

// The names that may go: "skill NAME" or "agent NAME" in each line; null: not known.
async function learn($) {
  const lines = await run($, ['listing', 'names'])
  return lines === undefined ? null : new Set(lines.split('\n').filter(line => line !== ''))
}

// The answer to an event, an object; undefined if there is none, or if Cascade is switched off.
async function ask($, event) {
  try {
    const known = { model: await $.session.model(), ...event } // its window decides how much may come
    const said = JSON.parse((await run($, ['hook', '--mod'], JSON.stringify(known))) ?? '')
    return said !== null && typeof said === 'object' && said.cascade !== 'off' ? said : undefined
  } catch {
    return undefined
  }
}

async function speak($, isMine) {
  state.isMine = isMine
  await $.env.set('CASCADE_MOD', isMine ? state.session : undefined)
}

// Answers in place of the hooks below, or leaves the event to them.
async function serve($, e, next) {
  // The module may be loaded twice, by a plugin and by the user's folder; the first one speaks.
  if (!state.isMine && (await $.env.get('CASCADE_MOD')) === e.session_id) return next(e)
  if (e.hook_event_name === 'SessionStart' || state.session !== e.session_id) begin(e.session_id)
  // Both at once. What was answered is handed on in any case, since the program takes it for said.
  const [names, said] = await Promise.all([state.names ?? learn($), ask($, e)])
  state.names = names
  await speak($, said !== undefined)
  const texts = []
  const text = said?.hookSpecificOutput?.additionalContext
  if (state.isMine && typeof text === 'string' && text !== '') texts.push(text)
  if (!state.isMine && e.hook_event_name === 'UserPromptSubmit') texts.push(...given_back())
  if (state.isMine && typeof said.systemMessage === 'string') $.ui.log(said.systemMessage.replace(/^cascade: /, ''))
  const rest = await next(e)
  return texts.length > 0 ? { ...rest, additionalContext: [...(rest.additionalContext ?? []), ...texts] } : rest
}

// The listings that were left out, once: nobody is left who would bring what a prompt needs.
function given_back() {
  const texts = Object.values(state.withheld)
  state.withheld = {}
  return texts
}

async function yield_to_hooks($, e, next) {
  await speak($, false)
  return next(e)
}

// A listing as its lines: what stands before and behind the entries, and each entry with its name.
function entries(text) {
  const listing = { head: [], rows: [], tail: [] }
  for (const line of text.split('\n')) {
    const name = /^- ([^\s:]+(?::[^\s:]+)*)(?::\s|\s\(|$)/.exec(line)?.[1]
    if (name !== undefined) {
      for (const before of listing.tail.splice(0)) listing.rows.at(-1).text += '\n' + before
      listing.rows.push({ name, text: line })
    } else if (listing.rows.length === 0) listing.head.push(line)
    else if (listing.tail.length > 0 || line === '') listing.tail.push(line)
    else listing.rows.at(-1).text += '\n' + line
  }
  return listing
}

function cut(row) {
  const line = row.replace(/\s+/g, ' ')
  if (line.length <= LINE_UNITS) return line
  const whole = line.slice(0, LINE_UNITS - 1)
  return whole.slice(0, Math.max(whole.lastIndexOf(' '), LINE_UNITS - 30)) + '…'
}

// `entry`: the skill by which the model asks for others.
function note_of_skills(entry) {
  const how = entry === undefined ? 'run: cascade search "<words>"' : `call the Skill tool with "${entry}" and words as args`
  return (
    'Most skills are left out of this list: what a prompt needs is put beside it, and each can be called by its name. ' +
    `To look for one, ${how}.`
  )
}

function shorter_skills(text, names) {
  const { head, rows, tail } = entries(text)
  const kept = rows.filter(({ name }) => !names.has('skill ' + name))
  const entry = kept.find(({ name }) => name === 'cascade' || name === 'cascade:cascade')?.name
  const note = kept.length < rows.length ? ['', note_of_skills(entry)] : []
  return [...head, ...kept.map(row => cut(row.text)), ...tail, ...note].join('\n')
}

function shorter_agents(text, names) {
  const { head, rows, tail } = entries(text)
  const gone = rows.filter(({ name }) => names.has('agent ' + name)).map(({ name }) => name)
  if (gone.length === 0) return text
  const kept = rows.filter(({ name }) => !names.has('agent ' + name)).map(row => row.text)
  return [...head, ...kept, 'Further agent types, which can be called by name: ' + gone.join(', '), ...tail].join('\n')
}

// Never by `agent.offer`: an agent that is not offered cannot be called.
function shorten(e, next, shorter) {
  if (!state.isMine || state.names === null) return next(e)
  const text = shorter(e.text, state.names)
  if (text !== e.text && !e.agentId) state.withheld[e.type] = e.text
  return next({ ...e, text })
}

export const register = on => {
  on('classic.SessionStart', serve).catch(yield_to_hooks)
  on('classic.UserPromptSubmit', serve).catch(yield_to_hooks)
  on('classic.SubagentStart', serve).catch(yield_to_hooks)
  on('prompt.attachment', { type: 'skill_listing' }, ($, e, next) => shorten(e, next, shorter_skills))
  on('prompt.attachment', { type: 'agent_listing_delta' }, ($, e, next) => shorten(e, next, shorter_agents))
}
