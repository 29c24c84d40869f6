// Starts a playbook, shows its position, and prints its record.
#include <cascade/render.h>

#include <algorithm>
#include <ctime>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include "cli/call.h"
#include "cli/query_options.h"
#include "cli/verb_hook.h"
#include "cli/verbs.h"
#include "events/judges.h"
#include "files/tree.h"
#include "hook/steps.h"
#include "playbook/run.h"
#include "render/list.h"
#include "render/parts.h"
#include "render/session.h"
#include "session/ledger.h"
#include "syntax/put.h"
#include "system/system.h"
#include "unicode/utf8.h"

// Renders runs of playbooks: their position, the outcome of a move, and the record of a run.
namespace cascade::rendering {
namespace {

// Shows runs of playbooks from the ledger's entries. A report is a table of claims: each time a step was left, with
// what its exit demands, and the events of the ledger that show it. "nothing: it was said" stands where there are none,
// so that a reader of the pull request sees which claims rest on words.
using playbook::Run, playbook::StepStatus, session::Entry;

// One completion of a step: the claim and the evidence for it.
struct Claim {
  std::uint32_t step = 0;
  std::string skill, outcome, claim{}, result{};
  std::string exit;
  std::vector<std::uint64_t> evidence{};
};

// Empty for moves that do not leave a step.
std::string outcome_of(const session::StepNote& note) {
  namespace action = playbook::action;
  if (note.action == action::done || note.action == action::again) return "done";
  if (note.action == action::skip) return "left out";
  if (note.action == action::branch) return "branch " + note.label;
  if (note.action == action::back) return "begun again";
  return {};
}

// In the order of the ledger, followed by the steps that are still open.
std::vector<Claim> claims_of(const Run& run, const std::vector<Entry>& entries) {
  std::vector<Claim> claims;
  const auto add = [&](std::uint32_t number, const std::string& skill, std::string outcome) {
    Claim claim{.step = number,
                .skill = skill,
                .outcome = std::move(outcome),
                .exit = to_string(run.plan.chain.exit_of(number))};
    if (const playbook::Step* step = run.plan.find(number)) {
      claim.skill = step->skill;
      claim.claim = step->leave;
    }
    claims.push_back(std::move(claim));
  };
  for (const Entry& entry : entries) {
    if (entry.event != session::Event::step || entry.step.run != run.number) continue;
    const std::string outcome = outcome_of(entry.step);
    if (outcome.empty()) continue;
    add(entry.step.step, entry.step.skill, outcome);
    claims.back().result = entry.step.text;
    claims.back().evidence = entry.step.evidence;
  }
  for (const StepStatus& status : run.steps)
    if (status.state == playbook::StepState::open || status.state == playbook::StepState::pending)
      add(status.number, {}, std::string(to_string(status.state)));
  return claims;
}

// Escapes a text for a table cell.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : unicode::displayable(text)) {
    if (c == '|' || c == '\\' || c == '<' || c == '[' || c == '*' || c == '_') out += '\\';
    out += c;
  }
  return out;
}

// In a table, a code span may hold neither a backquote nor a bar, not even escaped.
std::string in_code_marks(std::string_view text) {
  std::string out = unicode::displayable(text);
  std::ranges::replace(out, '`', '\'');
  std::ranges::replace(out, '|', '/');
  return "`" + out + "`";
}

// "red: `pytest -k refund` (event 12)"; without events, what the claim rests on instead.
std::string shown_cell(const Claim& claim, const std::vector<Entry>& entries) {
  std::string text;
  for (const std::uint64_t sequence : claim.evidence)
    if (const Entry* entry = find_entry(entries, sequence))
      text += (text.empty() ? "" : "; ") + cell(entry->step.label) + ": " + in_code_marks(entry->step.text) +
              " (event " + std::to_string(sequence) + ")";
  if (!text.empty()) return text;
  if (claim.outcome != "done") return claim.outcome;
  return claim.exit == "user" ? "the user said so" : "nothing: it was said";
}

// A row for each claim. What the steps handed on may be long, so it is a list below the table.
std::string report_markdown(const Run& run, const std::vector<Claim>& claims, const std::vector<Entry>& entries) {
  std::string text = "## " + cell(run.name()) + ": " + std::string(to_string(run.state)) + "\n\n";
  text += "| step | skill | claim | shown by |\n| --- | --- | --- | --- |\n";
  for (const Claim& claim : claims)
    text += "| " + (claim.step > 0 ? std::to_string(claim.step) : std::string("beside")) + " | " + cell(claim.skill) +
            " | " + cell(claim.claim) + " | " + shown_cell(claim, entries) + " |\n";
  std::string results;
  for (const Claim& claim : claims)
    if (!claim.result.empty())
      results += "- " + (claim.step > 0 ? "step " + std::to_string(claim.step) : cell(claim.skill)) + ": " +
                 cell(claim.result) + "\n";
  return results.empty() ? text : text + "\n" + results;
}

