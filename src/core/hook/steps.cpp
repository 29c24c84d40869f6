// Carries out moves of playbooks. The verdict on a move is computed under the ledger's lock and written there, so two
// processes cannot both leave one step. Only then is the text made: a report, how the open steps end, and the skills
// that the move has opened, packed like any other layer. Skills that were open before the move are not sent again.
#include "hook/steps.h"

#include <algorithm>
#include <array>

#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/tree.h"
#include "hook/called_agent.h"
#include "hook/clean.h"
#include "hook/layer.h"
#include "listed/standing.h"
#include "text/ascii.h"

namespace cascade::hook {
namespace {

using playbook::Move, playbook::Run, playbook::Verdict;

// Found out only where a text names the program, because that takes a walk over PATH.
std::string program(const Conversation& conversation) {
  const std::string& own = conversation.options.program;
  if (!files::is_absolute(own)) return own.empty() ? "cascade" : own;
  const files::DiskTree tree;
  const std::string found = files::program_on_path(tree, conversation.options.search_path, "cascade");
  if (!found.empty() && tree.real_path(found).value_or(found) == own) return "cascade";
  return own.find_first_of(" \t'\"$`\\") == std::string::npos ? own : "'" + own + "'";
}

std::vector<session::Entry> entries_of(Verdict& verdict, std::int64_t now) {
  std::vector<session::Entry> entries;
  for (session::StepNote& note : verdict.notes)
    entries.push_back({.event = session::Event::step, .step = std::move(note), .written_at = now});
  return entries;
}

std::optional<Run> find_run(const session::Ledger& ledger, std::uint32_t number) {
  for (Run& run : playbook::runs_of(ledger.entries()))
    if (run.number == number) return std::move(run);
  return std::nullopt;
}

std::optional<ManifestId> skill_named(const Registry& registry, const std::string& name) {
  const auto found = registry.find(Symbol{Kind::skill, name});
  if (found) return found;
  for (const ManifestId id : registry.candidates(name))
    if (registry[id].kind == Kind::skill) return id;
  return std::nullopt;
}

// The skills that the run needs now.
std::vector<std::string> skills_at_hand(const Run& run) {
  if (!run.is_active()) return {};
  if (!run.detours.empty()) return {run.detours.front()};
  std::vector<std::string> skills;
  for (const std::uint32_t step : run.open()) skills.push_back(run.plan.find(step)->skill);
  return skills;
}

// One or two lines on what happened, printed above the next step.
std::string report_of(const Run& run, const session::Ledger& ledger, const session::StepNote& note) {
  std::string text = "[cascade] " + playbook::position_line(run) + "\n";
  if (note.action == session::start_action)
    return "[cascade] The playbook " + run.name() + " begins.\n" + playbook::drawing(run, ledger.entries());
  if (const playbook::StepStatus* status = run.find(note.step); status != nullptr && !note.evidence.empty())
    text += "[cascade] Step " + std::to_string(note.step) + " was shown by " +
            playbook::shown_by(*status, run, ledger.entries()) + ".\n";
  if (run.state == playbook::RunState::finished)
    text += "[cascade] It is finished. Its record: cascade playbook report\n";
  return text;
}

// Says at a playbook's start which of its steps could not be seen to end here, and sets what the user must do.
std::string unseen_steps(const Conversation& conversation, const Run& run, Moved& moved) {
  const std::string steps = playbook::steps_to_be_seen(run);
  const bool is_usual = conversation.event.client == &client::usual_dialect();
  const std::string missing = is_usual ? conversation.options.missing_sight : std::string();
  if (steps.empty() || (is_usual && missing.empty())) return {};
  const std::string which = (steps.find(' ') == std::string::npos ? "step " : "steps ") + steps;
  if (is_usual) moved.unseen = "nothing here sees " + which + " end: " + missing;
  return "[cascade] What must be seen before " + which + " may end, a run of a test or an outside effect, nothing " +
         (is_usual ? "here sees. Before you begin, ask the user for " + missing + ". Without it"
                   : "in this client sees. Here") +
         " such a step can only be left out: " + program(conversation) + " step skip N --note WHY\n";
}

// Why a step's skill, which is not open, is not loaded, and what to do instead.
std::string why_closed(Conversation& conversation, ManifestId id) {
  const std::string skill = symbol_text(conversation.registry[id]),
                    instead = ": go by what the chain says of the step.";
  const listing::Standing standing = listing::standing(conversation.registry, id, conversation.switches());
  if (listing::may_be_named(standing)) return "The user ruled out " + skill + instead;
  const std::string why = " (" + listing::reason(conversation.registry, id, conversation.switches()) + ")";
  return standing == listing::Standing::off ? skill + " is off" + why + instead
                                            : skill + " is for the user to load" + why + ".";
}

// The lines, followed by the packed skills that the move opened. Sections that the conversation holds are not repeated.
Result<std::string> with_skills(Conversation& conversation, std::string lines, const std::vector<std::string>& skills) {
  LayerRequest request{.recipient = std::string(session::main_conversation),
                       .limit = prompt_allowance(conversation),
                       .decision = "step"};
  for (const std::string& name : skills) {
    const auto id = skill_named(conversation.registry, name);
    if (!id)
      lines +=
          "[cascade] There is no skill " + brief(name, 120) + " here: follow what the chain says about the step.\n";
    else if (!conversation.is_open(*id))
      lines += "[cascade] " + why_closed(conversation, *id) + "\n";
    else if (const std::string how = how_to_start(conversation, *id); !how.empty())
      lines += "[cascade] " + symbol_text(conversation.registry[*id]) + ": " + how + "\n";
    else
      request.roots.push_back(symbol_of(conversation.registry[*id]));
  }
  if (request.roots.empty()) return lines;
  request.head = lines + "\n";
  auto layer = make_layer(conversation, request);
  if (!layer) return layer.error();
  if (!layer->text.empty() && conversation.claim(layer->entry)) return std::move(layer->text);
  if (layer->fits) return lines + "[cascade] Its skill is already in this conversation; see above.\n";
  return lines + "[cascade] Its skill does not fit the budget: read its file.\n";
}

// A file that is created when a playbook first starts: before that, no one looks for a playbook left open.
std::string marker(const Conversation& conversation) {
  return files::join(conversation.options.state_directory, "playbooks");
}

// The ledger of the last session in this folder; nothing if the current session has a playbook of its own.
std::optional<session::Ledger> conversation_before(const Conversation& conversation) {
  if (!files::DiskTree().stat(marker(conversation))) return std::nullopt;
  if (!conversation.has_memory() || !playbook::runs_of(conversation.ledger.entries()).empty()) return std::nullopt;
  return session::parent_of_fork(conversation.options.state_directory, conversation.event.transcript_path);
}

// Records the move that `decide` makes of the past, and writes the text for the outcome.
Result<Moved> carry_out(Conversation& conversation, const std::function<Verdict(const session::Ledger&)>& decide) {
  if (!conversation.has_memory())
    return Error{ErrorCode::not_found, "no session is known", "", "run it in a session, or give --session ID"};
  if (!conversation.confirmed()) return Moved();
  Moved moved;
  session::StepNote note;
  std::vector<std::string> before;
  auto kept = conversation.ledger.extend([&](const session::Ledger& now) -> std::vector<session::Entry> {
    Verdict verdict = decide(now);
    moved.refusal = std::move(verdict.refusal);
    moved.help = std::move(verdict.help);
    if (verdict.notes.empty()) return {};
    note = verdict.notes.back();
    if (const auto run = find_run(now, note.run)) before = skills_at_hand(*run);
    return entries_of(verdict, conversation.options.now);
  });
  if (!kept) return kept.error();
  if (moved.is_refused()) return moved;
  moved.run = note.run;
  const auto run = find_run(conversation.ledger, note.run);
  if (!run) return Error{ErrorCode::unreadable, "the run cannot be read back", "", "cascade session show"};
  std::vector<std::string> opened = skills_at_hand(*run);
  const bool moves_on = note.action != playbook::action::wait && note.action != playbook::action::pause &&
                        note.action != playbook::action::abort;
  if (note.action != playbook::action::resume && note.action != playbook::action::back)
    std::erase_if(opened, [&](const std::string& skill) { return std::ranges::find(before, skill) != before.end(); });
  std::string lines = report_of(*run, conversation.ledger, note);
  if (note.action == session::start_action) lines += unseen_steps(conversation, *run, moved);
  if (moves_on && run->is_active()) lines += playbook::how_to_go_on(*run, program(conversation));
  if (!moves_on) opened.clear();
  auto text = with_skills(conversation, clean(std::move(lines)), opened);
  if (!text) return text.error();
  moved.text = *std::move(text);
  return moved;
}

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
  return {.context = "[cascade] " + text + "\n", .notice = "cascade: " + notice};
}

Result<Answer> answer_of(Conversation& conversation, Result<Moved> moved) {
  if (!moved) return moved.error();
  if (moved->is_refused()) return say(moved->refusal + "; " + moved->help, moved->refusal);
  Answer answer{.context = std::move(moved->text)};
  if (const auto run = find_run(conversation.ledger, moved->run))
    answer.notice = "cascade: " + playbook::position_line(*run);
  if (!moved->unseen.empty()) answer.notice += "; " + moved->unseen;
  return answer;
}

Answer status(const Conversation& conversation) {
  const std::vector<playbook::Run> runs = playbook::runs_of(conversation.ledger.entries());
  if (runs.empty()) return say("No playbook was started in this session.", "no playbook was started");
  Answer answer{.notice = "cascade: " + playbook::position_line(runs.back())};
  for (const playbook::Run& run : runs) answer.context += playbook::drawing(run, conversation.ledger.entries());
  return answer;
}

// The position of a playbook that was taken over, and the skill of its open step.
Result<Answer> where_it_stands(Conversation& conversation) {
  const Position position = position_of(conversation);
  Answer answer{.context = position.lines, .notice = "cascade: the playbook goes on here"};
  if (position.skills.empty()) return answer;
  auto layer = make_layer(conversation, {.roots = position.skills,
                                         .recipient = std::string(session::main_conversation),
                                         .limit = prompt_allowance(conversation),
                                         .head = position.lines + "\n",
                                         .decision = "step"});
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
    playbook::Move move{.action = std::string(action), .mover = playbook::Mover::user};
    if (action == playbook::action::branch)
      move.label = take_word(rest);
    else if (action != playbook::action::wait && !rest.empty())
      move.step = take_word(rest);
    move.text = rest;
    return move;
  }
  return std::nullopt;
}

