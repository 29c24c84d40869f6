// Answers a prompt that addresses a playbook, and reminds the model of an open one.
#include <array>

#include "files/tree.h"
#include "hook/allowance.h"
#include "hook/clean.h"
#include "hook/layer.h"
#include "hook/steps.h"
#include "hook/wording.h"
#include "playbook/position.h"
#include "text/ascii.h"

namespace cascade::hook {
namespace {

constexpr std::string_view playbook_mark = "playbook:";
constexpr std::uint64_t reminder_bytes = 40 * 1024;

std::string_view take_word(std::string_view& text) {
  text = letters::trim(text);
  const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
  const std::string_view word = text.substr(0, end);
  text = letters::trim(text.substr(end));
  return word;
}

// The words behind "playbook:" on the prompt's first line.
std::optional<std::string_view> asked(std::string_view prompt) {
  prompt = letters::trim(prompt);
  if (!letters::equals_folded(prompt.substr(0, playbook_mark.size()), playbook_mark)) return std::nullopt;
  prompt.remove_prefix(playbook_mark.size());
  return letters::trim(prompt.substr(0, prompt.find('\n')));
}

Answer say(const std::string& text, const std::string& notice) {
  Answer answer;
  answer.context = "[cascade] " + text + "\n";
  answer.notice = "cascade: " + notice;
  return answer;
}

Result<Answer> answer_of(Conversation& conversation, Result<Moved> moved) {
  if (!moved) return moved.error();
  if (moved->is_refused()) return say(moved->refusal + "; " + moved->help, moved->refusal);
  Answer answer;
  answer.context = std::move(moved->text);
  for (const playbook::Run& run : playbook::runs_of(conversation.ledger.entries()))
    if (run.number == moved->run) answer.notice = "cascade: " + playbook::position_line(run);
  if (!moved->unseen.empty()) answer.notice += "; " + moved->unseen;
  return answer;
}

Answer status(const Conversation& conversation) {
  const std::vector<playbook::Run> runs = playbook::runs_of(conversation.ledger.entries());
  if (runs.empty()) return say("No playbook was started in this session.", "no playbook was started");
  Answer answer;
  for (const playbook::Run& run : runs) answer.context += playbook::drawing(run, conversation.ledger.entries());
  answer.notice = "cascade: " + playbook::position_line(runs.back());
  return answer;
}

// The position of a playbook that was taken over, and the skill of its open step.
Result<Answer> where_it_stands(Conversation& conversation) {
  const Position position = position_of(conversation);
  Answer answer;
  answer.context = position.lines;
  answer.notice = "cascade: the playbook goes on here";
  LayerRequest request;
  request.roots = position.skills;
  request.recipient = session::main_conversation;
  request.limit = prompt_allowance(conversation);
  request.head = position.lines + "\n";
  request.decision = "step";
  if (request.roots.empty()) return answer;
  auto layer = make_layer(conversation, request);
  if (!layer) return layer.error();
  if (!layer->text.empty() && conversation.claim(layer->entry)) answer.context = std::move(layer->text);
  return answer;
}

// Parses "done 2 what came of it", "branch aborted"; nothing if the word is not a move.
std::optional<playbook::Move> move_of(std::string_view word, std::string_view rest) {
  constexpr std::array<std::string_view, 9> moves = {
      playbook::action::done,   playbook::action::again,  playbook::action::skip,
      playbook::action::branch, playbook::action::back,   playbook::action::wait,
      playbook::action::pause,  playbook::action::resume, playbook::action::abort};
  for (const std::string_view action : moves) {
    if (!letters::equals_folded(word, action)) continue;
    playbook::Move move;
    move.action = action;
    move.mover = playbook::Mover::user;
    if (action == playbook::action::branch)
      move.label = take_word(rest);
    else if (action != playbook::action::wait && !rest.empty())
      move.step = take_word(rest);
    move.text = rest;
    return move;
  }
  return std::nullopt;
}

Result<Answer> obey(Conversation& conversation, std::string_view order) {
  std::string_view rest = order;
  const std::string_view word = take_word(rest);
  if (word.empty() || letters::equals_folded(word, "status")) return status(conversation);
  if (letters::equals_folded(word, playbook::action::resume)) {
    const auto taken = take_over(conversation);
    if (!taken) return taken.error();
    if (*taken) return where_it_stands(conversation);
  }
  if (const auto move = move_of(word, rest)) return answer_of(conversation, move_run(conversation, *move));
  std::string_view name = letters::equals_folded(word, "start") ? take_word(rest) : word;
  const auto id = playbook_named(conversation, name);
  if (!id)
    return say("There is no playbook " + brief(name, 120) + "; cascade playbook list names them.",
               "there is no playbook " + brief(name, 120));
  return answer_of(conversation, start_run(conversation, *id));
}

std::uint64_t transcript_size(const EventInput& event) {
  const auto stamp = files::DiskTree().stat(event.transcript_path);
  return stamp ? stamp->size : 0;
}

}  // namespace

Result<Answer> begin_playbook(Conversation& conversation, ManifestId id) {
  return answer_of(conversation, start_run(conversation, id));
}

Result<std::optional<Answer>> answer_playbook_prompt(Conversation& conversation) {
  const auto order = asked(conversation.event.prompt);
  if (!order) return std::optional<Answer>();
  auto answer = obey(conversation, *order);
  if (!answer) return answer.error();
  return std::optional<Answer>(*std::move(answer));
}

std::string reminder(Conversation& conversation) {
  const auto run = playbook::active_run(conversation.ledger.entries());
  if (!run || !run->waits.empty()) return {};
  const std::uint64_t size = transcript_size(conversation.event);
  std::uint64_t last = 0;
  bool told = false;
  for (const session::Entry& entry : conversation.ledger.entries())
    if (entry.event == session::Event::step && entry.step.run == run->number &&
        entry.step.action == session::told_action) {
      last = entry.step.size;
      told = true;
    }
  if (told && size < last + reminder_bytes) return {};
  session::Entry entry;
  entry.event = session::Event::step;
  entry.step.run = run->number;
  entry.step.action = session::told_action;
  entry.step.size = size;
  conversation.remember(std::move(entry));
  // The first prompt after the start only records the transcript's size.
  return told ? clean("[cascade] " + playbook::position_line(*run) + ". cascade playbook status shows all of it.\n")
              : std::string();
}

}  // namespace cascade::hook
