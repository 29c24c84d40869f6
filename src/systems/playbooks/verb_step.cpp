// Makes a move in the open playbook.
#include "playbooks/playbook_call.h"

namespace cascade::cli {
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
