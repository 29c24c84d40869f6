// One line for each entry, with the words and members of its event (docs/formats/session.md). Text in a ledger was
// written by models and programs and is made displayable throughout.
#include "render/session.h"

#include "chain/chain.h"
#include "session/entry.h"
#include "syntax/put.h"
#include "text/names.h"
#include "unicode/utf8.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace cascade::rendering {
namespace {

using session::Entry, session::Event, session::SentPiece;

std::string shown(std::string_view text) { return unicode::displayable(text); }

// The place where the session may write: the work tree or the directory, and the address for pushes; or a branch.
std::string place_text(const Entry& entry) {
  const session::ExpectedPlace& place = entry.place;
  std::string text = shown(place.work_tree.empty() ? place.directory : place.work_tree);
  for (const std::string& address : place.addresses) text += (text.empty() ? "-> " : " -> ") + shown(address);
  if (text.empty()) text = "branch " + shown(place.branch);
  if (entry.recipient != "main") text += " for " + shown(entry.recipient);
  return text;
}

// "effect deploy of acme-api by fly deploy", "witness http of https://..., by main"
std::string outside_text(const Entry& entry) {
  const session::Outside& outside = entry.outside;
  std::string text(to_string(entry.event));
  for (const std::string* part :
       {&outside.kind, entry.event == Event::witness ? &outside.interface : nullptr, &outside.task})
    if (part != nullptr && !part->empty()) text += " " + shown(*part);
  if (!outside.target.empty()) text += " of " + shown(outside.target);
  if (!outside.program.empty())
    text += " by " + shown(outside.program + (outside.subcommand.empty() ? "" : " " + outside.subcommand));
  for (const std::uint64_t id : outside.of) text += " " + std::to_string(id);
  if (!entry.decision.empty()) text += ": " + shown(entry.decision);
  if (!outside.text.empty()) text += ": " + shown(outside.text);
  return text;
}

// "run 1: done 2 (red: pytest -k refund)".
std::string step_text(const session::StepNote& note) {
  std::string text = "run " + std::to_string(note.run) + ": " + shown(note.action);
  if (!note.playbook.empty()) text += " " + shown(note.playbook);
  if (note.step > 0) text += " " + std::to_string(note.step);
  for (const std::string& word : {note.skill, note.label})
    if (!word.empty()) text += " " + shown(word);
  if (!note.text.empty()) text += ": " + shown(note.text);
  for (std::size_t i = 0; i < note.evidence.size(); ++i)
    text += (i == 0 ? ", shown by " : " ") + std::to_string(note.evidence[i]);
  return text;
}

// "issued reader (light) with haiku, low", "run of reader (light) on claude-haiku-5-5: done, 1005 tokens, 3 tools".
std::string subagent_text(const Entry& entry) {
  const session::RunNote& note = entry.run;
  std::string text = entry.event == Event::run ? "run of" : shown(note.action);
  if (!note.agent.empty()) text += " " + shown(note.agent);
  if (note.agent.empty() || note.action == session::stopped_action) text += " " + shown(note.id);
  if (!note.tier.empty()) text += " (" + shown(note.tier) + (note.raised ? ", raised)" : ")");
  if (!note.model.empty()) text += (entry.event == Event::run ? " on " : " with ") + shown(note.model);
  if (!note.effort.empty()) text += ", " + shown(note.effort);
  if (entry.event != Event::run) return text;
  return text + ": " + (note.outcome.empty() ? "" : shown(note.outcome) + ", ") +
         count_of(note.usage.tokens(), "token") + ", " + count_of(note.tools, "tool call");
}

bool waits(std::string_view recipient) {
  return recipient.substr(0, session::pending_prefix.size()) == session::pending_prefix;
}

// "main", a subagent's id, or for "pending:<type>@<name>#<call>" the agent and whether it started.
std::string recipient_text(const Entry& entry, const std::vector<Entry>& all) {
  if (!waits(entry.recipient)) return shown(entry.recipient);
  std::string type = entry.recipient.substr(session::pending_prefix.size());
  type.erase(std::min(type.rfind('#'), type.size()));
  std::string name;
  if (const std::size_t at = type.rfind('@'); at != std::string::npos) {
    name = "teammate " + shown(type.substr(at + 1)) + ", ";
    type.erase(at);
  }
  for (const Entry& other : all)
    if (other.decision == session::taken_decision && other.root == entry.recipient)
      return shown(other.recipient) + " (" + name + shown(type) + ")";
  return "a subagent (" + name + shown(type) + ") that did not start";
}

// "subagent a1f2 started with 3", where 3 is the entry that waited for it.
std::string start_text(const Entry& entry, const std::vector<Entry>& all) {
  const std::string text = "subagent " + shown(entry.recipient) + " started with ";
  for (const Entry& other : all)
    if (other.recipient == entry.root) return text + std::to_string(other.sequence);
  return text + "what waited for it";
}

// `all`: the ledger, for entries that refer to others.
std::string entry_line(const Entry& entry, const std::vector<Entry>& all) {
  const std::string number = std::to_string(entry.sequence) + "  ";
  switch (entry.event) {
    case Event::start:
      return number + "start (" + shown(entry.source) + ")" +
             (entry.origin.empty() ? "" : " of " + shown(entry.origin)) +
             (entry.model.empty() ? "" : " with " + shown(entry.model)) + "\n";
    case Event::fault: return number + "fault: " + shown(entry.note) + "\n";
    case Event::expect: return number + "expect (" + shown(entry.source) + ") " + place_text(entry) + "\n";
    case Event::verdict:
      return number + "verdict (" + shown(entry.layer) + ") of " + shown(entry.source) + ": " + shown(entry.decision) +
             "\n";
    case Event::step: return number + step_text(entry.step) + "\n";
    case Event::call:
    case Event::run: return number + subagent_text(entry) + "\n";
    case Event::hook:
      return number + "hook (" + shown(entry.source) + ") of " + shown(entry.root) + ": " + shown(entry.decision) +
             (entry.note.empty() ? "" : ": " + shown(entry.note)) + "\n";
    case Event::lost: {
      std::string text = number + "did not arrive:";
      for (const std::uint64_t sequence : entry.outside.of) text += " " + std::to_string(sequence);
      return text + "\n";
    }
    case Event::drop: return number + "dropped " + shown(entry.root) + "\n";
    case Event::effect:
    case Event::witness:
    case Event::prediction:
    case Event::ended:
    case Event::waived:
    case Event::told: return number + outside_text(entry) + "\n";
    case Event::inject: break;
  }
  // Something was sent: which layer of which manifests, to whom, why, how much, and how well the choice is proven.
  if (entry.decision == session::taken_decision && waits(entry.root)) return number + start_text(entry, all) + "\n";
  std::string line = number + shown(entry.layer) + " " + shown(entry.root);
  for (const std::string& root : entry.also) line += " " + shown(root);
  line += " to " + recipient_text(entry, all);
  if (!entry.decision.empty()) line += ", " + shown(entry.decision);
  if (entry.score > 0) line += " at " + std::to_string(entry.score);
  if (!entry.pieces.empty()) line += ": " + count_of(entry.pieces.size(), "piece") + ", " + cost_text(entry.cost);
  if (!entry.proof.empty()) line += ", " + entry.proof;
  return line + "\n";
}

// Empty: the text before the first heading, or the library has the section no longer, or never had.
std::string heading_of(const SentPiece& piece, const Registry* library) {
  const bool may_have = library != nullptr && session::is_section(piece.form);
  const auto id = may_have ? session::find_sent(*library, piece) : std::nullopt;
  return id ? std::string(library->section(id->manifest, id->section).heading) : std::string();
}

// "    skill:x section 3 "Steps" (section): 120 tokens, 512 chars"
std::string piece_line(const SentPiece& piece, const Registry* library) {
  const std::string heading = heading_of(piece, library);
  return "    " + shown(piece.manifest) + " section " + std::to_string(piece.section) +
         (heading.empty() ? "" : " \"" + shortened(heading, 60) + "\"") + " (" + std::string(to_string(piece.form)) +
         "): " + cost_text(piece.cost) + "\n";
}

void write_outside(syntax::JsonWriter& json, const Entry& entry) {
  put_filled(json, "recipient", entry.recipient);
  session::write_effect_texts(json, entry.outside);
  put_filled(json, "decision", entry.decision, "effects", entry.outside.of);
}

void write_step(syntax::JsonWriter& json, const session::StepNote& note) {
  put(json, "run", note.run, "action", note.action);
  put_filled(json, "playbook", note.playbook);
  if (note.step > 0) put(json, "step", note.step);
  put_filled(json, "skill", note.skill, "label", note.label, "text", note.text);
  put(json, "evidence", note.evidence);
}

// Only a run that was counted has tokens; a call that has not ended has an action instead.
void write_subagent(syntax::JsonWriter& json, const session::RunNote& note) {
  json.key("subagent").begin_object();
  put_filled(json, "action", note.action, "call", note.call, "id", note.id, "agent", note.agent, "tier", note.tier);
  if (note.raised) put(json, "raised", true);
  put_filled(json, "model", note.model, "effort", note.effort, "outcome", note.outcome);
  if (note.action.empty()) put(json, "tokens", note.usage.tokens(), "tools", note.tools);
  json.end_object();
}

// Without the hashes, which mean something to the ledger alone.
void write_pieces(syntax::JsonWriter& json, std::string_view key, const std::vector<SentPiece>& pieces,
                  const Registry* library = nullptr) {
  json.key(key).objects(pieces, [&](const SentPiece& piece) {
    put(json, "manifest", piece.manifest, "section", piece.section, "form", to_string(piece.form));
    if (const std::string heading = heading_of(piece, library); !heading.empty()) put(json, "heading", heading);
    put_cost(json, piece.cost);
  });
}

void write_entry(syntax::JsonWriter& json, const Entry& entry) {
  put(json.begin_object(), "sequence", entry.sequence, "event", to_string(entry.event));
  if (entry.event == Event::start) put(json, "source", entry.source);
  put_filled(json, "of", entry.origin, "model", entry.model);
  if (entry.event == Event::fault) put(json, "note", entry.note);
  if (entry.event == Event::expect)  // where the session may write, as the guard knows it
    put(json, "source", entry.source, "recipient", entry.recipient, "directory", entry.place.directory, "work_tree",
        entry.place.work_tree, "addresses", entry.place.addresses);
  if (entry.event == Event::verdict)
    put(json, "source", entry.source, "layer", entry.layer, "decision", entry.decision);
  if (entry.event >= Event::effect && entry.event <= Event::told) write_outside(json, entry);
  if (entry.event == Event::step) write_step(json, entry.step);
  if (entry.event == Event::call || entry.event == Event::run) write_subagent(json, entry.run);
  if (entry.event == Event::drop) put(json, "root", entry.root);
  if (!entry.directory.empty()) put(json, "directory", entry.directory);
  if (entry.event == Event::inject) {
    put(json, "recipient", entry.recipient, "layer", entry.layer, "root", entry.root);
    if (!entry.also.empty()) put(json, "also", entry.also);
    put(json, "decision", entry.decision, "score", entry.score, "tokens", entry.cost.tokens, "chars", entry.cost.chars);
    put_object(json, "certificate", "value", entry.value, "upper_bound", entry.upper_bound, "gap_ppm", entry.gap_ppm,
               "proof", entry.proof);
    write_pieces(json, "pieces", entry.pieces);
  }
  json.end_object();
}

// Whether the symbol "skill:x" is meant, by its full name or by the part after the kind.
bool is_called(std::string_view symbol, std::string_view manifest) {
  return symbol == manifest || symbol.substr(symbol.find(':') + 1) == manifest;
}

std::vector<SentPiece> pieces_of(const Entry& entry, std::string_view manifest) {
  std::vector<SentPiece> pieces;
  for (const SentPiece& piece : entry.pieces)
    if (is_called(piece.manifest, manifest)) pieces.push_back(piece);
  return pieces;
}

// An offer and a drop contain no text of the manifest.
bool is_about(const Entry& entry, std::string_view manifest) {
  const bool names = entry.event == Event::drop || entry.layer == session::offer_layer;
  return (names && is_called(entry.root, manifest)) || !pieces_of(entry, manifest).empty();
}

std::string reasons_text(const session::Ledger& ledger, const std::vector<Entry>& sent, std::string_view manifest,
                         const Registry* library) {
  std::string text = "session " + shown(ledger.session_id()) + "\n";
  for (const Entry& entry : sent) {
    text += entry_line(entry, ledger.entries());
    for (const SentPiece& piece : pieces_of(entry, manifest)) text += piece_line(piece, library);
  }
  return text;
}

}  // namespace