// Formats text (one drawing for each run) and json (cascade.playbook/1).
Result<std::string> playbook_status(const std::string& session_id, const std::vector<Run>& runs,
                                    const std::vector<Entry>& entries, Format format) {
  if (format == Format::text) {
    std::string text;
    for (const Run& run : runs) text += playbook::drawing(run, entries);
    return text;
  }
  if (format != Format::json) return no_format("playbook status", format);
  syntax::JsonWriter json = document("cascade.playbook/1");
  put(json, "session", session_id).key("runs").array(runs, [&](const Run& run) { put_run(json, run, entries); });
  return finish(json);
}

// cascade.step/1: the outcome of a move, and the run after it.
std::string move_json(const hook::Conversation& conversation, const hook::Moved& moved) {
  const std::vector<Entry>& entries = conversation.ledger.entries();
  const std::vector<Run> runs = playbook::runs_of(entries);
  const Run* after = nullptr;
  for (const Run& run : runs)
    if (run.number == moved.run || (moved.run == 0 && run.is_active())) after = &run;
  syntax::JsonWriter json = document("cascade.step/1");
  put(json, "session", conversation.event.session_id, "moved", moved.refusal.empty(), "refusal",
      syntax::or_null(moved.refusal), "help", syntax::or_null(moved.help));
  json.key("run");
  after == nullptr ? static_cast<void>(json.null()) : put_run(json, *after, entries);
  put(json, "context", syntax::or_null(moved.text));
  return finish(json);
}

// Each claim with its evidence: Markdown for a pull request (also as text), or json (cascade.playbook-report/1).
Result<std::string> playbook_report(const std::string& session_id, const Run& run, const std::vector<Entry>& entries,
                                    Format format) {
  const std::vector<Claim> claims = claims_of(run, entries);
  if (format == Format::text || format == Format::markdown) return report_markdown(run, claims, entries);
  if (format != Format::json) return no_format("playbook report", format);
  syntax::JsonWriter json = document("cascade.playbook-report/1");
  put(json, "session", session_id, "playbook", run.plan.root, "run", run.number, "state", to_string(run.state));
  json.key("claims").objects(claims, [&](const Claim& claim) {
    json.key("step");
    claim.step > 0 ? json.number(claim.step) : json.null();
    put(json, "skill", claim.skill, "claim", claim.claim, "exit", claim.exit, "outcome", claim.outcome, "result",
        syntax::or_null(claim.result));
    put_evidence(json, claim.evidence, entries);
  });
  return finish(json);
}

}  // namespace
}  // namespace cascade::rendering

