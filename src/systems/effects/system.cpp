// Shows what was done outside, and who has looked at it since.
#include <cascade/render.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "cli/call.h"
#include "cli/verb_allow.h"
#include "cli/verb_hook.h"
#include "cli/verbs.h"
#include "client/event_input.h"
#include "events/event_session.h"
#include "events/judges.h"
#include "evidence/claims.h"
#include "evidence/deed.h"
#include "evidence/find.h"
#include "hook/clean.h"
#include "hook/event.h"
#include "hook/event_tool_call.h"
#include "policy/policy.h"
#include "records/gate_records.h"
#include "render/parts.h"
#include "session/ledger.h"
#include "store/store.h"
#include "syntax/put.h"
#include "system/system.h"
#include "unicode/utf8.h"

// Each tool call's findings become ledger entries: effects, witnesses and predictions. At the end of a turn they are
// assessed; effects below their level are told to the model once, in the mode that the gate has earned. Everything is
// derived from the ledger, so separate processes need share nothing else.

namespace cascade::systems {
namespace {

using evidence::Claim, evidence::Finding, session::Entry;

constexpr std::size_t longest_name = 200, most_names = 8;

// Shortens and cleans a name from a command or an answer, for keeping and showing.
std::string kept(const std::string& name) {
  return std::string(hook::beginning(unicode::displayable(name), longest_name));
}

std::string recipient_of(const std::string& agent) {
  return agent.empty() ? std::string(session::main_conversation) : agent;
}

Entry effect_entry(const Finding& finding, const evidence::ToolCall& call, std::int64_t now) {
  Entry entry;
  entry.event = finding.is_effect ? session::Event::effect : session::Event::witness;
  entry.recipient = recipient_of(call.agent);
  entry.prompt_id = call.prompt_id;
  entry.written_at = now;
  session::Outside& outside = entry.outside;
  if (finding.is_effect) outside.kind = to_string(finding.kind);
  outside.interface = to_string(finding.interface);
  outside.program = kept(finding.program);
  outside.subcommand = kept(finding.subcommand);
  outside.target = kept(finding.target);
  for (const std::string& name : finding.names)
    if (outside.names.size() < most_names && !name.empty() && name != finding.target)
      outside.names.push_back(kept(name));
  if (finding.is_effect) outside.task = call.task;
  return entry;
}

// If the answer does not name the page on screen, it is the page that was opened last.
std::string page_on_screen(const session::Ledger& ledger, const Finding& finding) {
  const std::string server = finding.program.substr(0, finding.program.rfind("__"));
  for (auto entry = ledger.entries().rbegin(); entry != ledger.entries().rend(); ++entry)
    if (entry->event == session::Event::witness && entry->outside.interface == "browser" &&
        entry->outside.program.compare(0, server.size(), server) == 0 && !entry->outside.target.empty())
      return entry->outside.target;
  return {};
}

// Records which predictions this look confirms or refutes: those about its page, provided that the page's text is
// known.
void judge_predictions(const session::Ledger& ledger, const Finding& finding, const std::string& output, Entry& entry) {
  if (output.empty()) return;
  for (const Entry& past : ledger.entries()) {
    if (past.event != session::Event::prediction) continue;
    Finding about = finding_of(past);
    about.is_effect = true;
    about.kind = evidence::Kind::change;
    about.interface = evidence::Interface::http;
    const bool is_there = output.find(past.outside.text) != std::string::npos;
    if (!is_there && output.find(hook::cut_mark) != std::string::npos) continue;  // it may be in the part that was cut
    if (evidence::shows(about, finding)) entry.outside.predictions.emplace_back(past.sequence, is_there);
  }
}

std::string by(const Finding& finding) {
  return finding.program + (finding.subcommand.empty() ? "" : " " + finding.subcommand);
}

// "push to origin (git push)", "deploy of acme-api (fly deploy)"
std::string describe(const Claim& claim) {
  const Finding& finding = claim.finding;
  return std::string(to_string(finding.kind)) + (finding.kind == evidence::Kind::push ? " to " : " of ") +
         (finding.target.empty() ? finding.program : finding.target) + " (" + by(finding) + ")";
}

std::string sentence_about(const std::vector<Claim>& claims) {
  constexpr std::size_t most = 3;
  std::string text = claims.size() == 1 ? "Not verified:" : "Not verified (" + std::to_string(claims.size()) + "):";
  std::vector<std::string> said;
  for (const Claim& claim : claims) {
    const bool is_half_shown = claim.required == 2 && claim.level == 1;
    const std::string line = describe(claim) +
                             (is_half_shown ? ", only the same interface was asked" : ", nobody has looked") +
                             " since. To see it: " + way_to_show(claim);
    if (said.size() == most || std::ranges::find(said, line) != said.end()) continue;
    said.push_back(line);
    text += "\n- " + line;
  }
  return text + "\nLook, or say in your answer that it is not verified.";
}

// The open effects that the end of a turn must mention: a subagent's own, or for the main conversation all that were
// not mentioned yet.
std::vector<Claim> open_claims(const hook::EventInput& event, const session::Ledger& ledger) {
  std::vector<Claim> open;
  for (Claim& claim : evidence::assess(outside_events(ledger)))
    if (claim.is_open() && !claim.told && (event.kind == hook::EventKind::turn_end || claim.agent == event.agent_id))
      open.push_back(std::move(claim));
  return open;
}

// The decisions of `told` entries. Only "spoken" means that the model was addressed.
constexpr const char* spoken = "spoken";
constexpr const char* admitted = "admitted";

bool was_spoken_to(const session::Ledger& ledger, const std::string& prompt) {
  return std::ranges::any_of(ledger.entries(), [&](const Entry& entry) {
    return entry.event == session::Event::told && entry.decision == spoken && entry.prompt_id == prompt;
  });
}

// The words of Stop or SubagentStop about effects below their level, in the mode that the gate has earned; empty if
// there are none.
struct Said {
  policy::Mode mode = policy::Mode::shadow;
  std::string text;
};

// What the gate judges: one effect of a session.
Judgement judgement_of(const std::string& session, std::uint64_t id, const std::string& store) {
  Judgement judgement;
  judgement.gate = "effects";
  judgement.subject = subject_of(session, "effect " + std::to_string(id));
  judgement.store = store;
  return judgement;
}

// Asks the gate for its mode and its record before the model is addressed. Each effect counts as a separate judgement.
Said judged(const hook::EventInput& event, const std::vector<Claim>& claims, const policy::Policy& policy,
            const Surroundings& surroundings) {
  Said said{policy.mode_of("effects"), {}};
  const auto store = policy::store_of(policy);
  if (!store) return said;
  for (const Claim& claim : claims) {
    Judgement judgement = judgement_of(event.session_id, claim.id, *store);
    judgement.configured = policy.mode_of("effects");
    judgement.flagged = true;
    const auto graded = judge_by_record(judgement, surroundings);
    if (graded) said.mode = graded->mode;
    if (said.text.empty()) said.text = graded ? graded->record : "Its record cannot be read: " + graded.error().message;
  }
  return said;
}

// Settles the effects that the model was told of and has looked at since: the gate was right about them.
void settle_shown(const std::vector<Claim>& before, const session::Ledger& ledger, const policy::Policy& policy,
                  const Surroundings& surroundings) {
  const bool waits = std::ranges::any_of(before, [](const Claim& c) { return c.told && c.is_open(); });
  const auto store = policy::store_of(policy);
  if (!waits || !store) return;
  const std::vector<Claim> after = evidence::assess(outside_events(ledger));
  for (const Claim& claim : before) {
    const bool shown =
        std::ranges::any_of(after, [&](const Claim& now) { return now.id == claim.id && now.level >= now.required; });
    if (claim.told && claim.is_open() && shown)
      static_cast<void>(settle(judgement_of(ledger.session_id(), claim.id, *store), "fixed", true, surroundings));
  }
}

// Records what a call changed outside and what it showed there.
Result<void> note_effects(const evidence::ToolCall& call, const std::vector<Finding>& findings,
                          const policy::Policy& policy, const Surroundings& surroundings, session::Ledger& ledger) {
  std::vector<Claim> before;
  const auto noted = ledger.extend([&](const session::Ledger& past) {
    before = evidence::assess(outside_events(past));
    std::vector<Entry> entries;
    for (Finding finding : findings) {
      if (!finding.is_effect && finding.interface == evidence::Interface::browser && finding.target.empty())
        finding.target = page_on_screen(past, finding);
      Entry entry = effect_entry(finding, call, surroundings.now);
      if (!finding.is_effect) judge_predictions(past, finding, call.output, entry);
      entries.push_back(std::move(entry));
    }
    return entries;
  });
  if (noted) settle_shown(before, ledger, policy, surroundings);
  return noted;
}

// Records the end of a background task, which the client reports in a prompt of its own.
Result<void> note_task(const hook::EventInput& event, session::Ledger& ledger, std::int64_t now) {
  const auto between = [&](std::string_view begin, std::string_view end) -> std::string {
    const std::size_t at = event.prompt.find(begin);
    if (at == std::string::npos) return {};
    const std::size_t from = at + begin.size();
    const std::size_t to = event.prompt.find(end, from);
    return to == std::string::npos ? std::string() : event.prompt.substr(from, to - from);
  };
  const std::string task = between("<task-id>", "</task-id>"), status = between("<status>", "</status>");
  if (task.empty() || status.empty() || status == "running") return {};
  const bool known =
      std::ranges::any_of(ledger.entries(), [&](const Entry& entry) { return entry.outside.task == task; });
  if (!known) return {};
  Entry entry;
  entry.event = session::Event::ended;
  entry.prompt_id = event.prompt_id;
  entry.outside.task = task;
  entry.decision = status == "completed" ? "completed" : "failed";
  entry.written_at = now;
  return ledger.append(std::move(entry));
}

// The ledger is written in the same step, so that no turn is addressed twice, whatever other processes run.
Result<Said> speak_of_effects(const hook::EventInput& event, const policy::Policy& policy,
                              const Surroundings& surroundings, session::Ledger& ledger) {
  Said said;
  if (policy.mode_of("effects") == policy::Mode::off || event.stop_hook_active || event.tasks_running) return said;
  const std::vector<Claim> open = open_claims(event, ledger);
  if (open.empty()) return said;
  const bool admits = evidence::admits(event.last_message);
  Said gate{policy.mode_of("effects"), {}};
  if (!admits && !was_spoken_to(ledger, event.prompt_id)) gate = judged(event, open, policy, surroundings);
  const auto told = ledger.extend([&](const session::Ledger& past) -> std::vector<Entry> {
    const std::vector<Claim> claims = open_claims(event, past);
    if (claims.empty() || was_spoken_to(past, event.prompt_id)) return {};
    Entry entry;
    entry.event = session::Event::told;
    entry.recipient = recipient_of(event.kind == hook::EventKind::turn_end ? std::string() : event.agent_id);
    entry.layer = policy::to_string(gate.mode);
    entry.decision = admits ? admitted : spoken;
    entry.prompt_id = event.prompt_id;
    entry.written_at = surroundings.now;
    for (const Claim& claim : claims) entry.outside.of.push_back(claim.id);
    if (!admits) said.text = sentence_about(claims) + (gate.text.empty() ? "" : "\n" + gate.text);
    return {entry};
  });
  // If the ledger cannot record that this turn was addressed, nothing is said, because the next Stop would repeat it.
  if (!told) return told.error();
  said.mode = gate.mode;
  if (said.mode == policy::Mode::shadow) said.text.clear();
  return said;
}

// Handles PostToolUse and PostToolUseFailure: reads the call once (evidence/deed.h) and passes it to each system that
// is on. Returns their words for the model.
Result<std::string> note_deed(const HookEvent::Input& input, const policy::Policy& policy,
                              const Surroundings& surroundings) {
  std::string context;
  if (policy.is_blind() || surroundings.state_directory.empty()) return context;
  const evidence::ToolCall call = evidence::tool_call(input.event);
  const evidence::Deed deed = evidence::read_deed(call);
  // Most calls neither change nor show anything outside; for those the ledger is not read.
  if (const auto findings = evidence::find(call, deed, policy.effect_rules); !findings.empty()) {
    session::Ledger& ledger = input.ledger(surroundings.state_directory);
    if (auto noted = note_effects(call, findings, policy, surroundings, ledger); !noted) return noted.error();
  }
  for (const core::System* system : core::systems()) {
    if (system->see == nullptr) continue;
    auto hint = system->see(input, deed, policy, surroundings);
    if (!hint) return hint.error();
    context += (context.empty() || hint->empty() ? "" : "\n") + *hint;
  }
  return context;
}

}  // namespace

Result<client::Answer> hear_effects(EventSession& session) {
  if (!session.is_of_usual_client() || !session.has_memory()) return client::Answer();
  const hook::EventInput& event = session.event();
  const Surroundings& surroundings = session.surroundings();
  const auto& policy = session.policy();
  if (!policy) return policy.error();
  if (event.kind == hook::EventKind::subagent_stop || event.kind == hook::EventKind::turn_end) {
    if (policy->mode_of("effects") == policy::Mode::off) return client::Answer();
    const auto said = speak_of_effects(event, *policy, surroundings, session.ledger());
    if (!said) return said.error();
    say_at_end(session, said->mode, said->text);
  } else if (is_task_notification(event) && !policy->is_blind()) {
    if (auto noted = note_task(event, session.ledger(), surroundings.now); !noted) return noted.error();
  } else if (event.kind == hook::EventKind::tool_result || event.kind == hook::EventKind::tool_failure) {
    const auto shown = note_deed(session.input(), *policy, surroundings);
    if (!shown) return shown.error();
    add_line(session.lines.context, *shown);
  }
  return client::Answer();
}

}  // namespace cascade::systems