// Nothing if there is none of that name, or the name is ambiguous.
std::optional<ManifestId> playbook_named(const Conversation& conversation, std::string_view name) {
  std::vector<ManifestId> found;
  for (const ManifestId id : conversation.registry.candidates(name))
    if (conversation.registry[id].kind == Kind::skill && !conversation.registry[id].document) found.push_back(id);
  return found.size() == 1 ? std::optional<ManifestId>(found.front()) : std::nullopt;
}

// Takes that playbook over, so that this conversation continues where the other stopped. False if there is none.
Result<bool> take_over(Conversation& conversation) {
  const auto before = conversation_before(conversation);
  if (!before || !playbook::active_run(before->entries()) || !conversation.confirmed()) return false;
  if (auto taken = conversation.ledger.adopt_steps(*before); !taken) return taken.error();
  return true;
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

}  // namespace

Result<Moved> move_run(Conversation& conversation, const Move& move) {
  const files::DiskTree tree;
  return carry_out(conversation, [&](const session::Ledger& now) {
    return playbook::judge(now.entries(), move,
                           playbook::session_directory(now.entries(), conversation.event.working_directory), tree);
  });
}

Result<Moved> start_run(Conversation& conversation, ManifestId id) {
  const files::DiskTree tree;
  const auto plan = playbook::plan_of(conversation.registry, id);
  if (!plan)
    return Moved{.refusal = symbol_text(conversation.registry[id]) + " is not a playbook: it has no steps",
                 .help = "cascade playbook list"};
  if (conversation.has_memory() && files::make_directories(conversation.options.state_directory))
    static_cast<void>(files::write_atomically(marker(conversation), "", 0600));
  return carry_out(conversation, [&](const session::Ledger& now) {
    return playbook::begin(now.entries(), *plan,
                           playbook::session_directory(now.entries(), conversation.event.working_directory), tree);
  });
}