std::string time_text(std::int64_t seconds) {
  if (seconds <= 0) return "no time";
  const auto since = std::chrono::sys_seconds(std::chrono::seconds(seconds));
  const auto day = std::chrono::floor<std::chrono::days>(since);
  const std::chrono::year_month_day date(day);
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(since - day).count();
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u %02d:%02d", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<int>(minutes / 60),
                static_cast<int>(minutes % 60));
  return text;
}

Result<std::string> sessions(const std::vector<session::SessionSummary>& all, Format format) {
  if (format == Format::text) {
    std::string text;
    for (const session::SessionSummary& one : all)
      text += shown(one.session_id) + "  " + time_text(one.last_written_at) + "  " +
              count_of(one.injections, "injection") + ", " + cost_text(one.cost) +
              (one.last_item.empty() ? "" : ", last " + shown(one.last_item)) +
              (one.directory.empty() ? "" : ", in " + shown(one.directory)) + "\n";
    return text;
  }
  if (format != Format::json) return no_format("session", format);
  syntax::JsonWriter json = document("cascade.session-list/1");
  json.key("sessions").objects(all, [&](const session::SessionSummary& one) {
    put(json, "session", one.session_id, "injections", one.injections, "tokens", one.cost.tokens, "chars",
        one.cost.chars, "last_written_at", one.last_written_at, "directory", one.directory, "last_item", one.last_item);
  });
  return finish(json);
}

