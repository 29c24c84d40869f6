// A hook that names a command only adds a line, once a prompt. A program runs only if the user allowed the manifest's
// folder as it is; otherwise the hooks sleep and the user is told once. All programs of one event share a time limit.
#include "trust/run_hook.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "client/dialect.h"
#include "client/events.h"
#include "client/names.h"
#include "events/event_session.h"
#include "files/paths.h"
#include "files/tree.h"
#include "hook/clean.h"
#include "manifest/skill_hooks.h"
#include "trust/trust_report.h"
#include "unicode/utf8.h"

namespace cascade::systems {
namespace {

using hook::EventKind;
using Outcome = trust::HookAnswer::Outcome;

constexpr std::uint32_t most_of_one = 2'000, most_of_all = 6'000;  // UTF-16 units for the model
constexpr std::uint32_t most_of_reason = 500;
constexpr std::string_view asleep = "asleep", called = "called";

// The part of the event that a matcher is compared with.
std::string subject_of(const hook::EventInput& event) {
  if (!event.tool_name.empty()) return event.tool_name;
  if (event.kind == EventKind::session_start) return event.source;
  if (event.kind == EventKind::subagent_start || event.kind == EventKind::subagent_stop) return event.agent_type;
  return event.cause;
}

bool hears_context(EventKind kind) { return kind != EventKind::after_compaction && kind != EventKind::session_end; }

struct Ran {
  trust::HookAnswer answer;
  bool confined = false;
};

Ran run_program(const trust::SkillFolder& folder, const std::vector<std::string>& words, const hook::EventInput& event,
                std::string_view json, const HookPlace& place, std::uint32_t milliseconds) {
  const files::DiskTree tree;
  const std::string directory = tree.stat(event.working_directory) ? event.working_directory : "/";
  const auto ran = trust::run_hook({folder, words, json, directory, place.project, place.home,
                                    std::min(trust::most_milliseconds, milliseconds), place.sandbox});
  if (!ran) return {{.outcome = Outcome::failed, .reason = ran.error().message}};
  return {trust::read_hook_answer(ran->program), ran->confined};
}

// In one prompt (`once_a_prompt`) or in one session.
bool says_same(const session::Entry& a, const session::Entry& b, bool once_a_prompt) {
  return a.event == b.event && a.root == b.root && a.decision == b.decision && a.note == b.note &&
         (!once_a_prompt || (a.prompt_id == b.prompt_id && a.recipient == b.recipient && a.source == b.source));
}

// One event and all words of hooks about it.
class Round {
 public:
  Round(const hook::EventInput& event, std::string_view json, policy::Mode mode, session::Ledger& ledger,
        const HookPlace& place)
      : event_(event),
        json_(json),
        mode_(mode),
        ledger_(ledger),
        place_(place),
        subject_(subject_of(event)),
        end_(std::chrono::steady_clock::now() + std::chrono::milliseconds(place.milliseconds)) {}

  void take(const Hooked& hooked) {
    bool runs = false;
    for (const manifest::SkillHook& one : manifest::read_skill_hooks(hooked.declared).hooks) {
      if (!manifest::is_for(one, event_.name, subject_)) continue;
      if (one.runs())
        runs = true;
      else
        say_command(hooked, one);
    }
    if (runs) run_programs(hooked);
  }

  HookWords words() {
    for (const session::Entry& entry : notes_) static_cast<void>(ledger_.append(entry));
    HookWords words = std::move(words_);
    const bool is_shadow = mode_ == policy::Mode::shadow;
    std::string& context = words.answer.context;
    context = !hears_context(event_.kind) || is_shadow ? "" : std::string(hook::beginning(context, most_of_all));
    if (is_shadow) words.answer.notice.clear();
    return words;
  }

 private:
  session::Entry note(const Hooked& hooked, std::string_view outcome, std::string what) const {
    session::Entry entry;
    entry.event = session::Event::hook;
    entry.source = event_.name;
    entry.recipient = event_.agent_id.empty() ? std::string(session::main_conversation) : event_.agent_id;
    entry.root = to_string(hooked.symbol);
    entry.decision = outcome;
    entry.prompt_id = event_.prompt_id;
    entry.note = std::move(what);
    entry.written_at = place_.now;
    return entry;
  }