namespace cascade::cli {
namespace {

// An event like the client's own, so that layers are packed and recorded in the same way.
hook::EventInput event_for(const std::string& session) {
  hook::EventInput event;
  event.client = &client::usual_dialect();
  event.name = "cascade step";
  event.session_id = session;
  event.working_directory = files::DiskTree().real_path(".").value_or("/");
  event.is_heard = true;
  return event;
}

// The session with this id or prefix of an id. Without one: the session that the client runs this in, or else the
// newest one with a playbook, or else the newest. Errors: not_found, misuse.
Result<std::string> session_meant(const Call& call, const std::string& named) {
  const std::string& state = call.environment().state;
  if (named.empty() && !call.environment().session.empty()) return call.environment().session;
  const std::vector<session::SessionSummary> all = session::list_sessions(state);
  std::vector<std::string> found;
  for (const session::SessionSummary& one : all) {
    if (one.session_id == named) return named;
    if (!named.empty() && one.session_id.compare(0, named.size(), named) == 0) found.push_back(one.session_id);
    if (named.empty() && !playbook::runs_of(session::Ledger(state, one.session_id).entries()).empty())
      return one.session_id;
  }
  if (found.size() == 1) return found.front();
  if (found.size() > 1) return misuse("several sessions begin with '" + named + "'", "give more of the id");
  if (named.empty() && !all.empty()) return all.front().session_id;
  return Error{ErrorCode::not_found,
               named.empty() ? "there is no session" : "there is no session '" + named + "'",
               {},
               "run it in a session of the client, or give --session ID"};
}

// Makes a move in a session and prints its outcome. Exit code `no` if the move was refused.
Exit make_move(Call& call, const std::string& session, Format format,
               const std::function<Result<hook::Moved>(hook::Conversation& conversation)>& move) {
  const std::int64_t now = std::time(nullptr);
  WorkspaceOptions where = call.workspace_options();
  if (!call.options().freshness) where.freshness = Freshness::partial;
  where.check_later = true;
  auto workspace = call.open(std::move(where));
  if (!workspace) return call.console().fail(workspace.error());
  HookOptions options = hook_options(call, *workspace);
  const Environment& environment = call.environment();
  const files::DiskTree tree;
  options.missing_sight = missing_sight(
      environment, policy::read_policy(tree, environment.users_configuration,
                                       environment.project_directory.empty() ? tree.real_path(".").value_or("/")
                                                                             : environment.project_directory));
  options.state_directory = call.environment().state;
  options.now = now;
  options.deliver = [&call](std::string_view text) {
    call.console().print(text);
    return call.console().flush();
  };
  const hook::EventInput event = event_for(session);
  session::Ledger ledger(options.state_directory, session);
  for (int attempt = 1;; ++attempt) {
    hook::Conversation conversation{*workspace, options, event, ledger, workspace->registry()};
    const bool last = attempt == 2;
    if (!conversation.confirmed() && !last && !conversation.failure) continue;  // the files had changed: try again
    if (conversation.failure) return call.console().fail(*conversation.failure);
    auto moved = move(conversation);
    if (!moved) return call.console().fail(moved.error());
    const std::string text = format == Format::json ? rendering::move_json(conversation, *moved) : moved->text;
    if (moved->is_refused()) {
      if (format == Format::json) call.console().print(text);
      return call.console().deny(moved->refusal + (moved->help.empty() ? "" : "\n  help: " + moved->help));
    }
    const auto sent = conversation.send(text);
    if (!sent) return call.console().fail(sent.error());
    if (sent->empty()) call.console().print(text);
    return Exit::yes;
  }
}

// The playbooks that can be started.
Exit list(Call& call, Format format) {
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  const Registry registry = workspace->registry();
  std::vector<ManifestId> rows;
  for (std::uint32_t i = 0; i < registry.size(); ++i)
    if (const ManifestView manifest = registry[ManifestId{i}];
        manifest.layer == Layer::playbook && !manifest.document && !registry.shadowed_in_favour_of(manifest.id))
      rows.push_back(manifest.id);
  const auto text = rendering::list(registry, rows, Call::roots(*workspace), format, call.console().paint());
  if (!text) return call.console().fail(text.error());
  call.console().print(*text);
  if (format == Format::text && !rows.empty()) call.console().note("cascade playbook start NAME begins one");
  return Exit::yes;
}

Exit start(Call& call, const std::string& session, const std::string& name, Format format) {
  return make_move(call, session, format, [&](hook::Conversation& conversation) -> Result<hook::Moved> {
    const auto id = find_item(conversation.registry, name, call.console());
    if (id) return hook::start_run(conversation, id->id);
    hook::Moved refused;
    refused.refusal = "no playbook was started";
    refused.help = "cascade playbook list";
    return refused;
  });
}

Exit status(Call& call, const std::string& session, Format format) {
  const session::Ledger ledger(call.environment().state, session);
  const std::vector<playbook::Run> runs = playbook::runs_of(ledger.entries());
  if (runs.empty()) call.console().note("no playbook was started in session " + session);
  return call.console().show(rendering::playbook_status(session, runs, ledger.entries(), format));
}

// Reports the run with this number, or else the last one.
Exit report(Call& call, const std::string& session, const std::string& number, Format format) {
  const session::Ledger ledger(call.environment().state, session);
  const std::vector<playbook::Run> runs = playbook::runs_of(ledger.entries());
  const playbook::Run* wanted = number.empty() && !runs.empty() ? &runs.back() : nullptr;
  for (const playbook::Run& run : runs)
    if (std::to_string(run.number) == number || run.name() == number) wanted = &run;
  if (wanted == nullptr)
    return call.console().deny((number.empty() ? "no playbook was started in session " + session
                                               : "session " + session + " has no run " + number) +
                               "\n  help: cascade playbook status");
  return call.console().show(rendering::playbook_report(session, *wanted, ledger.entries(), format));
}

Exit move(Call& call, const std::string& session, const std::string& action, const std::string& note, Format format) {
  playbook::Move wanted;
  wanted.action = action;
  wanted.text = note;
  wanted.mover = call.environment().in_client ? playbook::Mover::model : playbook::Mover::user;
  return make_move(call, session, format,
                   [&](hook::Conversation& conversation) { return hook::move_run(conversation, wanted); });
}

constexpr const char* step_usage = "done [STEP], branch [STEP] LABEL, skip [STEP], back STEP, wait REASON";

// The move that the words request.
Result<playbook::Move> move_of(const std::vector<std::string>& words, const std::string& note, bool again) {
  playbook::Move move;
  move.action = words[0];
  move.text = note;
  const std::size_t count = words.size() - 1;
  const bool is_done = move.action == playbook::action::done;
  if (again && !is_done) return misuse("--again can only be used with step done", step_usage);
  if ((is_done || move.action == playbook::action::skip) && count <= 1) {
    move.step = count == 1 ? words[1] : std::string();
    if (again) move.action = playbook::action::again;
    return move;
  }
  if (move.action == playbook::action::back && count == 1) {
    move.step = words[1];
    return move;
  }
  if (move.action == playbook::action::branch && (count == 1 || count == 2)) {
    move.label = words.back();
    move.step = count == 2 ? words[1] : std::string();
    return move;
  }
  if (move.action == playbook::action::wait && count >= 1) {
    move.text = letters::joined(std::span(words).subspan(1), " ");
    return move;
  }
  return misuse("step takes " + std::string(step_usage), "cascade help step");
}

}  // namespace

Exit run_playbook(Call& call) {
  std::vector<std::string> words;
  std::string note, named;
  Arguments arguments("playbook");
  arguments.words("ACTION", words, 0, 2);
  arguments.text("--note", note);
  arguments.text("--session", named);
  if (const auto ended = call.read(arguments)) return *ended;
  const std::string action = words.empty() ? "status" : words[0];
  const bool reports = action == "report";
  const auto format =
      reports ? call.format({Format::text, Format::markdown, Format::json}) : call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  const bool moves =
      action == playbook::action::pause || action == playbook::action::resume || action == playbook::action::abort;
  const bool fits = (action == "list" && words.size() == 1) || (action == "start" && words.size() == 2) ||
                    (action == "status" && words.size() <= 1) || reports || (moves && words.size() == 1);
  if (!fits) return call.console().fail(call.unfit());
  if (action == "list") return list(call, *format);
  const auto session = session_meant(call, named);
  if (!session) return call.console().fail(session.error());
  if (action == "start") return start(call, *session, words[1], *format);
  if (action == "status") return status(call, *session, *format);
  if (reports) return report(call, *session, words.size() > 1 ? words[1] : std::string(), *format);
  return move(call, *session, action, note, *format);
}

Exit run_step(Call& call) {
  std::vector<std::string> words;
  std::string note, session;
  bool again = false;
  Arguments arguments("step");
  arguments.words("ACTION", words, 1, 100);
  arguments.text("--note", note);
  arguments.text("--session", session);
  arguments.flag("--again", again);
  if (const auto ended = call.read(arguments, {Format::text, Format::json})) return *ended;
  auto move = move_of(words, note, again);
  if (!move) return call.console().fail(move.error());
  const auto id = session_meant(call, session);
  if (!id) return call.console().fail(id.error());
  move->mover = call.environment().in_client ? playbook::Mover::model : playbook::Mover::user;
  return make_move(call, *id, call.format(),
                   [&](hook::Conversation& conversation) { return hook::move_run(conversation, *move); });
}

}  // namespace cascade::cli

namespace cascade::systems {

std::unique_ptr<CallJudge> user_steps(JudgedCall& call);
Result<std::string> note_sightings(const HookEvent::Input& input, const evidence::Deed& deed,
                                   const policy::Policy& policy, const Surroundings& surroundings);

}  // namespace cascade::systems

namespace cascade::core {
namespace {

using cli::Group, cli::Words;
constexpr cli::Verb playbooks_verbs[] = {
    {"playbook", Group::work, 10, "start a playbook and show how far it is", cli::run_playbook, Words::manifests,
     "list, start NAME, status, pause, resume, abort or report [RUN]"},
    {"step", Group::work, 20, "move on in a playbook: done, branch, skip, back, wait", cli::run_step, Words::files,
     cli::step_usage},
};
constexpr Judge playbooks_judges[] = {
    {Turn::steps, Sees::every_program, systems::user_steps, nullptr},
};

}  // namespace

extern const System playbooks_system = {
    .name = "playbooks",
    .verbs = {playbooks_verbs, std::size(playbooks_verbs)},
    .see = systems::note_sightings,
    .judges = {playbooks_judges, std::size(playbooks_judges)},
};

}  // namespace cascade::core