Result<std::string> session_entries(const session::Ledger& ledger, const std::vector<core::SessionPart>& parts,
                                    Format format) {
  if (format == Format::text) {
    std::string text;
    for (const Entry& entry : ledger.entries()) text += entry_line(entry, ledger.entries());
    for (const playbook::Run& run : playbook::runs_of(ledger.entries()))
      text += playbook::drawing(run, ledger.entries());
    for (const core::SessionPart& part : parts) text += part.text;
    return text;
  }
  if (format != Format::json) return no_format("session", format);
  syntax::JsonWriter json = document("cascade.session/1");
  put(json, "session", ledger.session_id());
  json.key("entries").array(ledger.entries(), [&](const Entry& entry) { write_entry(json, entry); });
  for (const core::SessionPart& part : parts) {
    json.key(part.key);
    part.write(json);
  }
  if (const auto runs = playbook::runs_of(ledger.entries()); !runs.empty())
    json.key("playbooks").array(runs, [&](const playbook::Run& run) { put_run(json, run, ledger.entries()); });
  return finish(json);
}

Result<std::string> session_reasons(const session::Ledger& ledger, std::string_view manifest, const Registry* library,
                                    Format format) {
  if (format != Format::text && format != Format::json) return no_format("session", format);
  std::vector<Entry> sent = ledger.entries();
  std::erase_if(sent, [&](const Entry& entry) { return !is_about(entry, manifest); });
  if (sent.empty()) return std::string();
  if (format == Format::text) return reasons_text(ledger, sent, manifest, library);
  syntax::JsonWriter json = document("cascade.session-why/1");
  put(json, "session", ledger.session_id(), "manifest", manifest);
  json.key("sent").objects(sent, [&](const Entry& entry) {
    put(json, "sequence", entry.sequence, "event", to_string(entry.event), "recipient", entry.recipient, "layer",
        entry.layer, "root", entry.root, "decision", entry.decision, "score", entry.score);
    put_cost(json, entry.cost);
    write_pieces(json, "pieces", pieces_of(entry, manifest), library);
  });
  return finish(json);
}