  // Whether the same entry was recorded before.
  bool is_noted(const session::Entry& entry, bool once_a_prompt) const {
    const auto same = [&](const session::Entry& other) { return says_same(entry, other, once_a_prompt); };
    return std::ranges::any_of(ledger_.entries(), same) || std::ranges::any_of(notes_, same);
  }

  void tell_model(const Hooked& hooked, const std::string& text) {
    const std::string cleaned = hook::clean(text);
    add_line(words_.answer.context, "[cascade] " + to_string(hooked.symbol) + ", " + event_.name + ": " +
                                        std::string(hook::beginning(cleaned, most_of_one)));
  }

  void tell_user(const std::string& text) {
    add_line(words_.answer.notice, "[cascade] " + hook::brief(unicode::displayable(text), most_of_reason));
  }

  // Said once a prompt: repeating the line after every tool call would cost more than it tells.
  void say_command(const Hooked& hooked, const manifest::SkillHook& one) {
    session::Entry entry = note(hooked, called, one.what());
    if (is_noted(entry, true)) return;
    notes_.push_back(std::move(entry));
    tell_model(hooked, "now run /" + one.command);
  }

  void sleep(const Hooked& hooked, const std::string& which, const std::string& why) {
    session::Entry entry = note(hooked, asleep, which);
    if (is_noted(entry, false)) return;
    notes_.push_back(std::move(entry));
    const std::string name = to_string(hooked.symbol);
    tell_user("the hooks of " + name + " sleep: " + why + ". Read them with `cascade trust review " + name + "`");
  }

  const Result<trust::Allowed>& allowed() {
    if (!allowed_) allowed_ = trust::read_own_list(place_.allowed_file);
    return *allowed_;
  }

  void run_programs(const Hooked& hooked) {
    const auto folder = trust::read_skill_folder(hooked.symbol, hooked.path);
    if (!folder) return sleep(hooked, folder.error().message, folder.error().path + " " + folder.error().message);
    if (!allowed()) return sleep(hooked, "list", "the list of what is allowed cannot be read");
    const auto state = place_.allowed_file.empty() ? trust::Allowed::Hooks::none
                                                   : allowed()->hooks(folder->manifest_path(), folder->hash);
    if (state == trust::Allowed::Hooks::none) return sleep(hooked, folder->hash, "nobody has allowed them");
    if (state == trust::Allowed::Hooks::other)
      return sleep(hooked, folder->hash, "something in their folder has changed since they were allowed");
    for (const manifest::SkillHook& one : trust::hooks_of(*folder).hooks)
      if (one.runs() && manifest::is_for(one, event_.name, subject_)) run(hooked, *folder, one);
  }

  void run(const Hooked& hooked, const trust::SkillFolder& folder, const manifest::SkillHook& one) {
    using std::chrono::milliseconds;
    const auto left = std::chrono::duration_cast<milliseconds>(end_ - std::chrono::steady_clock::now()).count();
    Ran ran;
    if (left < 10)
      ran.answer = {.outcome = Outcome::late, .reason = "other hooks had used up the time of this event"};
    else
      ran = run_program(folder, one.words, event_, json_, place_, static_cast<std::uint32_t>(left));
    const std::string outcome(trust::to_string(ran.answer.outcome));
    const std::string why =
        ran.answer.outcome < Outcome::ask ? std::string() : hook::brief(hook::clean(ran.answer.reason), most_of_reason);
    if (!place_.state_directory.empty())
      static_cast<void>(trust::append_log(
          place_.state_directory, {place_.now, "run", to_string(hooked.symbol), folder.manifest_path(), folder.hash,
                                   event_.name, one.what(), outcome, why, ran.confined}));
    report(hooked, one, ran.answer);
  }

  void report(const Hooked& hooked, const manifest::SkillHook& one, const trust::HookAnswer& answer) {
    const std::string name = to_string(hooked.symbol);
    session::Entry entry = note(hooked, trust::to_string(answer.outcome), one.what());
    const bool is_known = is_noted(entry, true);
    if (!is_known) notes_.push_back(std::move(entry));
    if (!answer.context.empty()) tell_model(hooked, answer.context);
    if (!answer.notice.empty()) tell_user(name + ": " + answer.notice);
    if (answer.outcome == Outcome::failed || answer.outcome == Outcome::late) {
      if (!is_known) tell_user("`" + one.what() + "` of " + name + ": " + answer.reason);
      return;
    }
    if (answer.outcome != Outcome::deny && answer.outcome != Outcome::ask) return;
    const std::string reason = hook::brief(hook::clean(answer.reason), most_of_reason);
    if (event_.kind != EventKind::tool_call) return tell_model(hooked, reason);
    words_.verdicts.push_back(
        {"trust", mode_, answer.outcome == Outcome::deny ? repository::Decision::deny : repository::Decision::ask,
         "`" + one.what() + "` of " + name + (reason.empty() ? " gives no reason" : ": " + reason)});
  }

