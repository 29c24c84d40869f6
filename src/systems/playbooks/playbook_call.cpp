#include "playbooks/playbook_call.h"

#include <ctime>

#include "cli/hook_options.h"
#include "files/tree.h"
#include "playbook/run.h"
#include "playbooks/text.h"

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

std::string document_of(const hook::Conversation& conversation, const hook::Moved& moved) {
  const std::vector<session::Entry>& entries = conversation.ledger.entries();
  const std::vector<playbook::Run> runs = playbook::runs_of(entries);
  rendering::MoveResult result{conversation.event.session_id, moved.text, moved.refusal, moved.help, nullptr};
  for (const playbook::Run& run : runs)
    if (run.number == moved.run || (moved.run == 0 && run.is_active())) result.run = &run;
  return rendering::move_json(result, entries);
}

}  // namespace

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
  if (found.size() > 1)
    return Error{ErrorCode::misuse, "several sessions begin with '" + named + "'", {}, "give more of the id"};
  if (named.empty() && !all.empty()) return all.front().session_id;
  return Error{ErrorCode::not_found,
               named.empty() ? "there is no session" : "there is no session '" + named + "'",
               {},
               "run it in a session of the client, or give --session ID"};
}

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
    const std::string text = format == Format::json ? document_of(conversation, *moved) : moved->text;
    if (moved->is_refused()) {
      if (format == Format::json) call.console().print(text);
      call.console().complain(moved->refusal + (moved->help.empty() ? "" : "\n  help: " + moved->help));
      return Exit::no;
    }
    const auto sent = conversation.send(text);
    if (!sent) return call.console().fail(sent.error());
    if (sent->empty()) call.console().print(text);
    return Exit::yes;
  }
}

}  // namespace cascade::cli
