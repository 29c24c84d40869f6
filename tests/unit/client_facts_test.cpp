// The tables of facts (src/core/client/facts/*.tsv), row by row as they are written, and what the program makes of
// them.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "client/built_in.h"
#include "client/dialect.h"
#include "client/events.h"
#include "client/models.h"
#include "client/names.h"
#include "source_folder.h"

namespace cascade::client {
namespace {

using Cells = std::vector<std::string>;

struct Facts {
  std::string client, version;
  std::set<std::string> kinds;                     // that the table declares
  std::map<std::string, std::vector<Cells>> rows;  // the cells behind the kind
};

Cells cells_of(const std::string& line) {
  Cells cells;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = std::min(line.find('\t', at), line.size());
    cells.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return cells;
}

Facts read_facts(const std::filesystem::path& path) {
  Facts facts;
  facts.client = path.stem().string();
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("#= version ", 0) == 0) facts.version = line.substr(11);
    if (line.rfind("#= row ", 0) == 0) facts.kinds.insert(line.substr(7, line.find(' ', 7) - 7));
    if (line.empty() || line[0] == '#') continue;
    Cells cells = cells_of(line);
    const std::string kind = cells.front();
    cells.erase(cells.begin());
    facts.rows[kind].push_back(std::move(cells));
  }
  return facts;
}

std::vector<Facts> all_facts() {
  std::vector<Facts> all;
  for (const auto& entry : std::filesystem::directory_iterator(test::source_folder() + "/src/core/client/facts"))
    if (entry.path().extension() == ".tsv") all.push_back(read_facts(entry.path()));
  return all;
}

const Dialect* dialect_of(const std::string& table) { return find_dialect(table.substr(0, table.find('_'))); }

}  // namespace

TEST_CASE("every row of facts has a name and the version of the client that it was read from") {
  const std::regex version(R"(\d+(\.\d+)+|documented)");
  std::size_t count = 0;
  for (const Facts& facts : all_facts())
    for (const auto& [kind, rows] : facts.rows)
      for (const Cells& cells : rows) {
        INFO(facts.client << ": " << kind << " " << cells.front());
        CHECK(facts.kinds.count(kind) == 1);
        CHECK_FALSE(cells.front().empty());
        CHECK((cells.size() > 1 && std::regex_match(cells[1], version)));
        ++count;
      }
  CHECK(count > 700);
}

TEST_CASE("each client's dialect has the version, the limits and the folders of its table") {
  CHECK(all_facts().size() == dialects().size);
  for (const Facts& facts : all_facts()) {
    INFO(facts.client);
    const Dialect* dialect = dialect_of(facts.client);
    REQUIRE(dialect != nullptr);
    CHECK(dialect->tables.version == facts.version);
    for (const Cells& limit : facts.rows.at("limit")) {
      if (limit[0] == "context") CHECK(std::to_string(dialect->limits.context) == limit[2]);
      if (limit[0] == "task") CHECK(std::to_string(dialect->limits.task) == limit[2]);
    }
    std::vector<std::string> written, read(dialect->reads.begin(), dialect->reads.end());
    for (const Cells& cells : facts.rows.at("reads")) written.push_back(cells[0]);
    CHECK(read == written);
  }
}

TEST_CASE("each event, tool and model of the usual client's table is found by its name") {
  for (const Facts& facts : all_facts()) {
    if (dialect_of(facts.client) != &usual_dialect()) {
      if (facts.rows.count("tool") == 0) continue;
      for (const Cells& cells : facts.rows.at("tool")) CHECK(is_tool_of_another_client(cells[0]));
      continue;
    }
    for (const Cells& cells : facts.rows.at("event")) {
      INFO(cells[0]);
      REQUIRE(find_event(cells[0]) != nullptr);
      CHECK(find_event(cells[0])->since == (cells.size() > 5 ? cells[5] : ""));
    }
    for (const Cells& cells : facts.rows.at("tool")) CHECK(find_tool(cells[0]) != nullptr);
    for (const Cells& cells : facts.rows.at("command")) CHECK(is_builtin_command(cells[0]));
    for (const Cells& cells : facts.rows.at("model")) {
      INFO(cells[0]);
      REQUIRE(find_price(cells[0]) != nullptr);
      CHECK(find_price(cells[0])->usual.input == std::stoull(cells[2]) * 1000);
      CHECK(family_of(cells[0]).has_value());
    }
  }
}

// The code has a name for each event and tool that it means something by; the table has them all.
TEST_CASE("what the code calls an event, a tool or a setting by is in the table") {
  for (const char* name :
       {event_names::session_start, event_names::session_end, event_names::prompt, event_names::tool_call,
        event_names::tool_result, event_names::tool_failure, event_names::subagent_start, event_names::subagent_stop,
        event_names::before_compaction, event_names::after_compaction, event_names::turn_end,
        event_names::directory_added, event_names::skill_line}) {
    INFO(name);
    REQUIRE(find_event(name) != nullptr);
    CHECK(find_event(name)->kind != EventKind::other);
  }
  CHECK(find_event(event_names::tool_call)->kind == EventKind::tool_call);
  CHECK(find_event(event_names::skill_line)->kind == EventKind::skill_line);
  for (const char* name :
       {tool_names::agent, tool_names::task, tool_names::bash, tool_names::edit, tool_names::multi_edit,
        tool_names::notebook_edit, tool_names::write, tool_names::web_fetch, tool_names::skill,
        tool_names::slash_command, tool_names::enter_worktree, tool_names::exit_worktree}) {
    INFO(name);
    CHECK(find_tool(name) != nullptr);
  }
  for (const Facts& facts : all_facts()) {
    if (dialect_of(facts.client) != &usual_dialect()) continue;
    std::set<std::string> settings;
    for (const Cells& cells : facts.rows.at("setting")) settings.insert(cells[0]);
    for (const char* name : {no_hooks_key, "disableBundledSkills", "skillListingMaxDescChars",
                             "skillListingBudgetFraction", "skillOverrides", "hooks", "permissions"}) {
      INFO(name);
      CHECK(settings.count(name) == 1);
    }
  }
}

TEST_CASE("an event that a version in use lacks says since when it is there, and the table's version has it") {
  for (const Event& event : events()) {
    INFO(event.name);
    if (!event.since.empty()) CHECK_FALSE(is_before(version, event.since));
  }
  CHECK(find_event(event_names::skill_line)->since == "2.1.332");
}

}  // namespace cascade::client