  const hook::EventInput& event_;
  std::string_view json_;
  policy::Mode mode_;
  session::Ledger& ledger_;
  const HookPlace& place_;
  std::string subject_;
  // When the time that all programs of this event share is over.
  std::chrono::steady_clock::time_point end_;
  std::optional<Result<trust::Allowed>> allowed_;
  std::vector<session::Entry> notes_;
  HookWords words_;
};

constexpr std::uint64_t most_manifest_bytes = 4 << 20;
constexpr std::uint32_t longest_command = 200;  // UTF-16 units

struct Standing {
  Hooked manifest;
  std::string hash{};  // of a skill's folder
  std::string why{};   // why it may not run; empty: it may
};

std::string why_not(const Hooked& manifest, const trust::Consent& consent) {
  if (consent.refused) return consent.refused->message;
  if (consent.state == trust::Allowed::Hooks::none) return "nobody has allowed it";
  if (consent.state == trust::Allowed::Hooks::allowed) return {};
  return manifest.symbol.kind == Kind::command ? "its file has changed since it was allowed"
                                               : "something in its folder has changed since it was allowed";
}

// Nothing: the manifest's text runs no commands.
std::optional<Standing> standing_of(const Hooked& called, const Result<trust::Allowed>& allowed,
                                    const hook::EventInput& event) {
  const files::DiskTree tree;
  const Hooked manifest{called.symbol, tree.real_path(called.path).value_or(called.path)};
  const auto text = tree.read(manifest.path, most_manifest_bytes);
  if (!text) return Standing{manifest, {}, "its file cannot be read"};
  if (event.client->runs_commands == nullptr || !event.client->runs_commands(*text)) return std::nullopt;
  if (!allowed) return Standing{manifest, {}, "the list of what is allowed cannot be read"};
  const trust::Consent consent = trust::consent_to(manifest.symbol, manifest.path, *allowed);
  return Standing{manifest, consent.hash, why_not(manifest, consent)};
}

void keep_in_log(const Standing& standing, const hook::EventInput& event, const std::string& command,
                 const HookPlace& place) {
  if (place.state_directory.empty()) return;
  static_cast<void>(trust::append_log(
      place.state_directory,
      {place.now, "run", to_string(standing.manifest.symbol), standing.manifest.path, standing.hash, event.name,
       "!`" + command + "`", standing.why.empty() ? "allowed" : "refused", standing.why, false}));
}

HookPlace hook_place(const Surroundings& surroundings) {
  return {.state_directory = surroundings.state_directory,
          .allowed_file = surroundings.allowed_file,
          .project = surroundings.project_directory,
          .home = surroundings.home,
          .now = surroundings.now};
}

// Asks only the index and reads no file: whatever runs is read from the folder itself, so a file that has changed since
// does not matter.
std::vector<Hooked> hooked_among(const Workspace& library, const std::vector<std::string>& manifests) {
  const Registry registry = library.registry();
  std::vector<Hooked> hooked;
  for (const std::string& text : manifests) {
    const auto symbol = Symbol::parse(text);
    const auto id = symbol ? registry.find(*symbol) : std::nullopt;
    const auto declared = id ? registry.field(*id, manifest::hooks_key) : std::nullopt;
    if (!declared) continue;
    const ManifestView view = registry[*id];
    hooked.push_back(
        {symbol_of(view), files::join(library.folder(view), files::file_name(view.path)), std::string(*declared)});
  }
  return hooked;
}

// The skills and commands of that name, as the client would call them.
std::vector<Hooked> called_there(const std::string& name, const std::string& directory,
                                 const Surroundings& surroundings) {
  std::vector<Hooked> called;
  const auto library = library_of(surroundings, directory, Freshness::partial);
  if (!library) return called;
  const Registry registry = library->registry();
  for (const ManifestId id : registry.candidates(name)) {
    const ManifestView view = registry[id];
    if (view.document || (view.kind != Kind::skill && view.kind != Kind::command)) continue;
    called.push_back({symbol_of(view), files::join(library->folder(view), files::file_name(view.path))});
  }
  return called;
}

}  // namespace

HookWords run_skill_hooks(const std::vector<Hooked>& hooked, const hook::EventInput& event, std::string_view event_json,
                          policy::Mode mode, session::Ledger& ledger, const HookPlace& place) {
  if (hooked.empty() || mode == policy::Mode::off || event.stop_hook_active) return {};
  Round round(event, event_json, mode, ledger, place);
  for (const Hooked& one : hooked) round.take(one);
  return round.words();
}

Result<void> skill_hooks(JudgedCall& call) {
  const hook::EventInput& event = call.event;
  if (event.kind == hook::EventKind::skill_line || call.policy.mode_of("trust") == policy::Mode::off) return {};
  const std::vector<std::string> active = session::in_force(call.ledger, event.agent_id);
  if (active.empty()) return {};
  const auto library = library_of(call.surroundings, event.working_directory, Freshness::off);
  if (!library) return {};
  HookWords words = run_skill_hooks(hooked_among(*library, active), event, call.json, call.policy.mode_of("trust"),
                                    call.ledger, hook_place(call.surroundings));
  for (Verdict& verdict : words.verdicts) call.verdicts.push_back(std::move(verdict));
  call.said = std::move(words.answer);
  return {};
}

// Skill hooks run with the library that the event is answered from, where there is one. Elsewhere the ledger is asked
// first which manifests are active, and a library is opened only if there are any: most events pay nothing.
Result<client::Answer> hear_trust(EventSession& session) {
  if (!session.is_of_usual_client() || !session.has_memory()) return client::Answer();
  const policy::Mode mode = session.mode("trust");
  if (mode == policy::Mode::off) return client::Answer();
  const std::vector<std::string> active = session::in_force(session.ledger(), session.event().agent_id);
  if (active.empty()) return client::Answer();
  const auto opened = session.workspace != nullptr
                          ? std::nullopt
                          : library_of(session.surroundings(), session.event().working_directory, Freshness::off);
  const Workspace* const library = opened ? &*opened : session.workspace;
  if (library == nullptr) return client::Answer();
  return systems::run_skill_hooks(hooked_among(*library, active), session.event(), session.json(), mode,
                                  session.ledger(), hook_place(session.surroundings()))
      .answer;
}

// The client tells the name of the skill or command and the command as it would run. The name may mean several files
// (the project's, the user's, a plugin's), and the event does not say which, so each of them that holds commands must
// have been allowed: consent is for bytes, and the bytes of the wrong file prove nothing.

void judge_skill_line(const hook::EventInput& event, policy::Mode mode, const std::vector<Hooked>& called,
                      const HookPlace& place, std::vector<Verdict>& verdicts) {
  if (event.client == nullptr) return;
  const std::string command(
      hook::beginning(unicode::displayable(hook::text_of(event.tool_input, "command")), longest_command));
  const Result<trust::Allowed> allowed = trust::read_own_list(place.allowed_file);
  bool is_found = false;
  for (const Hooked& one : called) {
    const auto standing = standing_of(one, allowed, event);
    if (!standing) continue;
    is_found = true;
    keep_in_log(*standing, event, command, place);
    if (standing->why.empty()) continue;
    verdicts.push_back({"trust", mode, repository::Decision::deny,
                        to_string(one.symbol) + " would run `" + command + "` when it is loaded, and " + standing->why +
                            ". The user can read and allow it in a terminal of their own: cascade trust allow " +
                            to_string(one.symbol) + " (" + standing->manifest.path + ")"});
  }
  if (is_found) return;
  verdicts.push_back({"trust", mode, repository::Decision::deny,
                      "`" + command + "` would run for " + unicode::displayable(event.command_name) +
                          ", and no file of that name is known that holds it. cascade list shows what is known"});
}

Result<void> skill_lines(JudgedCall& call) {
  const hook::EventInput& event = call.event;
  const policy::Mode mode = call.policy.mode_of("trust");
  if (event.kind != hook::EventKind::skill_line || mode == policy::Mode::off || client::is_own_source(event.source))
    return {};
  judge_skill_line(event, mode, called_there(event.command_name, event.working_directory, call.surroundings),
                   hook_place(call.surroundings), call.verdicts);
  return {};
}

}  // namespace cascade::systems
