// Ledgers and logs of made-up sessions: compaction, forks, subagents, what is missing.
#include <catch2/catch.hpp>

#include <map>
#include <string>

#include "manifest/emission.h"
#include "session/entry.h"
#include "unit/memory_tree.h"
#include "usage/report.h"

using namespace cascade;
using namespace cascade::usage;

namespace {

constexpr std::int64_t zero = 1'767'225'600, day = 86'400;  // 2026-01-01

constexpr const char* skill_text =
    "---\nname: probe\ndescription: Probe.\n---\n\n## Probe\n\nRun the probe before anything else happens here:\n\n"
    "```sh\nprobe-tool check --deep\n```\n\n## Report\n\nWrite `reports/probe.txt` with one line for each broken "
    "sensor and nothing else.\n";

Session session_with(const std::string& id, std::vector<Delivery> deliveries, const std::string& parent = {},
                     std::int64_t began_at = 0, const std::string& directory = "/p") {
  Session session;
  session.id = id;
  session.directory = directory;
  session.parent = parent;
  session.began_at = began_at;
  session.last_at = 4'000'000'000;
  session.deliveries = std::move(deliveries);
  return session;
}

// A library of one skill that is sent and some that are not.
struct Desk {
  Registry registry;
  std::map<std::string, std::string> texts;
  files::MemoryTree tree;
  std::vector<Session> sessions;

  Desk() : registry(Registry::build({})) {
    std::vector<Manifest> manifests;
    const auto counter = TokenCounter::estimating();
    const auto add = [&](const std::string& name, const std::string& text) {
      const std::string path = "skills/" + name + "/SKILL.md";
      texts[path] = text;
      ManifestSource source;
      source.path = texts.find(path)->first;
      source.text = texts.find(path)->second;
      manifests.push_back(parse_manifest(source, counter));
    };
    add("probe", skill_text);
    for (const char* name : {"a", "b", "c", "d"})
      add(name, "---\nname: " + std::string(name) + "\ndescription: Other.\n---\n\n## Other " + name +
                    "\n\nAlways polish the brass lantern " + name + " with soft cloth and warm vinegar.\n");
    registry = Registry::build(manifests);
  }

  ReadSection reader() {
    return [this](const ManifestView& manifest, const SectionView& section) -> Result<std::string> {
      return texts.at(std::string(manifest.path)).substr(section.offset, section.length);
    };
  }
  SentSection sent(std::uint32_t section) const {
    const auto id = registry.find({Kind::skill, "probe"});
    const SectionView view = registry.section(*id, section);
    return {"skill:probe", section, Form::section, view.content_hash, view.cost.tokens};
  }
  Delivery delivery(std::uint64_t sequence, std::int64_t at, const std::string& agent = {}) const {
    return {sequence, at, agent, "skill:probe", {sent(1), sent(2)}};
  }
  void log(const std::string& session, const std::string& text, const std::string& agent = {}) {
    const std::string folder = "/home/a/.claude/projects/-p/";
    tree.write(agent.empty() ? folder + session + ".jsonl" : folder + session + "/subagents/agent-" + agent + ".jsonl",
               text);
  }
  Report report(Question question = {zero - day, zero + 29 * day, "", ""}) {
    const auto logs = find_logs(tree, [](const transcript::Format& format) {
      return format.client == "claude" ? std::string("/home/a/.claude/projects") : std::string();
    });
    Library library(registry, reader());
    return report_of(tree, Ledgers{sessions, {}, 0}, logs, library, question);
  }
};

std::string time_of(int second) {
  return R"("timestamp":"2026-01-01T00:00:)" + std::string(second < 10 ? "0" : "") + std::to_string(second) + ".000Z\"";
}