Result<std::string> session_dropped(std::string_view session_id, std::string_view root, Format format) {
  if (format == Format::text)
    return shown(root) + " is out of session " + shown(session_id) + " until somebody calls it by name\n";
  if (format != Format::json) return no_format("session", format);
  syntax::JsonWriter json = document("cascade.session-drop/1");
  put(json, "session", session_id, "root", root);
  return finish(json);
}

std::string chain_text(const playbook::Plan& plan, Paint paint) {
  TextTable table;
  table.column("STEP", Align::right);
  table.columns({"SKILL", "EXIT"});
  for (const playbook::Step& step : plan.steps)
    table.row({std::to_string(step.number), unicode::displayable(step.skill),
               unicode::displayable(chain::to_string(plan.chain.exit_of(step.number)))});
  std::string text = "\n" + paint.bold("chain") + "  " + plan.order_text() + "\n" + table.take(paint, "  ");
  for (const chain::Branch& branch : plan.chain.branches)
    text += "  branch " + unicode::displayable(chain::to_string(branch)) + "\n";
  return text;
}

void put_chain(syntax::JsonWriter& json, const playbook::Plan& plan) {
  put(json.begin_object(), "order", plan.order_text());
  json.key("steps").objects(plan.steps, [&](const playbook::Step& step) {
    const chain::Exit exit = plan.chain.exit_of(step.number);
    put(json, "step", step.number, "skill", step.skill, "exit", to_string(exit.kind), "words", exit.words, "enter",
        step.enter, "leave", step.leave, "result", step.result, "line", step.line, "column", step.column);
  });
  json.key("branches").objects(plan.chain.branches, [&](const chain::Branch& branch) {
    put(json, "step", branch.step, "label", branch.label, "detours", branch.detours, "to", branch.to);
  });
  json.end_object();
}

