// Shows what was done outside, and who has looked at it since.
#include <cascade/render.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <string>
#include <vector>

#include "cli/call.h"
#include "cli/verb_allow.h"
#include "cli/verb_hook.h"
#include "effects/effects.h"
#include "evidence/addresses.h"
#include "evidence/claims.h"
#include "records/gate_records.h"
#include "render/parts.h"
#include "session/ledger.h"
#include "store/state_store.h"
#include "syntax/put.h"
#include "unicode/utf8.h"

namespace cascade::rendering {

std::string effects_text(const std::vector<evidence::Claim>& claims, const std::vector<evidence::Event>& events,
                         Format format);

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
    return call.console().fail({ErrorCode::misuse, "'" + address + "' is not the address of a page", "",
                                "cascade effects expect https://shop.example.com/ 'Version 2'"});
  if (text.size() < 2 || text.size() > longest)
    return call.console().fail({ErrorCode::misuse, "the text has " + std::to_string(text.size()) + " bytes", "",
                                "give 2 to 200 that will be on the page afterwards and are not there now"});
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
    return call.console().fail({ErrorCode::misuse, "only a person may waive an effect, in a terminal of their own", "",
                                "look at what it did, or say in your answer that it is not verified"});
  if (reason.empty()) return call.console().fail({ErrorCode::misuse, "a waiver needs its reason", "", "--reason TEXT"});
  std::uint64_t id = 0;
  const auto read = std::from_chars(word.data(), word.data() + word.size(), id);
  const std::vector<evidence::Claim> claims = evidence::assess(systems::outside_events(ledger));
  const bool known = read.ptr == word.data() + word.size() &&
                     std::ranges::any_of(claims, [&](const auto& claim) { return claim.id == id; });
  if (!known) {
    call.console().complain("there is no effect '" + word + "'\n  help: cascade effects list");
    return Exit::no;
  }
  session::Entry entry = entry_of(session::Event::waived);
  entry.outside.of = {id};
  entry.outside.text = reason.substr(0, 200);
  if (auto kept = ledger.append(std::move(entry)); !kept) return call.console().fail(kept.error());
  // Waiving a look means that asking for it was wrong.
  const auto store = configured_store(call.environment(), false, true);
  systems::Judgement judgement;
  judgement.gate = "effects";
  judgement.subject = systems::effect_subject(ledger.session_id(), id);
  if (store) judgement.store = store->server;
  const auto settled = store
                           ? systems::settle(judgement, "waived", false, system_surroundings(call, std::time(nullptr)))
                           : Result<void>(store.error());
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
  if (const auto ended = call.read(arguments)) return *ended;
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  const std::string action = words.empty() ? "list" : words[0];
  const std::size_t needed = action == "list" ? 1 : action == "waive" ? 2 : action == "expect" ? 3 : 0;
  if (needed == 0 || (words.size() != needed && !words.empty()))
    return call.console().fail(
        {ErrorCode::misuse, "effects takes list, expect URL TEXT or waive ID", "", "cascade help effects"});
  const auto id = session_of(call, session);
  if (!id) return call.console().fail(id.error());
  session::Ledger ledger(call.environment().state, *id);
  if (action == "expect") return expect(call, ledger, words[1], words[2]);
  if (action == "waive") return waive(call, ledger, words[1], reason);
  return list(call, ledger, *format);
}

}  // namespace cascade::cli

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

std::string by(const evidence::Finding& finding) {
  return finding.program + (finding.subcommand.empty() ? "" : " " + finding.subcommand);
}

}  // namespace

std::string effects_text(const std::vector<evidence::Claim>& claims, const std::vector<evidence::Event>& events,
                         Format format) {
  if (format == Format::json) return json_text(claims, events);
  std::string text;
  for (const evidence::Claim& claim : claims) {
    text += std::to_string(claim.id) + "  " + std::string(to_string(claim.finding.kind)) + "  " +
            unicode::displayable(claim.finding.target) + "  " + std::string(state_of(claim)) + ", level " +
            std::to_string(claim.level) + " of " + std::to_string(claim.required) + "  (" +
            unicode::displayable(by(claim.finding)) + ")\n";
    if (claim.is_open()) text += "   " + unicode::displayable(way_to_show(claim)) + "\n";
  }
  for (const evidence::Event& event : events) {
    if (event.what == evidence::Event::What::witness)
      text += std::to_string(event.id) + "  seen by " + std::string(to_string(event.finding.interface)) + "  " +
              unicode::displayable(event.finding.target) + "  (" + unicode::displayable(by(event.finding)) + ")\n";
    if (event.what == evidence::Event::What::prediction)
      text += std::to_string(event.id) + "  expected  " + unicode::displayable(event.finding.target) + "  " +
              unicode::displayable(event.text) + "\n";
  }
  return text;
}

}  // namespace cascade::rendering