Position position_of(Conversation& conversation) {
  Position position;
  const std::vector<Run> runs = playbook::runs_of(conversation.ledger.entries());
  for (const Run& run : runs) {
    position.past.push_back(run.plan.root);
    for (const playbook::Step& step : run.plan.steps)
      if (const auto id = skill_named(conversation.registry, step.skill))
        position.past.push_back(to_string(symbol_of(conversation.registry[*id])));
  }
  const auto run = std::ranges::find_if(runs, [](const Run& one) { return one.is_active(); });
  if (run == runs.end()) return position;
  position.lines = clean("[cascade] The playbook goes on. " + playbook::position_line(*run) + "\n" +
                         playbook::how_to_go_on(*run, program(conversation)));
  for (const std::string& skill : skills_at_hand(*run))
    if (const auto id = skill_named(conversation.registry, skill);
        id && conversation.is_open(*id) && !runs_apart(conversation.registry, *id))
      position.skills.push_back(symbol_of(conversation.registry[*id]));
  return position;
}

std::string left_open(const Conversation& conversation) {
  const auto before = conversation_before(conversation);
  const auto run = before ? playbook::active_run(before->entries()) : std::nullopt;
  if (!run) return {};
  return clean("[cascade] The conversation before this one left a playbook open. " + playbook::position_line(*run) +
               ". It goes on here when the user types `playbook: resume`.\n");
}