std::string said(int second, const std::string& words) {
  return R"({"type":"user",)" + time_of(second) + R"(,"uuid":"u","message":{"role":"user","content":")" + words +
         "\"}}\n";
}
std::string ran(int second, const std::string& command) {
  return R"({"type":"assistant",)" + time_of(second) + R"(,"message":{"id":"m)" + std::to_string(second) +
         R"(","content":[{"type":"tool_use","id":"t)" + std::to_string(second) +
         R"(","name":"Bash","input":{"command":")" + command + "\"}}]}}\n";
}
std::string answered(int second, const std::string& words) {
  return R"({"type":"assistant",)" + time_of(second) + R"(,"message":{"id":"m)" + std::to_string(second) +
         R"(","content":[{"type":"text","text":")" + words + "\"}]}}\n";
}
std::string compacted(int second) {
  return R"({"type":"system","subtype":"compact_boundary",)" + time_of(second) + "}\n";
}
std::string put_in(int second) {
  return R"({"type":"attachment",)" + time_of(second) +
         R"(,"attachment":{"type":"hook_additional_context","content":["=== skill: probe ==="]}})" + "\n";
}

std::string fates_text(const Report& report) {
  std::string text;
  for (const Fate& fate : report.fates) {
    text += fate.session + "/" + std::to_string(fate.sequence) + " " + fate.heading + ": ";
    if (!fate.known) text += "unknown";
    for (const Sign sign : all_signs)
      if (fate.shown.is(sign)) text += std::string(to_string(sign)) + " ";
    text += "\n";
  }
  return text;
}

std::string gaps_text(const Report& report) {
  std::string text;
  for (const Gap& gap : report.gaps) text += gap.kind + " " + std::to_string(gap.count) + ";";
  return text;
}

TEST_CASE("one section is followed and another one ignored") {
  Desk desk;
  desk.sessions = {session_with("s", {desk.delivery(2, zero + 1)}, "", 0, "/p")};
  desk.log("s", said(1, "check it") + put_in(1) + ran(2, "probe-tool check"));
  CHECK(fates_text(desk.report()) == "s/2 Probe: ran \ns/2 Report: \n");
}

TEST_CASE("what happens after a compaction shows nothing about what was sent before") {
  Desk desk;
  desk.sessions = {session_with("s", {desk.delivery(2, zero + 1)}, "", 0, "/p")};
  desk.log("s", said(1, "check it") + put_in(1) + answered(2, "yes") + compacted(3) + ran(4, "probe-tool check"));
  CHECK(fates_text(desk.report()) == "s/2 Probe: \ns/2 Report: \n");
}

TEST_CASE("what had been done before it was sent shows nothing") {
  Desk desk;
  desk.sessions = {session_with("s", {desk.delivery(2, zero + 3)}, "", 0, "/p")};
  desk.log("s", ran(1, "probe-tool check") + said(3, "again") + put_in(3) + ran(4, "probe-tool check"));
  CHECK(fates_text(desk.report()) == "s/2 Probe: \ns/2 Report: \n");
}

TEST_CASE("events in the same second are ordered by the text that was put in") {
  Desk desk;
  desk.sessions = {session_with("s", {desk.delivery(2, zero + 1)}, "", 0, "/p")};
  desk.log("s", ran(1, "probe-tool check") + said(1, "more") + put_in(1) + answered(1, "no"));
  CHECK(fates_text(desk.report()) == "s/2 Probe: \ns/2 Report: \n");
}

TEST_CASE("what a subagent got is sought in the subagent's log, and nowhere else") {
  Desk desk;
  desk.sessions = {session_with("s", {desk.delivery(2, zero + 1, "a1")}, "", 0, "/p")};
  desk.log("s", said(1, "go") + ran(5, "probe-tool check"));
  desk.log("s", ran(2, "cat x > reports/probe.txt"), "a1");
  CHECK(fates_text(desk.report()) == "s/2 Probe: \ns/2 Report: touched \n");
}

TEST_CASE("a fork's use counts for what its parent sent, and its copies count once") {
  Desk desk;
  const std::string common = said(1, "check it") + put_in(1) + answered(2, "later");
  desk.sessions = {session_with("parent", {desk.delivery(2, zero + 1)}, "", 0, "/p"),
                   session_with("fork", {}, "parent", zero + 3, "/p")};
  desk.log("parent", common);
  desk.log("fork", common + said(4, "now") + ran(5, "probe-tool check"));
  const Report report = desk.report();
  CHECK(fates_text(report) == "parent/2 Probe: ran \nparent/2 Report: \n");
  CHECK(report.all.sent == 2);
  CHECK(report.sessions == 2);
  CHECK(report.prompts.size() == 2);
}

TEST_CASE("the entries that a fork takes over are its parent's") {
  std::vector<session::Entry> entries(3);
  entries[0].sequence = 1;
  entries[0].event = session::Event::start;
  entries[0].source = "fork";
  entries[0].origin = "parent";
  entries[0].written_at = 100;
  for (std::size_t i : {1u, 2u}) {
    entries[i].sequence = i + 1;
    entries[i].event = session::Event::inject;
    entries[i].recipient = "main";
    entries[i].root = "skill:probe";
    entries[i].written_at = i == 1 ? 100 : 130;
    entries[i].pieces = {{"skill:probe", 1, Form::section, i, {}}};
  }
  const Session session = session_of("fork", entries);
  REQUIRE(session.deliveries.size() == 1);
  CHECK(session.deliveries[0].sequence == 3);
  CHECK(session.parent == "parent");
}

TEST_CASE("all that arrived is counted as the list of sessions does, offers and marks as well") {
  std::vector<session::Entry> entries(4);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    entries[i].sequence = i + 1;
    entries[i].event = session::Event::inject;
    entries[i].root = "skill:probe";
    entries[i].recipient = session::main_conversation;
    entries[i].written_at = zero + static_cast<std::int64_t>(i);
  }
  entries[0].layer = session::offer_layer;
  entries[0].cost.tokens = 40;
  entries[1].cost.tokens = 100;
  entries[1].pieces = {{"skill:probe", 1, Form::section, 7, {60, 0}}};
  entries[2].recipient = std::string(session::pending_prefix) + "reader#1";  // it never started
  entries[2].cost.tokens = 500;
  entries[3].written_at = zero + 40 * day;  // after the days that are asked for
  entries[3].cost.tokens = 3;
  Desk desk;
  desk.sessions = {session_of("s", entries)};
  desk.sessions[0].directory = "/p";
  CHECK(desk.report().all.tokens == 60);
  CHECK(desk.report().all_tokens == 140);
}

TEST_CASE("a section that was sent cut is judged, and one whose text has changed is not") {
  Desk desk;
  Delivery cut = desk.delivery(2, zero + 1);
  for (SentSection& section : cut.sections) {
    section.form = Form::beginning;
    section.content_hash = manifest::hash_of(section.content_hash, section.form);
  }
  desk.sessions = {session_with("s", {cut})};
  desk.log("s", said(1, "x") + put_in(1) + ran(2, "probe-tool check"));
  Report report = desk.report();
  CHECK(gaps_text(report).empty());
  CHECK(report.all.used.of == 2);
  CHECK(report.all.used.hits == 1);
  desk.sessions.front().deliveries.front().sections.front().form = Form::third;  // a hash of another form
  CHECK(gaps_text(desk.report()) == "changed-section 1;");
}

TEST_CASE("what is missing is counted, and makes no share smaller") {
  Desk desk;
  Delivery changed = desk.delivery(3, zero + 1);
  for (SentSection& section : changed.sections) section.content_hash ^= 1;
  desk.sessions = {session_with("gone", {desk.delivery(2, zero + 1)}, "", 0, "/p"),
                   session_with("torn", {desk.delivery(2, zero + 1), changed}, "", 0, "/p"),
                   session_with("foreign", {desk.delivery(2, zero + 1)}, "", 0, "/p")};
  desk.log("torn", said(1, "x") + put_in(1) + ran(2, "probe-tool check") + R"({"type":"assistant","message":{"id)");
  desk.log("foreign", "{\"a\":1}\n[2]\n");
  const Report report = desk.report();
  CHECK(gaps_text(report) == "changed-section 2;foreign-lines 2;no-log 2;torn-lines 1;unread-log 1;");
  CHECK(report.all.sent == 8);
  CHECK(report.all.unknown + report.all.used.of == 8);
}

TEST_CASE("a log in which no line is the client's is no conversation without use") {
  Desk desk;
  desk.sessions = {session_with("s", {desk.delivery(2, zero + 1)}, "", 0, "/p")};
  desk.log("s", "{\"a\":1}\n");
  CHECK(fates_text(desk.report()) == "s/2 Probe: unknown\ns/2 Report: unknown\n");
}

TEST_CASE("a section of which nothing was used in ten answers is wasted") {
  Desk desk;
  desk.sessions = {session_with("s", {desk.delivery(2, zero + 1)}, "", 0, "/p")};
  std::string log = said(1, "x") + put_in(1) + ran(2, "probe-tool check");
  for (int i = 3; i < 12; ++i) log += answered(i, "word " + std::to_string(i));
  desk.log("s", log);
  const Report report = desk.report();
  CHECK(report.all.wasted == 1);
  CHECK(report.all.wasted_tokens == desk.sent(2).tokens);
  CHECK(report.all.carried_tokens == 10 * desk.sent(2).tokens);
}

TEST_CASE("prompts come back with what was used, as prompts with known answers") {
  Desk desk;
  desk.sessions = {session_with("s", {desk.delivery(2, zero + 1)}, "", 0, "/p")};
  desk.log("s", said(1, "check it") + put_in(1) + ran(2, "probe-tool check") + said(3, "thanks"));
  const std::string file = prompts_file(desk.report());
  CHECK(file.find(R"("text":"check it","kind":"used","expect":["skill:probe"])") != std::string::npos);
  CHECK(file.find(R"("text":"thanks","kind":"nothing-used","expect":[])") != std::string::npos);
}

TEST_CASE("a section after which the log holds no answer is not known, instead of not used") {
  Desk desk;
  desk.sessions = {session_with("s", {desk.delivery(2, zero + 1)})};
  desk.log("s", said(1, "x") + put_in(1));
  const Report report = desk.report();
  CHECK(report.all.unknown == 2);
  CHECK(report.all.used.of == 0);
  CHECK(gaps_text(report) == "no-answer-after 2;");
}

TEST_CASE("ledgers that cannot be read, and days of which none are kept, are said") {
  files::MemoryTree tree;
  session::Entry start;
  start.sequence = 1;
  start.directory = "/p";
  start.written_at = zero;
  tree.write("/state/sessions/a.jsonl", session::write_entry(start, "s") + "\n");
  tree.write("/state/sessions/b.jsonl", "{\"seq\":1,\"event\":\"sta");
  tree.write("/state/sessions/c.jsonl", "");
  const Ledgers ledgers = read_ledgers(tree, "/state", 0);
  CHECK(ledgers.sessions.size() == 1);
  CHECK(ledgers.unread == std::vector<std::string>{"/state/sessions/b.jsonl"});
  const Desk desk;
  Library library(desk.registry, [](const auto&, const auto&) { return Result<std::string>(std::string()); });
  const Report report = report_of(tree, ledgers, {}, library, {zero - 60 * 86'400, zero, "", ""});
  CHECK(gaps_text(report) == "days-not-kept 30;unread-ledger 1;");
}

TEST_CASE("the rows of manifests add up to the totals") {
  Desk desk;
  desk.sessions = {session_with("s", {desk.delivery(2, zero + 1), desk.delivery(3, zero + 8 * 86'400)})};
  desk.log("s", said(1, "x") + put_in(1) + ran(2, "probe-tool check"));
  const Report report = desk.report();
  REQUIRE(report.manifests.size() == 1);
  CHECK(report.manifests.front().figures.sent == report.all.sent);
  CHECK(report.manifests.front().figures.tokens == report.all.tokens);
  CHECK(report.manifests.front().loads == 2);
}

TEST_CASE("the same data give the same figures") {
  Desk desk;
  desk.sessions = {session_with("s", {desk.delivery(2, zero + 1)}, "", 0, "/p")};
  desk.log("s", said(1, "x") + put_in(1) + ran(2, "probe-tool check"));
  const Report first = desk.report(), second = desk.report();
  CHECK(first.all.used.hits == second.all.used.hits);
  CHECK(first.all.tokens == second.all.tokens);
}

}  // namespace