namespace cascade::rendering {
namespace {

std::string_view state_of(const evidence::Claim& claim) {
  if (claim.waived) return "waived";
  if (claim.level >= claim.required) return "shown";
  return claim.running ? "running" : "open";
}

void write_names(syntax::JsonWriter& json, const evidence::Finding& finding) {
  put(json, "target", finding.target, "names", finding.names, "program", finding.program, "subcommand",
      finding.subcommand);
}

void write_effect(syntax::JsonWriter& json, const evidence::Claim& claim) {
  put(json.begin_object(), "id", claim.id, "kind", to_string(claim.finding.kind));
  write_names(json, claim.finding);
  put(json, "agent", claim.agent, "level", claim.level, "required", claim.required, "state", state_of(claim),
      "witnesses", claim.witnesses);
  json.key("look");
  claim.is_open() ? json.string(way_to_show(claim)) : json.null();
  json.end_object();
}

std::string json_text(const std::vector<evidence::Claim>& claims, const std::vector<evidence::Event>& events) {
  auto json = document("cascade.effects/1");
  json.key("effects").array(claims, [&](const evidence::Claim& claim) { write_effect(json, claim); });
  json.key("witnesses").array(events, [&](const evidence::Event& event) {
    if (event.what != evidence::Event::What::witness) return;
    put(json.begin_object(), "id", event.id, "interface", to_string(event.finding.interface));
    write_names(json, event.finding);
    put(json, "agent", event.agent).end_object();
  });
  json.key("predictions").begin_array();
  for (const evidence::Event& event : events) {
    if (event.what != evidence::Event::What::prediction) continue;
    put(json.begin_object(), "id", event.id, "url", event.finding.target, "text", event.text);
    json.key("seen").begin_array();
    for (const evidence::Event& other : events)
      for (const auto& [id, holds] : other.predictions)
        if (id == event.id) put(json.begin_object(), "witness", other.id, "holds", holds).end_object();
    json.end_array().end_object();
  }
  return finish(json.end_array());
}

std::string effects_text(const std::vector<evidence::Claim>& claims, const std::vector<evidence::Event>& events,
                         Format format) {
  if (format == Format::json) return json_text(claims, events);
  std::string text;
  for (const evidence::Claim& claim : claims) {
    text += std::to_string(claim.id) + "  " + std::string(to_string(claim.finding.kind)) + "  " +
            unicode::displayable(claim.finding.target) + "  " + std::string(state_of(claim)) + ", level " +
            std::to_string(claim.level) + " of " + std::to_string(claim.required) + "  (" +
            unicode::displayable(systems::by(claim.finding)) + ")\n";
    if (claim.is_open()) text += "   " + unicode::displayable(way_to_show(claim)) + "\n";
  }
  for (const evidence::Event& event : events) {
    if (event.what == evidence::Event::What::witness)
      text += std::to_string(event.id) + "  seen by " + std::string(to_string(event.finding.interface)) + "  " +
              unicode::displayable(event.finding.target) + "  (" + unicode::displayable(systems::by(event.finding)) +
              ")\n";
    if (event.what == evidence::Event::What::prediction)
      text += std::to_string(event.id) + "  expected  " + unicode::displayable(event.finding.target) + "  " +
              unicode::displayable(event.text) + "\n";
  }
  return text;
}

}  // namespace
}  // namespace cascade::rendering