std::string step_for_subagent(const Conversation& conversation, std::string_view task) {
  const auto run = playbook::active_run(conversation.ledger.entries());
  if (!run) return {};
  std::string text;
  for (const std::uint32_t number : run->open()) {
    const playbook::Step& step = *run->plan.find(number);
    const bool named = task.find(step.skill) != std::string_view::npos ||
                       task.find("step " + std::to_string(number)) != std::string_view::npos ||
                       task.find("Step " + std::to_string(number)) != std::string_view::npos;
    if (!named) continue;
    text += "[cascade] This is step " + std::to_string(number) + " (" + step.skill + ") of " + run->name() +
            ". It ends when " + to_string(run->plan.chain.exit_of(number));
    if (!step.leave.empty()) text += ": " + step.leave;
    text += ".";
    if (!step.result.empty()) text += " Hand back: " + step.result + ".";
    text += "\n";
  }
  return clean(std::move(text));
}

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
  const auto stamp = files::DiskTree().stat(conversation.event.transcript_path);
  const std::uint64_t size = stamp ? stamp->size : 0;
  std::uint64_t last = 0;
  bool told = false;
  for (const session::Entry& entry : conversation.ledger.entries())
    if (entry.event == session::Event::step && entry.step.run == run->number &&
        entry.step.action == session::told_action) {
      last = entry.step.size;
      told = true;
    }
  if (told && size < last + reminder_bytes) return {};
  conversation.remember({.event = session::Event::step,
                         .step = {.run = run->number, .action = std::string(session::told_action), .size = size}});
  // The first prompt after the start only records the transcript's size.
  return told ? clean("[cascade] " + playbook::position_line(*run) + ". cascade playbook status shows all of it.\n")
              : std::string();
}

}  // namespace cascade::hook