const session::Entry* find_entry(const std::vector<session::Entry>& entries, std::uint64_t sequence) {
  return letters::find_first(entries, &session::Entry::sequence, sequence);
}

void put_evidence(syntax::JsonWriter& json, const std::vector<std::uint64_t>& evidence,
                  const std::vector<session::Entry>& entries) {
  json.key("evidence").array(evidence, [&](std::uint64_t sequence) {
    const session::Entry* entry = find_entry(entries, sequence);
    if (entry == nullptr) return;
    put(json.begin_object(), "sequence", sequence, "kind", entry->step.label, "text", entry->step.text, "recipient",
        entry->recipient.empty() ? session::main_conversation : entry->recipient);
    json.end_object();
  });
}

void put_run(syntax::JsonWriter& json, const playbook::Run& run, const std::vector<session::Entry>& entries) {
  put(json.begin_object(), "run", run.number, "playbook", run.plan.root, "state", to_string(run.state), "order",
      run.plan.order_text(), "open", run.open(), "detours", run.detours, "waits", syntax::or_null(run.waits));
  json.key("steps").objects(run.steps, [&](const playbook::StepStatus& status) {
    const chain::Exit exit = run.plan.chain.exit_of(status.number);
    put(json, "step", status.number, "skill", run.plan.find(status.number)->skill, "exit", to_string(exit.kind),
        "words", exit.words, "state", to_string(status.state), "rounds", status.rounds, "result",
        syntax::or_null(status.result));
    put_evidence(json, status.evidence, entries);
  });
  json.end_object();
}

}  // namespace cascade::rendering