namespace cascade::cli {
namespace {

// The named session, or the one that the client runs this in, or the one written to last.
Result<std::string> session_of(const Call& call, const std::string& named) {
  if (named.empty() && !call.environment().session.empty()) return call.environment().session;
  for (const auto& known : session::list_sessions(call.environment().state))
    if (named.empty() || known.session_id == named) return known.session_id;
  return Error{ErrorCode::not_found,
               "there is no session" + (named.empty() ? std::string() : " " + unicode::displayable(named)), "",
               "cascade session list"};
}

session::Entry entry_of(session::Event event) {
  session::Entry entry;
  entry.event = event;
  entry.written_at = std::time(nullptr);
  return entry;
}

Exit list(Call& call, const session::Ledger& ledger, Format format) {
  const std::vector<evidence::Event> events = systems::outside_events(ledger);
  const std::vector<evidence::Claim> claims = evidence::assess(events);
  call.console().print(rendering::effects_text(claims, events, format));
  if (events.empty()) call.console().note("nothing was done outside that Cascade saw");
  return Exit::yes;
}

// cascade effects expect URL TEXT
Exit expect(Call& call, session::Ledger& ledger, const std::string& address, const std::string& text) {
  constexpr std::size_t longest = 200;
  if (!evidence::has_scheme(address) || evidence::read_address(address).host.empty())
    return call.console().fail(misuse("'" + address + "' is not the address of a page",
                                      "cascade effects expect https://shop.example.com/ 'Version 2'"));
  if (text.size() < 2 || text.size() > longest)
    return call.console().fail(misuse("the text has " + std::to_string(text.size()) + " bytes",
                                      "give 2 to 200 that will be on the page afterwards and are not there now"));
  session::Entry entry = entry_of(session::Event::prediction);
  entry.outside.target = address;
  entry.outside.text = text;
  if (auto kept = ledger.append(std::move(entry)); !kept) return call.console().fail(kept.error());
  call.console().note("look at " + address + " now, before the change, and again after it");
  return Exit::yes;
}

// cascade effects waive ID --reason TEXT
Exit waive(Call& call, session::Ledger& ledger, const std::string& word, const std::string& reason) {
  if (is_run_by_client(call.environment()))
    return call.console().fail(misuse("only a person may waive an effect, in a terminal of their own",
                                      "look at what it did, or say in your answer that it is not verified"));
  if (reason.empty()) return call.console().fail(misuse("a waiver needs its reason", "--reason TEXT"));
  std::uint64_t id = 0;
  const auto read = std::from_chars(word.data(), word.data() + word.size(), id);
  const std::vector<evidence::Claim> claims = evidence::assess(systems::outside_events(ledger));
  const bool known = read.ptr == word.data() + word.size() &&
                     std::ranges::any_of(claims, [&](const auto& claim) { return claim.id == id; });
  if (!known) return call.console().deny("there is no effect '" + word + "'\n  help: cascade effects list");
  session::Entry entry = entry_of(session::Event::waived);
  entry.outside.of = {id};
  entry.outside.text = reason.substr(0, 200);
  if (auto kept = ledger.append(std::move(entry)); !kept) return call.console().fail(kept.error());
  // Waiving a look means that asking for it was wrong.
  const auto store = configured_store(call.environment(), false, true);
  if (!store) return call.console().fail(store.error());
  const auto settled = systems::settle(systems::judgement_of(ledger.session_id(), id, store->server), "waived", false,
                                       system_surroundings(call, std::time(nullptr)));
  return settled ? Exit::yes : call.console().fail(settled.error());
}

}  // namespace

Exit run_effects(Call& call) {
  std::vector<std::string> words;
  std::string session, reason;
  Arguments arguments("effects");
  arguments.words("ACTION", words, 0, 3);
  arguments.text("--session", session);
  arguments.text("--reason", reason);
  if (const auto ended = call.read(arguments, {Format::text, Format::json})) return *ended;
  const std::string action = words.empty() ? "list" : words[0];
  const std::size_t needed = action == "list" ? 1 : action == "waive" ? 2 : action == "expect" ? 3 : 0;
  if (needed == 0 || (words.size() != needed && !words.empty())) return call.console().fail(call.unfit());
  const auto id = session_of(call, session);
  if (!id) return call.console().fail(id.error());
  session::Ledger ledger(call.environment().state, *id);
  if (action == "expect") return expect(call, ledger, words[1], words[2]);
  if (action == "waive") return waive(call, ledger, words[1], reason);
  return list(call, ledger, call.format());
}

}  // namespace cascade::cli

namespace cascade::core {
namespace {

using cli::Group, cli::Words;
constexpr cli::Verb effects_verbs[] = {
    {"effects", Group::guard, 40, "show what was done outside, and whether it was checked", cli::run_effects,
     Words::files, "list, expect URL TEXT or waive ID"},
};
// A playbook's steps may end by an effect that was looked at.
constexpr std::string_view effects_switches[] = {"effects", "playbooks"};

}  // namespace

extern const System effects_system = {
    .name = "effects",
    .verbs = {effects_verbs, std::size(effects_verbs)},
    .switches = {effects_switches, std::size(effects_switches)},
    .rank = 12,
    .hear = systems::hear_effects,
};

}  // namespace cascade::core
