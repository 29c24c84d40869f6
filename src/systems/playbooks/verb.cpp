// Starts a playbook, shows its position, and prints its record.
#include "cli/query_options.h"
#include "playbook/run.h"
#include "playbooks/playbook_call.h"
#include "render/list.h"

namespace cascade::cli {
namespace {

constexpr const char* usage = "list, start NAME, status, pause, resume, abort or report [RUN]";

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
  if (wanted == nullptr) {
    call.console().complain((number.empty() ? "no playbook was started in session " + session
                                            : "session " + session + " has no run " + number) +
                            "\n  help: cascade playbook status");
    return Exit::no;
  }
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
  if (!fits)
    return call.console().fail(
        {ErrorCode::misuse, "playbook takes " + std::string(usage), "", "cascade help playbook"});
  if (action == "list") return list(call, *format);
  const auto session = session_meant(call, named);
  if (!session) return call.console().fail(session.error());
  if (action == "start") return start(call, *session, words[1], *format);
  if (action == "status") return status(call, *session, *format);
  if (reports) return report(call, *session, words.size() > 1 ? words[1] : std::string(), *format);
  return move(call, *session, action, note, *format);
}

// Makes a move in the open playbook.

namespace {

constexpr const char* step_usage = "done [STEP], branch [STEP] LABEL, skip [STEP], back STEP, wait REASON";

std::string joined(const std::vector<std::string>& words, std::size_t first) {
  std::string text;
  for (std::size_t i = first; i < words.size(); ++i) text += (text.empty() ? "" : " ") + words[i];
  return text;
}

// The move that the words request.
Result<playbook::Move> move_of(const std::vector<std::string>& words, const std::string& note, bool again) {
  playbook::Move move;
  move.action = words[0];
  move.text = note;
  const std::size_t count = words.size() - 1;
  const bool is_done = move.action == playbook::action::done;
  if (again && !is_done) return Error{ErrorCode::misuse, "--again can only be used with step done", "", step_usage};
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
    move.text = joined(words, 1);
    return move;
  }
  return Error{ErrorCode::misuse, "step takes " + std::string(step_usage), "", "cascade help step"};
}

}  // namespace

Exit run_step(Call& call) {
  std::vector<std::string> words;
  std::string note, session;
  bool again = false;
  Arguments arguments("step");
  arguments.words("ACTION", words, 1, 100);
  arguments.text("--note", note);
  arguments.text("--session", session);
  arguments.flag("--again", again);
  if (const auto ended = call.read(arguments)) return *ended;
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  auto move = move_of(words, note, again);
  if (!move) return call.console().fail(move.error());
  const auto id = session_meant(call, session);
  if (!id) return call.console().fail(id.error());
  move->mover = call.environment().in_client ? playbook::Mover::model : playbook::Mover::user;
  return make_move(call, *id, *format,
                   [&](hook::Conversation& conversation) { return hook::move_run(conversation, *move); });
}

}  // namespace cascade::cli
